"""KB83x: what a trainer runs."""

from collections.abc import Iterator

from guide.nearest import did_you_mean
from guide.problems import Finding
from guide.rules import rule
from guide.source.model import Site
from guide.source.reader import ACTIVITIES, PLANS

#: The part of a plan's time that nothing must fill.
_FREE = 1 / 4


@rule("KB830", fatal=True)
def session_names_what_there_is(site: Site) -> Iterator[Finding]:
    """Activities and plans stand under ids of entries, and a plan runs activities that are there.

    Bad:  {run: w99}
    Good: {run: w05}
    """
    named = [(ACTIVITIES, (id,), id, site.entry) for id in site.activities]
    named += [(PLANS, (id,), id, site.entry) for id in site.plans]
    for id, plan in site.plans.items():
        runs = ((n, step["run"]) for n, step in enumerate(plan["steps"]) if "run" in step)
        named += [(PLANS, (id, "steps", n, "run"), run, site.activities) for n, run in runs]
    for file, path, id, known in named:
        if id not in known:
            line = site.documents[file].line(*path)
            yield Finding(file, line, f"there is no `{id}`", did_you_mean(id, known))


@rule("KB831")
def plan_leaves_a_quarter_free(site: Site) -> Iterator[Finding]:
    """At least a quarter of a plan's time is marked `free`: arriving, breaks, open talk.

    Bad:  three hours with one break of ten minutes
    Good: arriving, a break and an open talk of an hour together
    """
    for id, plan in site.plans.items():
        lasts = [(_minutes(site, step), bool(step.get("free"))) for step in plan["steps"]]
        whole, free = sum(n for n, _ in lasts), sum(n for n, is_free in lasts if is_free)
        if free < _FREE * whole:
            fact = f"{free} of {whole} minutes of `{id}` are free"
            hint = f"at least {int(_FREE * whole + 0.9)}: lengthen a break or leave something out"
            yield Finding(PLANS, site.documents[PLANS].line(id), fact, hint)


def _minutes(site: Site, step: dict) -> int:
    if "run" in step:
        return sum(s["minutes"] for s in site.activities.get(step["run"], {"steps": ()})["steps"])
    return step["minutes"]
