"""The mistakes of tests/faults.yml, made in a copy of the guide and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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
    """

    did: str
    file: str
    how: str
    what: str | int | tuple[str, ...]
    told: tuple[Told, ...]


_HOW = ("change", "add", "write", "size", "move", "delete")


def read_faults() -> tuple[FaultExample, ...]:
    """The examples in the order of the file."""
    text = Path(__file__).with_name("faults.yml").read_text("utf-8")
    groups = yaml.load(text, Loader=yaml.CSafeLoader)
    return tuple(_example(raw) for rows in groups.values() for raw in rows)


def _example(raw: dict) -> FaultExample:
    how = next(name for name in _HOW if name in raw)
    what = tuple(raw[how]) if how == "change" else raw[how]
    given = raw["told"] if isinstance(raw["told"], list) else [raw["told"]]
    told = tuple(
        Told(each["code"], each.get("file", raw["in"]), each.get("at", ""))
        if isinstance(each, dict)
        else Told(each, raw["move"] if how == "move" else raw["in"], None)
        for each in given
    )
    return FaultExample(raw["did"], raw["in"], how, what, told)


@contextmanager
def made(example: FaultExample, root: Path) -> Iterator[int]:
    """The mistake in the guide at `root`; gives the line where it begins."""
    file = root / example.file
    before = file.read_bytes() if file.exists() else None
    moved = root / str(example.what) if example.how == "move" else file
    _make(example, file, moved)
    try:
        yield _first_difference(before or b"", file.read_bytes() if file.exists() else b"")
    finally:
        if moved != file or before is None:
            moved.unlink(missing_ok=True)
        if before is not None:
            file.write_bytes(before)


def _make(example: FaultExample, file: Path, moved: Path) -> None:
    moved.parent.mkdir(parents=True, exist_ok=True)
    if example.how == "move":
        file.rename(moved)
    elif example.how == "delete":
        file.unlink()
    elif example.how == "size":
        file.write_bytes(bytes(example.what))
    elif example.how == "write":
        file.write_text(example.what, "utf-8")
    elif example.how == "add":
        file.write_text(file.read_text("utf-8") + example.what, "utf-8")
    else:
        text = file.read_text("utf-8")
        for old, new in batched(example.what):
            assert text.count(old) == 1, f"{example.file} has {text.count(old)} times: {old}"
            text = text.replace(old, new)
        file.write_text(text, "utf-8")


def batched(texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return zip(texts[::2], texts[1::2], strict=True)


def _first_difference(before: bytes, after: bytes) -> int:
    lines = zip(before.split(b"\n"), after.split(b"\n"), strict=False)
    return next((n for n, (a, b) in enumerate(lines, 1) if a != b), 1)
