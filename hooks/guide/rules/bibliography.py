"""KB22x and KB23x: bibliography.bib."""

import re
from collections.abc import Iterator
from functools import partial

from stdnum import isbn

from guide.problems import Problem, did_you_mean
from guide.rules import Told, rule
from guide.rules.subjects import repeated, works
from guide.source.bibliography import Work, plain_words
from guide.source.harmless import FOLLOWING
from guide.source.markup import line_of, lines_found
from guide.source.model import Site
from guide.source.reader import BIBLIOGRAPHY

_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_COMMANDS = "href|url|input|include|write|def|catcode|emph|verb|text(?:it|bf|sc|tt|sub|super)[a-z]*"
_MARKUP = re.compile(rf"</?[a-zA-Z!?]|\\(?:{_COMMANDS})\b|(?<!\\)\$")
#: Signs that mean something else in BibTeX than themselves, but not in an address.
_SIGN = re.compile(r"(?<!\\)[%#^_~]|\\$|&#?\w+;")

#: What stands before the first work or below the end of one and is neither work nor comment.
_STRAY = re.compile(
    r"(?:\A|^\}[^\S\n]*\n)(?:[^\S\n]*(?:%.*)?\n)*[^\S\n]*(?P<text>[^\s@%].{0,29})", re.M
)


def _are_pages(text: str) -> bool:
    """Whether they rise; the last of a range may be short, as in `139--62`."""
    ranges = [re.fullmatch(r"(\w+)(?:--(\w+))?", part) for part in re.split(", ?", text)]
    pairs = [one.groups("") for one in ranges if one]
    numbers = ((a, b) for a, b in pairs if b and (a + b).isdigit())
    return all(ranges) and all(int(a) < int(a[: -len(b)] + b) for a, b in numbers)


_URL = re.compile(
    rf"(?!.*(?:{FOLLOWING}))https://[^\s/:.]+(?:\.[^\s/:.]+)+(?::\d{{1,5}})?(?:[/?#][^\s\\]*)?"
)
#: What a field must be, and how it is written.
_FORMS = {
    "url": (
        _URL.fullmatch,
        "the address where all can reach it, `https://…`; one that was of its time goes in `note`",
    ),
    "howpublished": (re.compile(r"(?!.*(?:://|www\.))").match, "in words: an address is a `url`"),
    "title": (
        partial(re.search, r"[a-z](?!.*\\$)|^\W*\w+\W*$"),
        "in small letters, as it was said",
    ),
    "edition": (partial(re.fullmatch, r"(?i)(?!.*\bed(?:n|ition)?\b).+"), "`2`, or `revised`"),
    "isbn": (isbn.is_valid, "with all its digits: the last, which proves the others, does not fit"),
    "doi": (partial(re.fullmatch, r"10\.\d{4,9}/[^\s\\]+[^\s\\.,;]"), "`10.…/…` alone"),
    "year": (
        partial(re.fullmatch, r"(?:1[5-9]|20)\d\d"),
        "`1998`; where there is none, leave `year` out and say so in `note`",
    ),
    "pages": (_are_pages, "`9--19`, `e12`, `iv--xii` or `9--12, 15`"),
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
        hint = "give the second work a letter, such as `1996b`, or take it out if it is the same"
        yield Problem(BIBLIOGRAPHY, work.line, fact, hint)


@rule("KB224")
def work_has_its_fields(site: Site) -> Iterator[Problem]:
    """A work has a known type, the fields that this needs and no unknown ones, and known papers."""
    types, known = site.schema.work_fields, site.schema.known_work_fields
    for file, line, work in works(site):
        if work.type not in types:
            hint = did_you_mean(work.type, types) or f"one of {', '.join(types)}"
            yield Problem(file, line, f"unknown type `@{work.type}`", hint)
        for wanted in types.get(work.type, ()):
            if not work.fields.keys() & wanted.split("/"):
                fact = f"`{work.key}` has no `{wanted.replace('/', '` or `')}`"
                hint = f"every @{work.type} needs it"
                if "author" in wanted:
                    hint += "; a body can be one: `author = {{Great Britain}}`"
                yield Problem(file, line, fact, hint)
        for name in sorted(work.fields.keys() - known):
            hint = did_you_mean(name, known) or "more about a work belongs in `note`"
            yield Problem(file, work.field_line(name), f"unknown field `{name}`", hint)
        for key in (key for key in work.cited_in if key not in site.outline_of):
            hint = did_you_mean(key, site.outline_of) or f"one of {', '.join(site.outline_of)}"
            yield Problem(file, work.field_line("citedin"), f"`{key}` is no source paper", hint)


@rule("KB225", works)
def work_is_cited(site: Site, work: Work) -> Told:
    """Every work is cited on a page, or is one that a source paper cites (`citedin`)."""
    if not (work.key in site.cited_keys or work.key in site.outline_of or work.cited_in):
        return f"no page cites `{work.key}`", "cite it, or take it out"


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
            is_address = name in ("doi", "url")
            if markup := _MARKUP.search(value) or (not is_address and _SIGN.search(value)):
                fact = f"the field `{name}` holds markup: `{markup[0]}`"
                hint = "write plain text, a `%` or `_` as `\\%` or `\\_`; an address is a `url`"
                yield Problem(file, work.field_line(name), fact, hint)
            elif name in _FORMS and not _FORMS[name][0](value):
                fact = f"`{value}` is not how `{name}` is written"
                yield Problem(file, work.field_line(name), fact, f"write {_FORMS[name][1]}")


@rule("KB235")
def persons_are_joined_by_and(site: Site) -> Iterator[Problem]:
    """Persons are joined by `and`, organisations stand in braces; a long list ends `and others`."""
    for file, _, work in works(site):
        for role in ("author", "editor"):
            if re.search(r"\s(?!and)[aA][nN][dD]\s", work.fields.get(role, "")):
                fact, hint = f"`{role}` is joined by `AND`", "write `Wood, D. J. and Gray, B.`"
                yield Problem(file, work.field_line(role), fact, hint)
            for name in work.persons(role):
                bare = re.sub(r"\{[^{}]*\}", "", name)
                slip = next((s for s in site.slips.names if s.pattern.search(bare)), None)
                if slip:
                    fact = f"the name `{name}` in `{role}` {slip.told}"
                    yield Problem(file, work.field_line(role), fact, slip.hint)


@rule("KB236", first=True)
def bibliography_holds_works_only(site: Site) -> Iterator[Problem]:
    """Between two works stand only empty lines and comments; no work needs a `@string`."""
    text = site.text(BIBLIOGRAPHY)
    for line, _ in lines_found(re.compile(r"\n[ \t]*@string\b", re.I), text):
        fact = "who takes a work along would not have this `@string`"
        yield Problem(BIBLIOGRAPHY, line, fact, "write the text itself where it is used")
    for stray in _STRAY.finditer(text):
        fact = f"`{stray['text'].strip()}` belongs to no work and would be passed over"
        hint = "a work begins with `@`; a comment with `%`"
        yield Problem(BIBLIOGRAPHY, line_of(text, stray.start("text")), fact, hint)
