"""A built site put up for a web server: `python hooks/deploy.py SITE TO`.

TO/current leads to the folder that is served, and from one complete site to the next in a
single step. Nothing changes where a link would be lost that the new site or the one in its
place has published. The site that was there before stays in TO/releases.
"""

import filecmp
import os
import shutil
import sys
from fcntl import LOCK_EX, flock
from pathlib import Path

from guide.reader import LEDGER
from ledger import leading_nowhere


def deploy(site: Path, to: Path) -> list[str]:
    """Returns the published lines that would be lost; where there is one, nothing is changed."""
    to = to.resolve()
    current, releases = to / "current", to / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    with (to / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        live = current.resolve() if current.exists() else None
        if lost := leading_nowhere(site, _published(site, live)):
            return lost
        release = releases / str(int(live.name) + 1 if live else 1)
        _remove_all_but(releases, live)
        _copy(site, release, live)
        _switch(current, release)
    return []


def _published(site: Path, live: Path | None) -> list[str]:
    folders = [site, live] if live else [site]
    ledgers = [(folder / LEDGER).read_text("utf-8").splitlines() for folder in folders]
    return sorted({line for ledger in ledgers for line in ledger})


def _remove_all_but(releases: Path, live: Path | None) -> None:
    for folder in releases.iterdir():
        if folder != live:
            shutil.rmtree(folder)


def _copy(site: Path, release: Path, live: Path | None) -> None:
    """A file that did not change is the live one itself, so that browsers need not fetch it."""

    def copy(source: str, target: str) -> None:
        same = live / Path(source).relative_to(site) if live else None
        if same and same.is_file() and filecmp.cmp(source, same, shallow=False):
            os.link(same, target)
        else:
            shutil.copyfile(source, target)

    shutil.copytree(site, release, copy_function=copy)


def _switch(link: Path, folder: Path) -> None:
    following = link.with_name(".next")
    following.unlink(missing_ok=True)
    following.symlink_to(folder.relative_to(link.parent))
    following.replace(link)


def main(site: Path, to: Path) -> int:
    if not (site / LEDGER).is_file():
        print(f"{site} holds no {LEDGER}: it is no complete site", file=sys.stderr)
        return 1
    lost = deploy(site, to)
    for line in lost:
        print(f"`{line}` was published and leads nowhere in {site}", file=sys.stderr)
    if lost:
        print("nothing was changed: list the old path under `former:`", file=sys.stderr)
        return 1
    print(f"{to / 'current'} is now {(to / 'current').readlink()}; have the server reload")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
