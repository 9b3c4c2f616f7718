"""data/faults.yml: mistakes that people make, each with the problems that the checks report."""

from dataclasses import dataclass

import yaml


@dataclass(frozen=True)
class Told:
    """A problem that is reported: its code, and where if not at the mistake itself.

    `at` is a text that stands on the line; an empty one means the first line.
    """

    code: str
    file: str
    at: str | None


@dataclass(frozen=True)
class FaultExample:
    """A mistake: what somebody `did` in words, and the same as a change of one `file`.

    `how` is one of change (pairs of an old and a new text), add (a text at the end), write (a
    whole file), size (a file of as many bytes), move (to another path) and delete.
    `elsewhere` is what other checkers said of it, by their name.
    """

    group: str
    did: str
    file: str
    how: str
    what: str | int | tuple[str, ...]
    told: tuple[Told, ...]
    elsewhere: dict[str, str]


_HOW = ("change", "add", "write", "size", "move", "delete")


def parse_faults(text: str, elsewhere: str) -> tuple[FaultExample, ...]:
    """The examples, in the order of the file, with their outcomes `elsewhere`."""
    groups = yaml.load(text, Loader=yaml.CSafeLoader)
    outcomes = yaml.load(elsewhere, Loader=yaml.CSafeLoader)
    return tuple(
        _example(group, raw, outcomes.get(raw["did"], {}))
        for group, rows in groups.items()
        for raw in rows
    )


def _example(group: str, raw: dict, elsewhere: dict[str, str]) -> FaultExample:
    how = next(name for name in _HOW if name in raw)
    what = tuple(raw[how]) if how == "change" else raw[how]
    given = raw["told"] if isinstance(raw["told"], list) else [raw["told"]]
    told = tuple(
        Told(each["code"], each.get("file", raw["in"]), each.get("at", ""))
        if isinstance(each, dict)
        else Told(each, raw["move"] if how == "move" else raw["in"], None)
        for each in given
    )
    return FaultExample(group, raw["did"], raw["in"], how, what, told, elsewhere)
