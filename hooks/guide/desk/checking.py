"""The checks, told on the terminal."""

import sys
from collections.abc import Iterable
from pathlib import Path

from guide.desk.ledger import taken_out
from guide.links.permalinks import with_new
from guide.problems import RefusedError
from guide.rules import FIRST, UNREAD, find_problems
from guide.source.reader import read_site


def check(root: Path, files: Iterable[Path], *, github: bool) -> int:
    """Prints every problem, or those of `files`, or as for a pull request; 1 where there is one."""
    only = {file.resolve() for file in files}
    for file in (file for file in only if not file.is_relative_to(root)):
        raise RefusedError(f"`{file}` is no file of the guide", "name one, such as docs/index.md")
    site = read_site(root)
    problems = find_problems(site)
    is_read = (FIRST | UNREAD).isdisjoint(problem.code for problem in problems)
    problems += taken_out(root, site) if is_read else ()
    found = [p for p in problems if not only or only & {root / p.path, *(root / p.path).parents}]
    for problem in found:
        print(problem.as_annotation() if github else problem.as_text())
    if not github or found:
        print(f"{len(found)} problem{'' if len(found) == 1 else 's'}", file=sys.stderr)
    if is_read and (new := len({*with_new(site)} - {*site.ledger})):
        print(f"addresses still to be noted with `make permalinks`: {new}", file=sys.stderr)
    return 1 if found else 0
