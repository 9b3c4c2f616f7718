"""data/outlines/: what each source paper holds, item by item."""

import posixpath
from dataclasses import dataclass
from functools import cached_property

from guide.source.documents import Document


@dataclass(frozen=True)
class Item:
    """An item of a paper's outline. `locator` is what a citation gives as its place."""

    outline: str
    id: str
    locator: str
    label: str
    line: int

    @property
    def name(self) -> str:
        return f"{self.outline}#{self.id}"


@dataclass(frozen=True)
class Outline:
    """What a source paper holds, item by item.

    `work` is the paper's key, `short` what a citation calls it. `places` are further places that
    a citation may give: those of whole sections.
    """

    name: str
    path: str
    work: str
    short: str
    note: str
    items: tuple[Item, ...]
    places: tuple[str, ...] = ()

    @cached_property
    def locators(self) -> frozenset[str]:
        return frozenset((*(item.locator for item in self.items), *self.places))


def make_outline(path: str, document: Document) -> Outline:
    """The outline in the file at `path`; an empty one where its form is wrong."""
    name = posixpath.basename(path).removesuffix(".yml")
    if not document.is_sound:
        return Outline(name, path, "", "", "", ())
    given = document.fields
    items = tuple(
        Item(name, **item, line=document.line("items", number))
        for number, item in enumerate(given["items"])
    )
    note, places = given.get("note", ""), tuple(given.get("places", ()))
    return Outline(name, path, given["work"], given["short"], note, items, places)
