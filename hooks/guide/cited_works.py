"""Works with the places that cite them, and the papers through which they are known."""

from dataclasses import dataclass, replace

from guide.anchors import citations_on
from guide.model import Outline, Page, Site
from guide.references import Reference
from guide.special_pages import GLOSSARY_PAGE


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
        self._cited: dict[str, set[str]] = {}
        for key, places in self._places.items():
            for place in places:
                self._cited.setdefault(place.page.path, set()).add(key)

    def all(self) -> tuple[CitedWork, ...]:
        return tuple(self.work(key) for key in self._references)

    def on(self, page: Page) -> tuple[CitedWork, ...]:
        """The works that a page cites, each with its places on that page."""
        keys = self._cited.get(page.path, set())
        return tuple(self.work(key, page) for key in self._references if key in keys)

    def work(self, key: str, only: Page | None = None) -> CitedWork:
        """A work with its places, all of them or those on one page."""
        work, outlines = self._site.work[key], self._site.outline_of
        places = (place for place in self._places.get(key, ()) if only in (None, place.page))
        return CitedWork(
            reference=self._references[key],
            places=tuple(places),
            papers=tuple(outlines[paper] for paper in work.cited_in if paper in outlines),
            outline=outlines.get(key),
        )


def _places(site: Site) -> dict[str, tuple[Place, ...]]:
    """Places by key, one for each section that cites the work, with all its locators."""
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
        headings |= {term.anchor: term.term for term in site.glossary.terms}
    return headings
