"""Works with the places that cite them, and the papers through which they are known."""

from collections.abc import Iterable, Mapping
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


def cited_works(site: Site, references: Mapping[str, Reference]) -> dict[str, CitedWork]:
    """Every work of the bibliography by its key, in the order of the style."""
    places, outlines = _places(site), site.outline_of
    return {
        key: CitedWork(
            reference,
            places.get(key, ()),
            tuple(outlines[paper] for paper in site.work[key].cited_in if paper in outlines),
            outlines.get(key),
        )
        for key, reference in references.items()
    }


def cited_on_pages(works: Iterable[CitedWork]) -> dict[str, list[CitedWork]]:
    """The works that a page cites, by its path, each with its places on that page alone."""
    found: dict[str, list[CitedWork]] = {}
    for work in works:
        for path, places in groupby(work.places, lambda place: place.page.path):
            found.setdefault(path, []).append(replace(work, places=tuple(places)))
    return found


def _places(site: Site) -> dict[str, tuple[Place, ...]]:
    """Places by key, one for each section that cites the work, with all its locators.

    Those on one page stand together.
    """
    found: dict[str, dict[tuple[str, str], Place]] = {}
    for page in site.pages:
        headings = {heading.id: heading.text for heading in page.markup.headings}
        if page.path == GLOSSARY_PAGE:
            headings |= {term.anchor: term.term for term in site.glossary}
        for citation in citations_on(site, page):
            for cite in citation.cites:
                sections = found.setdefault(cite.key, {})
                where = (page.path, citation.section)
                heading = headings.get(citation.section, "")
                place = sections.get(where) or Place(page, citation.section, heading, ())
                locators = dict.fromkeys((*place.locators, *cite.locators))
                sections[where] = replace(place, locators=tuple(locators))
    return {key: tuple(sections.values()) for key, sections in found.items()}
