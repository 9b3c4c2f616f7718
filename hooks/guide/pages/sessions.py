"""What a trainer is given: a plan minute by minute, and what to bring and copy for it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from guide.source.model import Page, Site

#: For how many people copies are counted.
PEOPLE = 20


@dataclass(frozen=True)
class Part:
    """A part of a plan: when it begins (such as `09:30`), how long it lasts and what happens.

    `activity` is the entry that it runs; `steps` are those of its data, else the part itself.
    """

    start: str
    minutes: int
    name: str
    steps: list[dict]
    activity: Page | None = None


def minutes_of(activity: dict) -> int:
    return sum(step["minutes"] for step in activity["steps"])


def parts(site: Site, id: str) -> tuple[Part, ...]:
    """The parts of the plan `id`, each at its time."""
    return tuple(_parts(site, site.plans[id]))


def _parts(site: Site, plan: dict) -> Iterator[Part]:
    hour, minute = map(int, plan["start"].split(":"))
    now = hour * 60 + minute
    for step in plan["steps"]:
        run = step.get("run")
        lasts = minutes_of(site.activities[run]) if run else step["minutes"]
        entry = site.entry[run] if run else None
        steps = site.activities[run]["steps"] if run else [step]
        name = entry.title if entry else step["what"]
        yield Part(f"{now // 60:02}:{now % 60:02}", lasts, name, steps, entry)
        now += lasts


def to_bring(site: Site, id: str) -> dict[str, list[str]]:
    """What a plan needs, for `PEOPLE` people: sheets to copy, things to bring, rooms."""
    found: dict[str, list[str]] = {"Copy": [], "Bring": [], "Room": []}
    for part in parts(site, id):
        if part.activity:
            activity = site.activities[part.activity.id]
            copies = activity["copies"]
            groups = math.ceil(PEOPLE / activity["people"]["group"])
            number = copies.get("person", 0) * PEOPLE + copies.get("group", 0) * groups
            if number:
                found["Copy"].append(f"{number} × {part.activity.title}")
            found["Bring"] += activity["materials"]
            found["Room"].append(activity["room"].rstrip("."))
    return {name: list(dict.fromkeys(items)) for name, items in found.items()}
