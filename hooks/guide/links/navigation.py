"""Where a reader can go: the site's navigation, paths, and the pages that links reach."""

import re
from dataclasses import dataclass

from guide.source.model import COLLECTIONS, HOME, Page, Site
from guide.source.schema import Destination

#: An item of the navigation: its name, and the page or the items that it leads to.
NavItem = dict[str, "str | list[NavItem]"]

#: The section of a path that lists its pages.
WALK = "walk"


@dataclass(frozen=True)
class Walk:
    """A page's place, counted from 1, on a path: the entry that lists pages to read in order."""

    path: Page
    place: int
    length: int
    before: Page | None
    after: Page | None


def walks(site: Site) -> dict[str, tuple[Walk, ...]]:
    """The paths that lead over each page, by the path of its file."""
    found: dict[str, list[Walk]] = {}
    for path in site.entries:
        row = _steps(site, path)
        for place, page in enumerate(row, 1):
            before = row[place - 2] if place > 1 else None
            after = row[place] if place < len(row) else None
            found.setdefault(page.path, []).append(Walk(path, place, len(row), before, after))
    return {page: tuple(its) for page, its in found.items()}


def _steps(site: Site, page: Page) -> list[Page]:
    """The pages that an entry's section `walk` leads to, one for each numbered item."""
    steps = re.finditer(r"^\d+\.[^\n]*", page.markup.plain, re.M)
    links = [
        next((link for link in page.markup.links if step.start() <= link.start < step.end()), None)
        for step in steps
    ]
    targets = (
        site.page.get(page.path_to(link.target)) for link in links if link and link.section == WALK
    )
    return [target for target in targets if target]


def neighbours(site: Site) -> dict[str, tuple[Page | None, Page | None]]:
    """By the path of each listed entry, those before and after it in its collection."""
    found = {}
    for collection in site.schema.collections:
        row = (None, *site.listed(collection), None)
        for before, page, after in zip(row, row[1:], row[2:], strict=False):
            found[page.path] = (before, after)
    return found


def navigation(site: Site) -> list[NavItem]:
    """Every page that the tabs hold, as MkDocs takes it: a collection's index, then its entries."""
    items: list[NavItem] = [{"Home": HOME}]
    for tab in site.schema.tabs:
        places: list[NavItem] = [_branch(site, place) for place in tab.places]
        only = places[0].get(tab.name) if len(places) == 1 else None
        items.append({tab.name: only or places})
    return items


def _branch(site: Site, place: Destination) -> NavItem:
    collection = site.schema.collection_of(place.path)
    pages = site.listed(collection) if collection else ()
    if place.path == f"{site.schema.sources.folder}/index.md":
        pages = tuple(page for page in site.pages if page.outline)
    if not pages:
        return {place.name: place.path}
    return {place.name: [{place.name: place.path}, *({page.name: page.path} for page in pages)]}


def reached_pages(site: Site) -> frozenset[str]:
    """Every page that the navigation, an index or a chain of links leads to."""
    tabs = (place for tab in site.schema.tabs for place in tab.places)
    waiting = [HOME, *(place.path for place in (*tabs, *site.schema.foot))]
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
    if path.endswith("/index.md") and (collection := site.schema.collection_of(path)):
        return [page.path for page in site.entries if page.collection is collection]
    return []
