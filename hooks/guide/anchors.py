"""The ids on a page that a link may name: those written and those the site adds."""

from guide.model import Page, Site

REFERENCES_PAGE = "references.md"


def anchors_of(site: Site, page: Page) -> frozenset[str]:
    return page.markup.anchors | added_anchors(site, page)


def added_anchors(site: Site, page: Page) -> frozenset[str]:
    """Ids that the templates give the page."""
    cited = {cite.key for cluster in page.markup.citations for cite in cluster.cites}
    added = {f"cites-{key}" for key in cited}
    if page.path == REFERENCES_PAGE:
        added |= {f"ref-{work.key}" for work in site.works}
    if page.outline:
        added.add("outline")
    return frozenset(added)
