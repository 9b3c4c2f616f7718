"""What rules judge: each thing with its file and line, then what the rule is called with."""

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from guide.rules import Subject
from guide.source.markup import lines_found
from guide.source.model import Site
from guide.source.reader import BIBLIOGRAPHY, GLOSSARY

T = TypeVar("T")


def pages(site: Site) -> Iterator[tuple]:
    return ((page.file, 1, page) for page in site.pages)


def entries(site: Site) -> Iterator[tuple]:
    return ((page.file, 1, page) for page in site.entries)


def fields(site: Site) -> Iterator[tuple]:
    """Fields of front matter that could be read: page, name, and the texts that they hold."""
    for page in site.pages:
        for name, given in page.front.fields.items() if not page.front.faults else ():
            yield page.file, given.line, page, name, page.front.texts(name)


def headings(site: Site) -> Iterator[tuple]:
    for page in site.pages:
        for heading in page.markup.headings:
            yield page.file, heading.line, page, heading


def links(site: Site) -> Iterator[tuple]:
    """Links with a target; whether references have one is a rule of its own."""
    for page in site.pages:
        for link in page.markup.links:
            if link.form != "reference":
                yield page.file, link.line, link


def relative_links(site: Site) -> Iterator[tuple]:
    """Links within docs/: page, link, its address taken apart, and the file that it leads to."""
    return ((page.file, link.line, page, link, *to) for page, link, *to in site.relative_links)


def found(pattern: re.Pattern[str], text: str = "plain", parts: tuple[str, ...] = ()) -> Subject:
    """What a pattern finds in the `plain` or `unlinked` text of pages that hold one of `parts`."""

    def matches(site: Site) -> Iterator[tuple]:
        for page in site.pages:
            whole = getattr(page.markup, text)
            if not parts or any(part in whole for part in parts):
                for line, match in lines_found(pattern, whole):
                    yield page.file, line, match

    return matches


def citations(site: Site) -> Iterator[tuple]:
    """The works cited in each pair of brackets, those of the glossary too."""
    for page in site.pages:
        yield from ((page.file, found.line, found.cites) for found in page.markup.citations)
    for term in site.glossary:
        yield from ((GLOSSARY, term.line, citation.cites) for citation in term.citations)


def cites(site: Site) -> Iterator[tuple]:
    return ((file, line, cite) for file, line, row in citations(site) for cite in row)


def works(site: Site) -> Iterator[tuple]:
    """Works that could be read."""
    return ((BIBLIOGRAPHY, work.line, work) for work in site.works if not work.fault)


def terms(site: Site) -> Iterator[tuple]:
    return ((GLOSSARY, term.line, term) for term in site.glossary)


def drawings(site: Site) -> Iterator[tuple]:
    return ((f"docs/{path}", 1, path, svg) for path, svg in site.diagrams.items())


def repeated(named: Iterable[tuple[Hashable, T]]) -> Iterator[tuple[T, T]]:
    """Each thing whose name an earlier one has, with that one."""
    first: dict[Hashable, T] = {}
    for name, thing in named:
        if first.setdefault(name, thing) is not thing:
            yield thing, first[name]
