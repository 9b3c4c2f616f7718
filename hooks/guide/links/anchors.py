"""The ids on a page that a link may name: those written and those the site adds."""

from collections.abc import Iterator
from dataclasses import replace

from guide.links.permalinks import former_headings
from guide.source.markup import Citation
from guide.source.model import GLOSSARY_PAGE, REFERENCES, Page, Site


def anchors_of(site: Site, page: Page) -> frozenset[str]:
    return page.markup.anchors | added_anchors(site, page)


def citations_on(site: Site, page: Page) -> Iterator[Citation]:
    """The citations that a page shows; those of the glossary stand below its terms."""
    yield from page.markup.citations
    if page.path == GLOSSARY_PAGE:
        for term in site.glossary:
            yield from (replace(citation, section=term.anchor) for citation in term.citations)


def added_anchors(site: Site, page: Page) -> frozenset[str]:
    """Ids that the templates give the page."""
    added = {
        f"cites-{cite.key}" for citation in citations_on(site, page) for cite in citation.cites
    }
    if page.path == REFERENCES:
        added |= {f"ref-{work.key}" for work in site.works}
    if page.path == GLOSSARY_PAGE:
        added |= {term.anchor for term in site.glossary}
    added |= {moved.old for moved in former_headings(page)}
    if page.outline:
        added.add("outline")
    return frozenset(added)
