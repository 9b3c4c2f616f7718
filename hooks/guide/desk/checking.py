"""The checks, told on the terminal, and the mends that have exactly one right answer."""

import sys
from pathlib import Path

from guide.problems import Problem, RefusedError
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


def mend(root: Path, problems: list[Problem]) -> bool:
    """Mend what can be mended and print it; whether any file changed."""
    changed = False
    for problem in problems:
        if problem.mend:
            file = root / problem.path
            raw = file.read_bytes()
            # Bytes that are not UTF-8 stay what they are.
            text = problem.mend(raw.decode("utf-8", "surrogateescape"))
            mended = text.encode("utf-8", "surrogateescape")
            if mended != raw:
                file.write_bytes(mended)
                print(f"{problem.path}:{problem.line}: mended: {problem.fact}")
                changed = True
    return changed


def check(root: Path, files: list[str], *, github: bool, fix: bool) -> int:
    """Prints every problem, or those of `files`; 1 where there is one.

    `fix` first mends what has one right answer and prints what it mended; `github` prints for a
    pull request.
    """
    only = project_paths(root, files)

    def problems() -> list[Problem]:
        return [p for p in find_problems(read_site(root)) if not only or p.path in only]

    found = problems()
    if fix and mend(root, found):
        found = problems()
    for problem in found:
        print(problem.as_annotation() if github else problem.as_text())
    if not github or found:
        print(f"{len(found)} problem{'' if len(found) == 1 else 's'}", file=sys.stderr)
    return 1 if found else 0
