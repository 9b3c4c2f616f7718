"""A site appears whole or not at all: built beside the one before it, it takes its place."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

#: Files that every built site holds and no other folder has together.
_SIGNS = ("index.html", "permalinks.txt", "entries.json")


def why_not(folder: Path) -> str:
    """Why a build must not replace `folder`; empty where it may."""
    if folder.is_symlink():
        return "is a symbolic link"
    if not folder.exists():
        return ""
    if not folder.is_dir():
        return "is no folder"
    is_built = all((folder / sign).is_file() for sign in _SIGNS)
    return "" if is_built or not any(folder.iterdir()) else "holds something else than a built site"


def begin(folder: Path) -> Path:
    """An empty folder beside `folder`, for the site that is to take its place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    beside.chmod(0o755)
    return beside


def put_in_place(built: Path, folder: Path) -> None:
    """Let `built` take the place of `folder`, whatever other builds do at the same time."""
    with _alone_in(folder.parent):
        old = begin(folder)
        if folder.exists():
            folder.rename(old / folder.name)
        built.rename(folder)
    shutil.rmtree(old)


def day_of(root: Path) -> date | None:
    """The day of what is built: SOURCE_DATE_EPOCH, or the last commit's; None without both."""
    given = os.environ.get("SOURCE_DATE_EPOCH") or _last_commit(root)
    return datetime.fromtimestamp(int(given), UTC).date() if given else None


def _last_commit(root: Path) -> str:
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    with suppress(OSError):
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return ""


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)
