"""KB22x: bibliography.bib."""

import re
from collections.abc import Iterator
from itertools import pairwise

from guide.nearest import did_you_mean
from guide.problems import Finding
from guide.rules import rule
from guide.source.bibliography import Work, plain_words, sorted_by_key
from guide.source.model import Site
from guide.source.reader import BIBLIOGRAPHY

_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_COMMANDS = "href|url|input|include|write|def|catcode|emph|verb|text(?:it|bf|sc|tt|sub|super)[a-z]*"
_MARKUP = re.compile(rf"</?[a-zA-Z!?]|\\(?:{_COMMANDS})\b|(?<!\\)\$")


def _sound(site: Site) -> Iterator[Work]:
    return (work for work in site.works if not work.fault)


@rule("KB220", fatal=True, first=True)
def work_parses(site: Site) -> Iterator[Finding]:
    """Every work in bibliography.bib is valid BibTeX.

    Bad:  title = {Creating collaborative advantage,
    Good: title = {Creating collaborative advantage},
    """
    for work in site.works:
        if work.fault:
            yield Finding(BIBLIOGRAPHY, work.fault.line, work.fault.fact, work.fault.hint)


@rule("KB221", fatal=True)
def key_is_used_once(site: Site) -> Iterator[Finding]:
    """No two works have the same key.

    Bad:  @book{huxham1996, twice
    Good: @book{huxham1996, and @article{huxham2000,
    """
    first: dict[str, Work] = {}
    for work in filter(lambda work: work.key, site.works):
        other = first.setdefault(work.key.lower(), work)
        if other is not work:
            fact = f"the key `{work.key}` is taken in line {other.line}"
            yield Finding(
                BIBLIOGRAPHY, work.line, fact, "give the second work a letter, such as `1996b`"
            )


@rule("KB222", fatal=True)
def key_has_the_common_form(site: Site) -> Iterator[Finding]:
    """A key is small letters, digits and hyphens: first author and year.

    Bad:  @book{Huxham:96,
    Good: @book{huxham1996,
    """
    for work in site.works:
        if work.key and not _KEY.fullmatch(work.key):
            fact = f"the key `{work.key}` is not small letters, digits and hyphens"
            yield Finding(
                BIBLIOGRAPHY, work.line, fact, "first author and year, such as `huxham1996`"
            )


@rule("KB223")
def works_are_sorted_by_key(site: Site) -> Iterator[Finding]:
    """The works stand in the order of their keys.

    Bad:  wilcox1998 before weeks1992
    Good: weeks1992 before wilcox1998
    """
    works = [work for work in site.works if work.key]
    for before, work in pairwise(works):
        if work.key < before.key:
            fact = f"`{work.key}` stands after `{before.key}`"
            hint = "the keys are sorted from a to z"
            yield Finding(BIBLIOGRAPHY, work.line, fact, hint, sorted_by_key)


@rule("KB224")
def work_has_its_fields(site: Site) -> Iterator[Finding]:
    """A work has the fields that its type needs.

    Bad:  an @article without `journal`
    Good: journal = {Journal of Advanced Nursing},
    """
    types = site.schema.work_fields
    for work in _sound(site):
        if work.type not in types:
            hint = did_you_mean(work.type, types) or f"one of {', '.join(types)}"
            yield Finding(BIBLIOGRAPHY, work.line, f"unknown type `@{work.type}`", hint)
        for wanted in types.get(work.type, ()):
            if not work.names.intersection(wanted.split("/")):
                fact = f"`{work.key}` has no `{wanted.replace('/', '` or `')}`"
                yield Finding(BIBLIOGRAPHY, work.line, fact, f"every @{work.type} needs it")


@rule("KB225")
def work_is_cited(site: Site) -> Iterator[Finding]:
    """Every work is cited on a page, or is one that a source paper cites (`citedin`).

    Bad:  a work that nothing refers to
    Good: [@huxham1996; cited in @bcg-lessons, no. 8]
    """
    cited = {
        c.key for page in site.pages for cluster in page.markup.citations for c in cluster.cites
    } | site.outline_of.keys()
    for work in _sound(site):
        if work.key not in cited and not work.cited_in:
            fact = f"no page cites `{work.key}`"
            yield Finding(BIBLIOGRAPHY, work.line, fact, "cite it, or take it out")


@rule("KB226")
def citing_paper_is_a_source(site: Site) -> Iterator[Finding]:
    """`citedin` names source papers by their keys.

    Bad:  citedin = {ten-lessons}
    Good: citedin = {bcg-lessons}
    """
    for work in _sound(site):
        for key in work.cited_in:
            if key not in site.outline_of:
                hint = did_you_mean(key, site.outline_of) or f"one of {', '.join(site.outline_of)}"
                line = work.field_line("citedin")
                yield Finding(BIBLIOGRAPHY, line, f"`{key}` is no source paper", hint)


@rule("KB227")
def field_holds_plain_text(site: Site) -> Iterator[Finding]:
    """A field holds text and LaTeX accents, no HTML, no formula and no LaTeX command.

    Bad:  title = {The <b>key</b> text}
    Good: title = {The key text}
    """
    for work in _sound(site):
        for name, value in work.fields.items():
            found = _MARKUP.search(value)
            if found:
                fact = f"the field `{name}` holds markup: `{found[0]}`"
                yield Finding(BIBLIOGRAPHY, work.field_line(name), fact, "write plain text")


