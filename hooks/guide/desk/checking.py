"""The checks, told on the terminal."""

import sys
from pathlib import Path

from guide.problems import RefusedError
from guide.rules import find_problems
from guide.source.reader import read_site


def project_paths(root: Path, given: list[str]) -> set[str]:
    """The files as problems name them. Raises RefusedError for one that is not there."""
    paths = set()
    for name in given:
        path = Path(name).resolve()
        if not path.is_file() or not path.is_relative_to(root):
            hint = "name files from the top of the project, such as docs/index.md"
            raise RefusedError(f"there is no file `{name}` in the guide", hint)
        paths.add(path.relative_to(root).as_posix())
    return paths


def check(root: Path, files: list[str], *, github: bool) -> int:
    """Prints every problem, or those of `files`, or as for a pull request; 1 where there is one."""
    only = project_paths(root, files)
    found = [p for p in find_problems(read_site(root)) if not only or p.path in only]
    for problem in found:
        print(problem.as_annotation() if github else problem.as_text())
    if not github or found:
        print(f"{len(found)} problem{'' if len(found) == 1 else 's'}", file=sys.stderr)
    return 1 if found else 0
