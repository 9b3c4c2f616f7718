"""data/activities.yml and data/plans.yml: what a trainer runs, step by step."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints, model_validator

from guide.source.documents import shape


@shape
class People:
    """How many an activity is for, and how many of them make a group."""

    fewest: int
    most: int
    group: int


@shape
class Variations:
    """How an activity is run with six people, with sixty, and on a video call."""

    six: str
    sixty: str
    online: str


@shape
class Step:
    """What somebody does in an activity, and may say."""

    minutes: int
    who: str
    does: str
    says: str = ""


@shape
class Part:
    """A part of a plan: one that `run`s an activity, or one of its own.

    `free` time is for arriving, breaks and open talk.
    """

    minutes: int = 0
    what: str = ""
    does: str = ""
    says: str = ""
    run: str = ""
    free: bool = False

    @model_validator(mode="after")
    def _runs_or_is_its_own(self) -> "Part":
        if bool(self.run) == bool(self.minutes and self.what and self.does):
            raise ValueError("a part has `run`, or `minutes`, `what` and `does`")
        return self


@shape
class Activity:
    """What an activity needs, how it goes, and the sheet that is handed out."""

    people: People
    lead: str
    room: str
    materials: tuple[str, ...]
    copies: dict[str, int]
    steps: tuple[Step, ...]
    debrief: tuple[str, ...]
    handles: str
    variations: Variations
    sheet: tuple[dict[str, object], ...]
    needs: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


@shape
class Plan:
    """Part after part of a session that begins at `start`, such as 09:30."""

    start: Annotated[str, StringConstraints(pattern="^[0-2][0-9]:[0-5][0-9]$")]
    leaves_out: str
    steps: tuple[Part, ...]


def minutes_of(part: Part, activities: Mapping[str, Activity]) -> int:
    """How long a part of a plan lasts."""
    return activities[part.run].minutes if part.run in activities else part.minutes
