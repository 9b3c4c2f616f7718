"""Works with the places that cite them, and the papers through which they are known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from guide.links.permalinks import citations_on
from guide.source.model import GLOSSARY_PAGE, Outline, Page, Site
from guide.works.references import Reference


@dataclass(frozen=True)
class Place:
    """Where a work is cited: the page, the section's id and heading, and the locators."""

    page: Page
    section: str
    heading: str
    locators: tuple[str, ...]


@dataclass(frozen=True)
class CitedWork:
    """A work with the places that cite it. `papers` are the source papers that cite it."""

    reference: Reference
    places: tuple[Place, ...]
    papers: tuple[Outline, ...]
    outline: Outline | None


class CitedWorks:
    """Every work of the bibliography, in the order of the style."""

    def __init__(self, site: Site, references: dict[str, Reference]) -> None:
        self._site = site
        self._references = references
        self._places = _places(site)
        self._on: dict[str, list[CitedWork]] = {}
        for key in references:
            for path, places in groupby(self._places.get(key, ()), lambda place: place.page.path):
                self._on.setdefault(path, []).append(self._work(key, places))

    def on(self, page: Page) -> tuple[CitedWork, ...]:
        """The works that a page cites, each with its places on that page."""
        return tuple(self._on.get(page.path, ()))

    def work(self, key: str) -> CitedWork:
        """A work with all its places."""
        return self._work(key, self._places.get(key, ()))

    def _work(self, key: str, places: Iterable[Place]) -> CitedWork:
        work, outlines = self._site.work[key], self._site.outline_of
        return CitedWork(
            reference=self._references[key],
            places=tuple(places),
            papers=tuple(outlines[paper] for paper in work.cited_in if paper in outlines),
            outline=outlines.get(key),
        )


def _places(site: Site) -> dict[str, tuple[Place, ...]]:
    """Places by key, one for each section that cites the work, with all its locators.

    Those on one page stand together.
    """
    found: dict[str, dict[tuple[str, str], Place]] = {}
    for page in site.pages:
        headings = _headings(site, page)
        for citation in citations_on(site, page):
            for cite in citation.cites:
                sections = found.setdefault(cite.key, {})
                where = (page.path, citation.section)
                heading = headings.get(citation.section, "")
                place = sections.get(where) or Place(page, citation.section, heading, ())
                locators = dict.fromkeys((*place.locators, *cite.locators))
                sections[where] = replace(place, locators=tuple(locators))
    return {key: tuple(sections.values()) for key, sections in found.items()}


def _headings(site: Site, page: Page) -> dict[str, str]:
    """The headings of a page by their ids, those of the glossary's terms included."""
    headings = {heading.id: heading.text for heading in page.markup.headings}
    if page.path == GLOSSARY_PAGE:
        headings |= {term.anchor: term.term for term in site.glossary}
    return headings
