"""A finished site takes the place of the one before it: whole, dated truly, or not at all."""

import fcntl
import os
import shutil
import sys
from pathlib import Path

from guide.problems import RefusedError
from guide.source.reader import ask_git

#: What every site built here holds. Nothing without it is replaced.
MARK = ".serving"


class Publication:
    """One build's way to `site`, written in the folder `fresh` beside it.

    Of builds in one folder each waits for the one before; the lock goes with its process.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self.fresh, self._old = (site.parent / f".{site.name}.{part}" for part in ("new", "old"))
        site.parent.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(site.parent, os.O_RDONLY)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"another build beside {site} is at work: waiting for it", file=sys.stderr)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
        for folder in (site, self.fresh, self._old):
            if os.path.lexists(folder) and not _is_ours(folder):
                fact = f"`{folder}` is not a site that was built here, so it stays as it is"
                raise RefusedError(fact, "move it away, or name another folder as `site_dir`")
        shutil.rmtree(self.fresh, ignore_errors=True)
        shutil.rmtree(self._old, ignore_errors=True)
        (self.fresh / MARK).mkdir(parents=True)

    def end(self, *, whole: bool) -> None:
        """Put a whole site in its place; leave nothing of any other."""
        if whole:
            if self.site.exists():
                self.site.rename(self._old)
            self.fresh.rename(self.site)
        for folder in (self.fresh, self._old):
            shutil.rmtree(folder, ignore_errors=True)
        os.close(self._lock)


def _is_ours(folder: Path) -> bool:
    real = folder.is_dir() and not folder.is_symlink()
    return real and ((folder / MARK).is_dir() or not any(folder.iterdir()))


def date_build(root: Path) -> bool:
    """Give the build the time of the guide's last commit, unless one is given; or tell of none."""
    given = os.environ.pop("SOURCE_DATE_EPOCH", "")
    # To a shallow clone all files are as new as its first commit.
    known = given or ask_git(root, "rev-parse", "--is-shallow-repository") == "false"
    if known and (time := given or ask_git(root, "log", "-1", "--format=%ct", "--", ".")):
        os.environ["SOURCE_DATE_EPOCH"] = time
        return True
    print("no dates: git does not know when the guide was last changed", file=sys.stderr)
    return False
