"""Where a reader can go: the site's navigation and the pages that links reach."""

from guide.model import Page, Site
from guide.special_pages import COLLECTIONS


def neighbours(site: Site, page: Page) -> tuple[Page | None, Page | None]:
    """The entries before and after this one in its collection."""
    row = site.listed(page.collection) if page.collection else ()
    if page not in row:
        return None, None
    place = row.index(page)
    return (row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None)


def reached_pages(site: Site) -> frozenset[str]:
    """Every page that the navigation, an index or a chain of links leads to."""
    waiting = [destination.path for destination in site.schema.navigation]
    reached: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in reached or path not in site.page:
            continue
        reached.add(path)
        page = site.page[path]
        waiting.extend(page.path_to(link.target) for link in page.markup.links)
        waiting.extend(_listed_by(site, path))
    return frozenset(reached)


def _listed_by(site: Site, path: str) -> list[str]:
    """Pages that an index page lists by itself."""
    if path == COLLECTIONS:
        return [f"{collection.folder}/index.md" for collection in site.schema.collections]
    if path == f"{site.schema.sources.folder}/index.md":
        return [f"{site.schema.sources.folder}/{outline.name}.md" for outline in site.outlines]
    collection = site.schema.collection_of(path) if path.endswith("/index.md") else None
    return [page.path for page in site.entries if page.collection is collection]
