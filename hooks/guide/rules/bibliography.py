"""KB22x and KB23x: bibliography.bib."""

import re
from collections.abc import Iterator
from functools import partial

from guide.problems import Problem, did_you_mean
from guide.rules import Told, rule
from guide.rules.subjects import repeated, works
from guide.source.bibliography import Work, plain_words
from guide.source.markup import line_of
from guide.source.model import Site
from guide.source.reader import BIBLIOGRAPHY

_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_COMMANDS = "href|url|input|include|write|def|catcode|emph|verb|text(?:it|bf|sc|tt|sub|super)[a-z]*"
_MARKUP = re.compile(rf"</?[a-zA-Z!?]|\\(?:{_COMMANDS})\b|(?<!\\)\$")

#: What stands before the first work or below the end of one and is neither work nor comment.
_STRAY = re.compile(
    r"(?:\A|^\}[^\S\n]*\n)(?:[^\S\n]*(?:%.*)?\n)*[^\S\n]*(?P<text>[^\s@%].{0,29})", re.M
)


def _is_range(pages: str) -> bool:
    found = re.fullmatch(r"(\d+)(?:--(\d+))?", pages)
    return bool(found) and int(found[1]) <= int(found[2] or found[1])


#: What a field must be, and how it is written.
_FORMS = {
    "url": (partial(re.match, "https://"), "`https://…`; what was only of its time goes in `note`"),
    "doi": (partial(re.fullmatch, r"10\.\d{4,9}/\S+[^\s.,;]"), "`10.…/…` alone"),
    "year": (
        partial(re.fullmatch, r"(?:1[5-9]|20)\d\d"),
        "`1998`; where there is none, leave `year` out and say so in `note`",
    ),
    "pages": (_is_range, "`9--19`, or `9`"),
}


@rule("KB220", fatal=True, first=True)
def work_parses(site: Site) -> Iterator[Problem]:
    """Every work in bibliography.bib is valid BibTeX."""
    for work in site.works:
        if work.fault:
            yield Problem(BIBLIOGRAPHY, work.fault.line, work.fault.fact, work.fault.hint)


@rule("KB222", fatal=True)
def key_is_sound(site: Site) -> Iterator[Problem]:
    """A key is small letters, digits and hyphens, first author and year, and used once."""
    keyed = [work for work in site.works if work.key]
    for work in (work for work in keyed if not _KEY.fullmatch(work.key)):
        fact = f"the key `{work.key}` is not small letters, digits and hyphens"
        hint = "first author and year, such as `huxham1996`"
        yield Problem(BIBLIOGRAPHY, work.line, fact, hint)
    for work, other in repeated((work.key.lower(), work) for work in keyed):
        fact = f"the key `{work.key}` is taken in line {other.line}"
        hint = "give the second work a letter, such as `1996b`"
        yield Problem(BIBLIOGRAPHY, work.line, fact, hint)


@rule("KB224")
def work_has_its_fields(site: Site) -> Iterator[Problem]:
    """A work has a known type and the fields that the type needs, and no unknown ones."""
    types, known = site.schema.work_fields, site.schema.known_work_fields
    for file, line, work in works(site):
        if work.type not in types:
            hint = did_you_mean(work.type, types) or f"one of {', '.join(types)}"
            yield Problem(file, line, f"unknown type `@{work.type}`", hint)
        for wanted in types.get(work.type, ()):
            if not work.names.intersection(wanted.split("/")):
                fact = f"`{work.key}` has no `{wanted.replace('/', '` or `')}`"
                yield Problem(file, line, fact, f"every @{work.type} needs it")
        for name in sorted(work.names - known):
            hint = did_you_mean(name, known) or "more about a work belongs in `note`"
            yield Problem(file, work.field_line(name), f"unknown field `{name}`", hint)


@rule("KB225", works)
def work_is_cited(site: Site, work: Work) -> Told:
    """Every work is cited on a page, or is one that a source paper cites (`citedin`)."""
    if not (work.key in site.cited_keys or work.key in site.outline_of or work.cited_in):
        return f"no page cites `{work.key}`", "cite it, or take it out"


@rule("KB226")
def citing_paper_is_a_source(site: Site) -> Iterator[Problem]:
    """`citedin` names source papers by their keys."""
    for file, _, work in works(site):
        for key in work.cited_in:
            if key not in site.outline_of:
                hint = did_you_mean(key, site.outline_of) or f"one of {', '.join(site.outline_of)}"
                yield Problem(file, work.field_line("citedin"), f"`{key}` is no source paper", hint)


@rule("KB229")
def work_is_listed_once(site: Site) -> Iterator[Problem]:
    """No work is listed twice, with the same DOI or the same title in the same year."""
    told: set[str] = set()
    for work, other in repeated((mark, w) for _, _, w in works(site) for mark in _marks(w)):
        if other.key != work.key and work.key not in told:  # One key twice is KB222's.
            told.add(work.key)
            fact = f"`{work.key}` is the same work as `{other.key}`"
            yield Problem(BIBLIOGRAPHY, work.line, fact, "keep one of them, and cite that")


def _marks(work: Work) -> Iterator[tuple[str, ...]]:
    """What two works have in common if they are one."""
    if doi := work.fields.get("doi"):
        yield "doi", doi.casefold()
    title, year = (plain_words(work.fields.get(name, "")) for name in ("title", "year"))
    is_known = not work.fields.get("title", "").strip("{").startswith("[")  # "[No title given]"
    if title and year and is_known:
        # Chapters called "Introduction" are told apart by their books.
        yield title, year, plain_words(work.fields.get("booktitle", ""))


@rule("KB230")
def field_has_its_form(site: Site) -> Iterator[Problem]:
    """A field is plain text, without HTML, formula or LaTeX command; some have a form."""
    for file, _, work in works(site):
        for name, value in work.fields.items():
            if markup := _MARKUP.search(value):
                fact = f"the field `{name}` holds markup: `{markup[0]}`"
                yield Problem(file, work.field_line(name), fact, "write plain text")
            elif name in _FORMS and not _FORMS[name][0](value):
                fact = f"`{value}` is not how `{name}` is written"
                yield Problem(file, work.field_line(name), fact, f"write {_FORMS[name][1]}")


def _persons(work: Work) -> str:
    found = re.search(r"^\s*(?:author|editor)\s*=(.*)", work.source, re.M | re.I)
    return found[1].strip().strip(",") if found else ""


@rule("KB235")
def persons_are_joined_by_and(site: Site) -> Iterator[Problem]:
    """Persons are joined by `and`; the rest of a long list is `and others`."""
    for file, _, work in works(site):
        value = _persons(work)
        joint = None if re.match(r"[{\"]\{", value) else re.search(r"&|;|\bet al\b", value)
        for role in sorted(work.roles) if joint else ():
            fact = f"the names in `{role}` are joined by `{joint[0]}`"
            hint = "write `Wood, D. J. and Gray, B.`; an organisation stands in double braces"
            yield Problem(file, work.field_line(role), fact, hint)


@rule("KB236", first=True)
def bibliography_holds_works_only(site: Site) -> Iterator[Problem]:
    """Between two works stand only empty lines and comments that begin with `%`."""
    text = site.text(BIBLIOGRAPHY)
    for stray in _STRAY.finditer(text):
        fact = f"`{stray['text'].strip()}` belongs to no work and would be passed over"
        hint = "a work begins with `@`; a comment with `%`"
        yield Problem(BIBLIOGRAPHY, line_of(text, stray.start("text")), fact, hint)
