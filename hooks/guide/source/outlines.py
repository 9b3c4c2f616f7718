"""data/outlines/: what each source paper holds, item by item."""

import posixpath
from functools import cached_property
from typing import Annotated

from guide.source.documents import LINED, shape


@shape
class Item:
    """An item of a paper's outline. `locator` is what a citation gives as its place."""

    id: str
    locator: str
    label: str
    line: int


@shape
class Outline:
    """What a source paper holds, item by item.

    `work` is the paper's key, `short` what a citation calls it. `places` are further places that
    a citation may give: those of whole sections.
    """

    path: str
    work: str
    short: str
    items: tuple[Annotated[Item, LINED], ...]
    note: str = ""
    places: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return posixpath.basename(self.path).removesuffix(".yml")

    def name_of(self, item: Item) -> str:
        """What entries call the item: `ten-lessons#5`."""
        return f"{self.name}#{item.id}"

    @cached_property
    def locators(self) -> frozenset[str]:
        return frozenset((*(item.locator for item in self.items), *self.places))
