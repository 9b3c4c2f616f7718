"""The finder's filters: what an entry can be chosen by, and which choices fit which entry."""

from typing import NamedTuple

from guide.source.model import Page, Site

SITUATIONS = "situations"


class Filter(NamedTuple):
    """A filter of the finder: the front-matter field or folder, and the choices by their ids."""

    field: str
    name: str
    choices: dict[str, str]


def filters(site: Site) -> tuple[Filter, ...]:
    schema = site.schema
    cases = {page.id: page.title for page in _situations(site)}
    return (
        Filter(SITUATIONS, "What you are facing", cases),
        Filter("stages", "Stage of the partnership", {t.id: t.name for t in schema.stages}),
        Filter("themes", "Theme", {t.id: t.name for t in schema.themes}),
        Filter("readers", "Who you are", {t.id: t.name for t in schema.readers}),
        Filter("collections", "Collection", {c.folder: c.name for c in schema.collections}),
    )


def choices_of_entries(site: Site) -> list[list[list[int]]]:
    """For each entry, in the order of the search index, the numbers of the choices that fit it."""
    places = [(f.field, {id: n for n, id in enumerate(f.choices)}) for f in filters(site)]
    facing = _facing(site)
    return [
        [
            [numbers[id] for id in _values(page, field, facing) if id in numbers]
            for field, numbers in places
        ]
        for collection in site.schema.collections
        for page in site.listed(collection)
    ]


def _situations(site: Site) -> list[Page]:
    return [p for c in site.schema.collections if c.folder == SITUATIONS for p in site.listed(c)]


def _values(page: Page, field: str, facing: dict[str, list[str]]) -> tuple[str, ...] | list[str]:
    if field == "collections":
        return (page.collection.folder,)
    if field == SITUATIONS:
        return facing.get(page.path, [])
    return (page.id,) if page.collection.folder == field else page.front.words(field)


def _facing(site: Site) -> dict[str, list[str]]:
    """The situations by the path of each page that one of them links to, themselves included."""
    facing: dict[str, list[str]] = {}
    for case in _situations(site):
        named = (case.path_to(link.target) for link in case.markup.links)
        for path in dict.fromkeys((case.path, *named)):
            if path in site.page:
                facing.setdefault(path, []).append(case.id)
    return facing
