"""What an editor does at the desk: check, begin an entry, add a work, keep the ledger."""

from collections.abc import Iterable
from pathlib import Path

from guide.problems import RefusedError
from guide.rules import FIRST, UNREAD, find_problems
from guide.source.model import Site
from guide.source.reader import read_site


def sound_site(root: Path, further: Iterable[str] = ()) -> Site:
    """The site, for a command that adds to it. Raises RefusedError where that cannot rest on it."""
    site = read_site(root)
    for problem in find_problems(site, {*FIRST, *UNREAD, *further}):
        raise RefusedError(f"{problem.path}:{problem.line}: {problem.fact}", problem.hint)
    return site
