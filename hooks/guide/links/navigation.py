"""Where a reader can go: the site's navigation, paths, and the pages that links reach."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from guide.source.model import HOME, Page, Site
from guide.source.schema import Destination

T = TypeVar("T")
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
        row = steps(site, path)
        for place, (before, page, after) in enumerate(with_neighbours(row), 1):
            found.setdefault(page.path, []).append(Walk(path, place, len(row), before, after))
    return {page: tuple(its) for page, its in found.items()}


def steps(site: Site, page: Page) -> list[Page]:
    """The pages that an entry's section `walk` leads to, one for each numbered item."""
    links = [link for link in page.markup.links if link.section == WALK]
    items = re.finditer(r"^\d+\.[^\n]*", page.markup.plain, re.M)
    firsts = (
        next((link for link in links if item.start() <= link.start < item.end()), None)
        for item in items
    )
    targets = (site.page.get(page.path_to(link.target)) for link in firsts if link)
    return [target for target in targets if target]


def with_neighbours(row: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Each thing of a row with the one before and the one after it."""
    return zip((None, *row), row, (*row[1:], None), strict=False)


def neighbours(site: Site) -> dict[str, tuple[Page | None, Page | None]]:
    """By the path of each listed entry, those before and after it in its collection."""
    found = {}
    for collection in site.schema.collections:
        for before, page, after in with_neighbours(site.listed(collection)):
            found[page.path] = (before, after)
    return found


def navigation(site: Site) -> list[NavItem]:
    """Every page that the tabs hold, as MkDocs takes it: a collection's index, then its entries."""
    items: list[NavItem] = [{"Home": HOME}]
    for name, row in site.schema.tabs.items():
        places: list[NavItem] = [_branch(site, place) for place in row]
        only = places[0].get(name) if len(places) == 1 else None
        items.append({name: only or places})
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
    tabs = (place for row in site.schema.tabs.values() for place in row)
    waiting = [HOME, *(place.path for place in (*tabs, *site.schema.foot))]
    # What index pages list by themselves.
    waiting += [page.path for page in site.pages if page.is_entry or page.outline]
    waiting += [f"{collection.folder}/index.md" for collection in site.schema.collections]
    reached: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in site.page and path not in reached:
            reached.add(path)
            page = site.page[path]
            waiting.extend(page.path_to(link.target) for link in page.markup.links)
    return frozenset(reached)


def related_entries(site: Site) -> dict[str, tuple[str, ...]]:
    """Relations by id, seen from both sides."""
    both: dict[str, set[str]] = {}
    for page in site.entries:
        for id in page.front.words("related"):
            if id in site.entry and id != page.id:
                both.setdefault(page.id, set()).add(id)
                both.setdefault(id, set()).add(page.id)
    return {id: tuple(sorted(others)) for id, others in both.items()}


def entries_by(site: Site, field: str) -> dict[str, tuple[Page, ...]]:
    """Entries by the values of a field that is a list, in the order of the collections."""
    found: dict[str, list[Page]] = {}
    for collection in site.schema.collections:
        for page in site.listed(collection):
            for value in page.front.words(field):
                found.setdefault(value, []).append(page)
    return {value: tuple(pages) for value, pages in found.items()}


def most_alike(
    site: Site, page: Page, related: tuple[str, ...], near: tuple[Page | None, ...]
) -> Page | None:
    """Of the entries related or linked to, the one most like this one; none of those `near`."""
    named = (page.path_to(link.target) for link in page.markup.links)
    apart = {page.path, *(other.path for other in near if other)}
    paths = dict.fromkeys((*(site.entry[id].path for id in related), *named))
    others = (site.page[path] for path in paths if path in site.page and path not in apart)
    fitting = (other for other in others if other.is_entry and not other.is_withdrawn)
    return max(fitting, key=lambda other: _likeness(page, other), default=None)


def _likeness(page: Page, other: Page) -> int:
    """How many themes and stages two entries share; a theme's page is like all that name it."""
    return sum(
        len(set(page.front.words(field)) & {*other.front.words(field), other.id})
        for field in ("themes", "stages")
    )
