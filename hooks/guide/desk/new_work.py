"""A work for the bibliography: from BibTeX that someone has to an entry in the file's own form."""

import codecs
import re
import sys
from dataclasses import replace
from pathlib import Path
from string import ascii_lowercase

from pybtex.database import Entry, parse_string

from guide.problems import Problem, RefusedError
from guide.rules import find_problems
from guide.source.bibliography import parse_bibliography, plain_words
from guide.source.model import Site
from guide.source.reader import BIBLIOGRAPHY, read_site

UNCITED = "KB225"
#: The rule that wants what is new in the ledger, where `make permalinks` puts it.
UNLISTED = "KB607"
_SHORTEST_WORD = 4
_FORMS = {
    "doi": (r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", ""),
    "pages": (r"\s*[-–—]+\s*", "--"),
}


def read_entry(bibtex: str) -> Entry:
    """The one work in `bibtex`. Raises RefusedError where there is none, or more than one."""
    works = parse_bibliography(bibtex)
    if len(works) != 1:
        fact = f"this holds {len(works)} works" if works else "this holds no work in BibTeX"
        raise RefusedError(fact, "give one work, which begins as `@book{huxham1996,` does")
    if fault := works[0].fault:
        raise RefusedError(f"line {fault.line} of what you gave: {fault.fact}", fault.hint)
    return next(iter(parse_string(works[0].source, "bibtex").entries.values()))


def key_for(site: Site, entry: Entry) -> str:
    """First author and year, or a word of the title; a letter where that was ever given."""
    persons = entry.persons.get("author") or entry.persons.get("editor") or ()
    names = [*persons[0].prelast_names, *persons[0].last_names] if persons else []
    name = plain_words(" ".join(names)).replace("-", "")
    if not re.match("[a-z]", name):
        fact = "no key can be made from the first author or editor"
        raise RefusedError(fact, "the name must be there, and begin with a letter from a to z")
    year = re.search(r"\d{4}", entry.fields.get("year", entry.fields.get("date", "")))
    words = plain_words(entry.fields.get("title", "")).split("-")
    word = next((word for word in words if len(word) >= _SHORTEST_WORD), words[0])
    key = name + year[0] if year else f"{name}-{word}".strip("-")
    taken = {work.key.lower() for work in site.works}
    taken |= {line.split("/")[2] for line in site.ledger if re.fullmatch(r"/ref/[^/]+/", line)}
    if not taken & {key, f"{key}a"}:
        return key
    return next(key + letter for letter in ascii_lowercase[1:] if key + letter not in taken)


def entry_source(site: Site, entry: Entry, key: str) -> str:
    """The work as bibliography.bib has it: a field a line, author and title first.

    Fields that it has no use for, such as an abstract, are left out.
    """
    persons = {role: " and ".join(map(str, people)) for role, people in entry.persons.items()}
    fields = dict(sorted((persons | dict(entry.fields.items())).items(), key=_place))
    lines = [
        f"  {name.lower()} = {{{_tidy(name.lower(), text)}}},\n"
        for name, text in fields.items()
        if name.lower() in site.schema.known_work_fields
    ]
    return f"@{entry.type.lower()}{{{key},\n{''.join(lines)}}}\n"


def _tidy(name: str, text: str) -> str:
    """The field in the form that the checks ask for, where other programs write another."""
    pattern, instead = _FORMS.get(name, (r"\s+", " "))
    return re.sub(pattern, instead, text.strip())


def _place(field: tuple[str, str]) -> int:
    first = ("author", "title", "editor")
    name = field[0].lower()
    return first.index(name) if name in first else len(first)


def add_work(site: Site, bibliography: str, key: str, source: str) -> tuple[str, list[Problem]]:
    """The text of the bibliography with the work, and what the checks would say of it."""
    grown = f"{bibliography.rstrip()}\n\n{source}"
    known = {(problem.code, problem.fact) for problem in find_problems(site)}
    problems = find_problems(replace(site, works=parse_bibliography(grown)))
    return grown, [problem for problem in problems if (problem.code, problem.fact) not in known]


def take_work(root: Path) -> None:
    """Put the work on the input at the end of the bibliography.

    Raises RefusedError, and writes nothing, where the work cannot be taken as it is.
    """
    site = read_site(root)
    if sys.stdin.isatty():
        print("Paste the work as BibTeX, which libraries and Google Scholar give; then Ctrl-D.")
    entry = read_entry(decode_incoming(sys.stdin.buffer.read()))
    key = key_for(site, entry)
    source = entry_source(site, entry, key)
    text = site.raw[BIBLIOGRAPHY].decode("utf-8", "surrogateescape")
    grown, problems = add_work(site, text, key, source)
    for problem in problems:
        if problem.code not in (UNCITED, UNLISTED):
            raise RefusedError(problem.fact, problem.hint)
    (root / BIBLIOGRAPHY).write_bytes(grown.encode("utf-8", "surrogateescape"))
    line = grown.count("\n", 0, grown.index(source)) + 1
    print(f"{BIBLIOGRAPHY}:{line}: added\n\n{source}\nCite it with its place, as `[@{key}, p. 5]`.")
    codes = {problem.code for problem in problems}
    if UNLISTED in codes:
        print("Then run `make permalinks`, so that the link to it lasts.")
    if UNCITED in codes:
        print(f"Until a page does, `make check` tells you that none does ({UNCITED}).")


def decode_incoming(raw: bytes) -> str:
    """The text, whatever it was saved as, with plain line ends and plain spaces."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        raise RefusedError("this is no plain text", "save it as plain text (.txt)")
    return re.sub(r"\r\n?", "\n", text).replace("\N{NO-BREAK SPACE}", " ")