@rule("KB228")
def address_of_a_work_is_https(site: Site) -> Iterator[Finding]:
    """A work's `url` begins with https://.

    Bad:  url = {www.example.org/paper.pdf}
    Good: url = {https://www.example.org/paper.pdf}
    """
    for work in _sound(site):
        address = work.fields.get("url", "https://")
        if not address.startswith("https://"):
            fact = f"`{address}` does not begin with https://"
            hint = "an address that is only of its time belongs in `note`"
            yield Finding(BIBLIOGRAPHY, work.field_line("url"), fact, hint)


@rule("KB229")
def work_is_listed_once(site: Site) -> Iterator[Finding]:
    """No work stands there twice: with the same DOI, or the same title in the same year.

    Bad:  one book as huxham1996 and as huxham-creating
    Good: one book under one key, wherever it is cited
    """
    first: dict[tuple[str, ...], Work] = {}
    for work in _sound(site):
        for mark in _marks(work):
            other = first.setdefault(mark, work)
            if other is not work and other.key != work.key:  # One key twice is KB221's.
                fact = f"`{work.key}` is the same work as `{other.key}`"
                yield Finding(BIBLIOGRAPHY, work.line, fact, "keep one of them, and cite that")
                break


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
def year_has_four_digits(site: Site) -> Iterator[Finding]:
    """A year is four digits; a work without one has no `year` and says so in `note`.

    Bad:  year = {n.d.} or year = {98}
    Good: year = {1998}
    """
    for work in _sound(site):
        year = work.fields.get("year", "1998")
        if not re.fullmatch(r"(?:1[5-9]|20)\d\d", year):
            fact = f"`{year}` is no year of four digits"
            hint = "write `1998`; where there is none, leave `year` out and say so in `note`"
            yield Finding(BIBLIOGRAPHY, work.field_line("year"), fact, hint)


@rule("KB231")
def doi_is_bare(site: Site) -> Iterator[Finding]:
    """A DOI begins with `10.`, without the address before it.

    Bad:  doi = {https://doi.org/10.1000/182}
    Good: doi = {10.1000/182}
    """
    for work in _sound(site):
        doi = work.fields.get("doi", "10.1000/182")
        if not re.fullmatch(r"10\.\d{4,9}/\S+[^\s.,;]", doi):
            line = work.field_line("doi")
            yield Finding(BIBLIOGRAPHY, line, f"`{doi}` is no bare DOI", "write `10.…/…` alone")


@rule("KB232")
def pages_are_a_range(site: Site) -> Iterator[Finding]:
    """Pages are numbers with two hyphens between, the smaller first.

    Bad:  pages = {pp. 9-19}
    Good: pages = {9--19}
    """
    for work in _sound(site):
        pages = work.fields.get("pages", "1")
        found = re.fullmatch(r"(\d+)(?:--(\d+))?", pages)
        if not found or int(found[2] or found[1]) < int(found[1]):
            fact = f"`{pages}` is no range of pages"
            yield Finding(BIBLIOGRAPHY, work.field_line("pages"), fact, "write `9--19`, or `9`")


def _persons(work: Work) -> str:
    found = re.search(r"^\s*(?:author|editor)\s*=(.*)", work.source, re.M | re.I)
    return found[1] if found else ""


@rule("KB234")
def field_is_one_of_bibtex(site: Site) -> Iterator[Finding]:
    """A field of a work has a name that is known.

    Bad:  tilte = {Creating collaborative advantage},
    Good: title = {Creating collaborative advantage},
    """
    known = site.schema.known_work_fields
    for work in _sound(site):
        for name in sorted(work.names - known):
            hint = did_you_mean(name, known) or "more about a work belongs in `note`"
            yield Finding(BIBLIOGRAPHY, work.field_line(name), f"unknown field `{name}`", hint)


@rule("KB235")
def persons_are_joined_by_and(site: Site) -> Iterator[Finding]:
    """Persons are joined by `and`; the rest of a long list is `and others`.

    Bad:  author = {Wood, D. J. & Gray, B.} or author = {Huxham et al.}
    Good: author = {Wood, D. J. and Gray, B.}
    """
    for work in _sound(site):
        for role in sorted(work.roles):
            value = _persons(work).strip().strip(",")
            plain = not re.match(r"[{\"]\{", value)
            found = re.search(r"&|;|\bet al\b", value) if plain else None
            if found:
                fact = f"the names in `{role}` are joined by `{found[0]}`"
                hint = "write `Wood, D. J. and Gray, B.`; an organisation stands in double braces"
                yield Finding(BIBLIOGRAPHY, work.field_line(role), fact, hint)


@rule("KB236", first=True)
def bibliography_holds_works_only(site: Site) -> Iterator[Finding]:
    """Between two works stand only empty lines and comments that begin with `%`.

    Bad:  book{huxham1996, without its @
    Good: @book{huxham1996,
    """
    head = site.text(BIBLIOGRAPHY).partition("@")[0]
    rests = [(1, head), *((work.line, _behind(work.source)) for work in _sound(site))]
    for start, rest in rests:
        stray = [
            (n, line)
            for n, line in enumerate(rest.split("\n"), start)
            if line.strip() and not line.lstrip().startswith("%")
        ]
        if not stray:
            continue
        number, line = stray[0]
        fact = f"`{line.strip()[:30]}` belongs to no work and would be passed over"
        yield Finding(BIBLIOGRAPHY, number, fact, "a work begins with `@`; a comment with `%`")


def _behind(source: str) -> str:
    """What follows the work's last brace; the lines of the work itself are empty."""
    depth = 0
    for place, letter in enumerate(source):
        depth += (letter == "{") - (letter == "}")
        if letter == "}" and not depth:
            return "\n" * source.count("\n", 0, place) + source[place + 1 :]
    return ""
