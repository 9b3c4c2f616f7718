"""The mistakes of data/faults.yml, made in a copy of the guide and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guide.faults import FaultExample


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
