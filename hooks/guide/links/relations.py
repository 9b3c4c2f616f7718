"""Which entries belong together."""

from guide.source.model import Page, Site


def related_entries(site: Site) -> dict[str, tuple[str, ...]]:
    """Relations by id, seen from both sides."""
    both: dict[str, set[str]] = {}
    for page in site.entries:
        for id in page.front.words("related"):
            if id in site.entry:
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
