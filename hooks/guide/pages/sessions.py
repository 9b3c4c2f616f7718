"""What a trainer is given: a plan minute by minute, and what to bring and copy for it."""

import math
from dataclasses import asdict, dataclass

from guide.source.data_files import Part, Step, minutes_of
from guide.source.model import Page, Site

#: For how many people copies are counted.
PEOPLE = 20


@dataclass(frozen=True)
class RunPart:
    """A part of a plan: when it begins and ends (such as `09:30`), how long it lasts, what happens.

    `activity` is the entry that it runs; `steps` are those of its data, else the part itself.
    """

    start: str
    minutes: int
    name: str
    steps: tuple[Step | Part, ...]
    end: str
    activity: Page | None = None


def parts(site: Site, id: str) -> list[RunPart]:
    """The parts of the plan `id`, each at its time."""
    plan, run = site.plans[id], []
    hour, minute = map(int, plan.start.split(":"))
    now = hour * 60 + minute
    for part in plan.steps:
        entry = site.entry[part.run] if part.run else None
        steps = site.activities[part.run].steps if part.run else (part,)
        lasts, name = minutes_of(part, site.activities), part.what or entry.title
        run.append(RunPart(_clock(now), lasts, name, steps, _clock(now + lasts), entry))
        now += lasts
    return run


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def to_bring(site: Site, id: str) -> dict[str, list[str]]:
    """What a plan needs, for `PEOPLE` people: sheets to copy, things to bring, rooms."""
    found: dict[str, list[str]] = {"Copy": [], "Bring": [], "Room": []}
    for part in parts(site, id):
        if part.activity:
            activity = site.activities[part.activity.id]
            groups = math.ceil(PEOPLE / activity.people.group)
            copies = activity.copies
            number = copies.get("person", 0) * PEOPLE + copies.get("group", 0) * groups
            if number:
                found["Copy"].append(f"{number} × {part.name}")
            found["Bring"] += activity.materials
            found["Room"] += activity.room.rstrip(".").split("; ")
    return {name: list(dict.fromkeys(items)) for name, items in found.items()}


#: What the planner reckons with and prints of an activity.
_PLANNED = ("minutes", "people", "room", "lead", "materials", "copies", "needs", "steps")


def planner(site: Site) -> dict[str, object]:
    """What the planner knows, as JSON can hold it: activities and plans by id, entries `gone`."""
    activities = {
        id: {name: data[name] for name in _PLANNED}
        for id, activity in site.activities.items()
        for data in [asdict(activity) | {"minutes": activity.minutes}]
    }
    plans = {id: asdict(plan) for id, plan in site.plans.items()}
    gone = {
        page.id: {"title": page.title, "replaced": page.front.words("replaced")}
        for page in site.entries
        if page.is_withdrawn
    }
    return {"activities": activities, "plans": plans, "gone": gone}
