"""The ledger of published paths: written, and held to what was published before."""

import subprocess
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from guide.links.permalinks import with_new
from guide.problems import RefusedError
from guide.source.reader import LEDGER, read_site


def add(root: Path) -> None:
    """Write what is new to the ledger."""
    site = read_site(root)
    lines = with_new(site)
    (root / LEDGER).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{len(lines) - len(site.ledger)} new lines in {LEDGER}, {len(lines)} in all")


def kept_since(root: Path, revision: str) -> int:
    """1 where a line that stood in the ledger at `revision` is gone."""
    command = ["git", "show", f"{revision}:{LEDGER}"]
    shown = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if shown.returncode:
        raise RefusedError(f"git has no {LEDGER} at `{revision}`", "name a commit or a branch")
    gone = sorted(set(shown.stdout.splitlines()) - set(read_site(root).ledger))
    for line in gone:
        print(f"{LEDGER}:1: `{line}` stood in the ledger at {revision}: a line is never taken out")
    return 1 if gone else 0


def kept_in(folder: Path, ledger: Path) -> int:
    """1 where a line of the file `ledger` leads nowhere in the built site."""
    lost = leading_nowhere(folder, ledger.read_text("utf-8").splitlines())
    for line in lost:
        print(f"{ledger}: `{line}` was published and leads nowhere in {folder}")
    return 1 if lost else 0


def leading_nowhere(folder: Path, lines: Iterable[str]) -> list[str]:
    """The lines of a ledger for which the built site has no page, or its page no such id."""

    @cache
    def ids(path: str) -> set[str] | None:
        file = folder / path.strip("/") / "index.html"
        return _Ids(file.read_text("utf-8")).found if file.is_file() else None

    def leads_on(line: str) -> bool:
        path, _, id = line.partition("#")
        found = ids(path)
        return found is not None and (not id or id in found)

    return [line for line in lines if not leads_on(line)]


class _Ids(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update(value for name, value in attrs if name == "id" and value)
