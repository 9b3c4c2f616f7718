"""The shapes of files below data/: outlines, terms, licences, news, what a group runs or says."""

import posixpath
import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from annotated_types import Gt, Len, MinLen
from pydantic import StrictBool, StrictInt, StringConstraints, model_validator

from guide.source.documents import LINED, shape
from guide.source.markup import Citation, Slip, parse_markup


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
    items: Annotated[tuple[Annotated[Item, LINED], ...], MinLen(1)]
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


@shape
class Licensed:
    """A work and the files of the site, or the set of icons, that it consists of.

    `text` is the licence's address, or its file below docs/.
    """

    name: str
    use: str
    licence: str
    text: str
    by: str = ""
    ours: StrictBool = False
    files: tuple[str, ...] = ()
    icons: str = ""


_Count = Annotated[StrictInt, Gt(0)]
_InSheet = Literal["note", "ask", "lines", "table", "rows", "matrix", "cards"]
Text = Annotated[str, StringConstraints(min_length=1)]
_Form = Annotated[str, StringConstraints(min_length=1, to_lower=True)]


@shape
class GlossaryTerm:
    """A term with its meaning. `forms` are lower case; `entry` is the id of an entry."""

    term: Text
    forms: tuple[_Form, ...]
    means: Text
    cite: Text
    entry: Text
    line: int

    @property
    def anchor(self) -> str:
        return "term-" + "-".join(re.findall(r"[a-z0-9]+", self.term.lower()))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of the definition; their lines are those of `cite` alone."""
        return parse_markup(self.cite).citations

    @cached_property
    def slips(self) -> tuple[Slip, ...]:
        return parse_markup(self.cite).slips


Glossary = tuple[Annotated[GlossaryTerm, LINED], ...]


@shape
class Mistyping:
    """What no text of ours is: patterns `of` it, what is told of it and what to write."""

    of: tuple[re.Pattern[str], ...]
    told: Text
    hint: Text

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(pattern.pattern for pattern in self.of))


@shape
class Slips:
    """What stands in no `plain` text, in none without links, in no author's or editor's name."""

    plain: tuple[Mistyping, ...] = ()
    unlinked: tuple[Mistyping, ...] = ()
    names: tuple[Mistyping, ...] = ()


@shape
class People:
    """How many an activity is for, and how many of them make a group."""

    fewest: _Count
    most: _Count
    group: _Count

    @model_validator(mode="after")
    def _fewest_is_less(self) -> "People":
        if self.fewest > self.most:
            raise ValueError("should have a `fewest` that is no more than `most`")
        return self


@shape
class Variations:
    """How an activity is run with six people, with sixty, and on a video call."""

    six: str
    sixty: str
    online: str


@shape
class Step:
    """What somebody does in an activity, and may say."""

    minutes: _Count
    who: str
    does: str
    says: str = ""


@shape
class Part:
    """A part of a plan: one that `run`s an activity, or one of its own; `what` names either.

    `free` time is for arriving, breaks and open talk.
    """

    minutes: _Count = 0
    what: str = ""
    does: str = ""
    says: str = ""
    run: str = ""
    free: StrictBool = False

    @model_validator(mode="after")
    def _runs_or_is_its_own(self) -> "Part":
        own = bool(self.minutes), bool(self.does), bool(self.what or self.run)
        if own != (not self.run, not self.run, True):
            raise ValueError("needs `run`, or else `minutes`, `what` and `does`")
        return self


@shape
class Activity:
    """What an activity needs, how it goes, and the sheet that is handed out."""

    people: People
    lead: str
    room: str
    materials: tuple[str, ...]
    copies: dict[Literal["person", "group"], StrictInt]
    steps: tuple[Step, ...]
    debrief: tuple[str, ...]
    handles: str
    variations: Variations
    sheet: tuple[Annotated[dict[_InSheet, object], MinLen(1)], ...]
    needs: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


@shape
class Plan:
    """Part after part of a session that begins at `start`, such as 09:30."""

    start: Annotated[str, StringConstraints(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    leaves_out: str
    steps: tuple[Part, ...]


@shape
class Statement:
    """What members say of their group, by `entry`; what to `read` and `run` where they differ.

    It is asked from the edition `since` to the edition `until`, or still.
    """

    text: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    entry: str
    read: Annotated[tuple[str, ...], Len(2, 2)]
    run: str
    why: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    since: StrictInt = 1
    until: StrictInt | None = None


@shape
class Statements:
    """Statements by number, under one heading."""

    name: Text
    statements: dict[str, Statement]


def minutes_of(part: Part, activities: Mapping[str, Activity]) -> int:
    """How long a part of a plan lasts."""
    return activities[part.run].minutes if part.run in activities else part.minutes


@shape
class News:
    """What was added or changed in substance on a day, in a sentence.

    `entries` names them by id; a page that is no entry by its path below docs/.
    """

    date: date
    entries: Annotated[tuple[Text, ...], MinLen(1)]
    says: Text
