"""Works for the bibliography, out of what a library or a reference manager gives."""

import codecs
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from string import ascii_lowercase
from typing import BinaryIO

from guide.desk import sound_site
from guide.problems import Problem, RefusedError
from guide.rules import find_problems
from guide.source.bibliography import parse_bibliography, plain_words
from guide.source.model import Site
from guide.source.reader import BIBLIOGRAPHY
from guide.works.incoming import entry_source, person, read_works, year_of
from guide.works.references import CslItem, format_references

UNCITED = "KB225"
_SHORTEST_WORD = 4
#: A key of the form that ours have.
_KEY = re.compile(r"[a-z]+\d{4}[a-z]?")


def key_for(site: Site, work: CslItem, new: Iterable[str] = ()) -> str:
    """The key that the work brings if it has our form, else first author and year, or a word of
    the title; a letter where that was ever given.
    """
    persons, year = work.get("author") or work.get("editor") or (), year_of(work)
    name = plain_words(person(persons[0]).partition(",")[0]).replace("-", "") if persons else ""
    words = plain_words(work["title"]).split("-")
    word = next((word for word in words if len(word) >= _SHORTEST_WORD), words[0])
    key = name + year if year else f"{name}-{word}".strip("-")
    if _KEY.fullmatch(work["id"]) or not name[:1].isalpha():
        key = plain_words(work["id"])
    if not key[:1].isalpha():
        fact = "it has no author or editor, or none in letters from a to z, and no key"
        hint = "name who made it, such as Great Britain for a law, or a key such as `tolstoy1869`"
        raise RefusedError(fact, hint)
    taken = {*new, *(work.key.lower() for work in site.works)}
    taken |= {line.split("/")[2] for line in site.ledger if re.fullmatch(r"/ref/[^/]+/", line)}
    if not taken & {key, f"{key}a"}:
        return key
    return next(key + letter for letter in ascii_lowercase[1:] if key + letter not in taken)


def problems_of_new(site: Site, before: str, sources: Mapping[str, str]) -> dict[str, Problem]:
    """The first thing, by key, that the checks would say of each work behind the text `before`.

    A fatal problem hides others, so what is left is looked at again.
    """
    works = parse_bibliography("\n\n".join([before, *sources.values()]))
    found: dict[str, Problem] = {}
    for problem in find_problems(replace(site, works=works)):
        place = [w.line <= problem.line for w in works[len(site.works) :]].count(True)
        if problem.path == BIBLIOGRAPHY and place and problem.code != UNCITED:
            found.setdefault([*sources][place - 1], problem)
    left = {key: source for key, source in sources.items() if key not in found}
    return found | problems_of_new(site, before, left) if found and left else found


def take_works(root: Path, export: BinaryIO) -> int:
    """Put the works of an export at the end of the bibliography; 1 where some are left out.

    Raises RefusedError, and writes nothing, where none can be taken.
    """
    site = sound_site(root)
    if export.isatty():
        print("Paste what a library or reference manager gives, such as BibTeX; then Ctrl-D.")
    sources: dict[str, str] = {}
    told: list[str] = []
    for work in read_works(decode_incoming(export.read())):
        try:
            key = key_for(site, work, sources)
        except RefusedError as refused:
            told.append(f"{work['id']}: {refused}")
        else:
            sources[key] = entry_source(work, key)
    before = site.raw[BIBLIOGRAPHY].decode("utf-8", "surrogateescape").rstrip()
    wrong = problems_of_new(site, before, sources)
    told += [f"{key}: {RefusedError(problem.fact, problem.hint)}" for key, problem in wrong.items()]
    sound = {key: source for key, source in sources.items() if key not in wrong}
    if not sound:
        raise RefusedError("\n".join(told))
    grown = "\n\n".join([before, *sound.values()])
    (root / BIBLIOGRAPHY).write_bytes(grown.encode("utf-8", "surrogateescape"))
    printed = format_references(parse_bibliography("\n".join(sound.values())), root)
    for key, source in sound.items():
        line = grown.count("\n", 0, grown.index(source)) + 1
        print(f"{BIBLIOGRAPHY}:{line}: added\n\n{source}\nIt is printed as: {printed[key].text}")
    print("Braces keep a capital, as in `{Britain}`. Cite a work with its place: `[@key, p. 5]`.")
    print(f"Until a page does, `make check` tells you that none does ({UNCITED}).")
    print("Then run `make permalinks`, so that links to what is new last.")
    if told:
        print("Left out:", *told, sep="\n", file=sys.stderr)
    return 1 if told else 0


def decode_incoming(raw: bytes) -> str:
    """The text, whatever it was saved as, with plain line ends and nothing that nobody sees."""
    has_mark = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if has_mark else "utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        raise RefusedError("this is no plain text", "export the work as BibTeX, RIS or CSL-JSON")
    text = re.sub(r"\r\n?", "\n", text).replace("\N{NO-BREAK SPACE}", " ")
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
