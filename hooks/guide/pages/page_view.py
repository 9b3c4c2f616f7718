"""What the template of one page needs: frozen data with no HTML in it."""

import math
from dataclasses import dataclass

from guide.links.backlinks import BackLink
from guide.links.navigation import Walk
from guide.links.permalinks import MovedHeading, former_headings
from guide.source.markup import Heading
from guide.source.model import Item, Page
from guide.source.schema import Collection, Term
from guide.works.cited_works import CitedWork

#: Words that a reader takes in each minute.
_WORDS_A_MINUTE = 200
#: A page with fewer sections needs no list of them.
_SECTIONS_TO_LIST = 3


@dataclass(frozen=True)
class CoveredItem:
    """An outline item with the entries that cover it."""

    item: Item
    entries: tuple[Page, ...]


@dataclass(frozen=True)
class PageView:
    """What the template of one page needs beside the page's text. Empty where it has none."""

    page: Page
    kind: str
    stages: tuple[Term, ...] = ()
    themes: tuple[Term, ...] = ()
    covers: tuple[tuple[Page, tuple[str, ...]], ...] = ()
    related: tuple[Page, ...] = ()
    before: Page | None = None
    after: Page | None = None
    walks: tuple[Walk, ...] = ()
    useful: Page | None = None
    used: tuple[BackLink, ...] = ()
    cited: tuple[CitedWork, ...] = ()
    entries: tuple[Page, ...] = ()
    collection: Collection | None = None
    paper: CitedWork | None = None
    outline: tuple[CoveredItem, ...] = ()
    replaced: tuple[Page, ...] = ()
    generated: str = ""

    @property
    def minutes(self) -> int:
        """How long the text takes to read."""
        return math.ceil(sum(self.page.markup.words) / _WORDS_A_MINUTE)

    @property
    def contents(self) -> tuple[Heading, ...]:
        """The sections to choose from, where there are enough of them."""
        sections = tuple(h for h in self.page.markup.headings if h.level == 2 and h.id)
        return sections if len(sections) >= _SECTIONS_TO_LIST else ()

    @property
    def moved_headings(self) -> tuple[MovedHeading, ...]:
        return former_headings(self.page)
