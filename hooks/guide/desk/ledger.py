"""The ledger of published paths: written, and held to what was published before."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from guide.desk import sound_site
from guide.links.permalinks import with_new
from guide.problems import Problem
from guide.rules import UNFINISHED
from guide.source.model import Site
from guide.source.reader import LEDGER, ask_git

_ID = re.compile(r'<[^<>]*?\sid="([^"]+)"')


def add(root: Path) -> None:
    """Write what is new to the ledger."""
    site = sound_site(root, UNFINISHED)
    lines = with_new(site)
    (root / LEDGER).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{len(lines) - len(site.ledger)} new lines in {LEDGER}, {len(lines)} in all")


def taken_out(root: Path, site: Site) -> Iterator[Problem]:
    """Lines that stood in the ledger where this branch left the main one, or in the last commit.

    What the main branch has added since is not missed here.
    """
    left = ask_git(root, "merge-base", "HEAD", "origin/main") or "HEAD"
    ledger = ask_git(root, "show", f"{left}:{LEDGER}").splitlines()
    for line in sorted({*ledger} - {*site.ledger}):
        fact = f"`{line}` was published and stands here no more: a line is never taken out"
        yield Problem(LEDGER, 1, fact, "put it back, then run `make permalinks`", "KB601")


def kept_in(folder: Path, ledger: Path) -> int:
    """1 where a line of the file `ledger` leads nowhere in the built site."""
    lost = leading_nowhere(folder, ledger.read_text("utf-8").splitlines())
    for line in lost:
        print(f"{ledger}: `{line}` was published and leads nowhere in {folder}")
    return 1 if lost else 0


def leading_nowhere(folder: Path, lines: Iterable[str]) -> list[str]:
    """The lines of a ledger for which the built site has no page, or its page no such id."""

    @cache
    def ids(path: str) -> set[str]:
        """Of a page, with an empty one for the page itself."""
        file = folder / path.strip("/") / "index.html"
        return {"", *_ID.findall(file.read_text("utf-8"))} if file.is_file() else set()

    parts = (line.partition("#") for line in lines)
    return [f"{path}{mark}{id}" for path, mark, id in parts if id not in ids(path)]
