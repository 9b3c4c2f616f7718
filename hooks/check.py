"""The guide's checks without MkDocs: `python hooks/check.py [--github] [--fix [--keys]] [FILE …]`.

Prints every problem, or those of the files given, and exits with 1 where there is one.
`--fix` first mends what has exactly one right answer and prints what it mended.
"""

import argparse
import gc
import sys
from pathlib import Path

from guide.problems import Problem, RefusedError
from guide.source.reader import read_site
from guide.rules import GUESSED, find_problems

ROOT = Path(__file__).resolve().parent.parent


def project_paths(given: list[str]) -> set[str]:
    """The files as problems name them. Raises RefusedError for one that is not there."""
    paths = set()
    for name in given:
        path = Path(name).resolve()
        if not path.is_file() or not path.is_relative_to(ROOT):
            hint = "name files from the top of the project, such as docs/index.md"
            raise RefusedError(f"there is no file `{name}` in the guide", hint)
        paths.add(path.relative_to(ROOT).as_posix())
    return paths


def mend(problems: list[Problem], *, with_guesses: bool) -> bool:
    """Mend what can be mended and print it; whether any file changed."""
    changed = False
    for problem in problems:
        if problem.mend and (with_guesses or problem.code not in GUESSED):
            file = ROOT / problem.path
            raw = file.read_bytes()
            # Bytes that are not UTF-8 stay what they are.
            text = problem.mend(raw.decode("utf-8", "surrogateescape"))
            mended = text.encode("utf-8", "surrogateescape")
            if mended != raw:
                file.write_bytes(mended)
                print(f"{problem.path}:{problem.line}: mended: {problem.fact}")
                changed = True
    return changed


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--github", action="store_true", help="print for a pull request")
    parser.add_argument("--fix", action="store_true", help="mend what has one right answer")
    parser.add_argument("--keys", action="store_true", help="mend misspelt citation keys too")
    parser.add_argument("files", nargs="*", metavar="FILE", help="tell of these files only")
    given = parser.parse_args(arguments)
    try:
        only = project_paths(given.files)
    except RefusedError as refused:
        print(refused, file=sys.stderr)
        return 2

    def problems() -> list[Problem]:
        return [p for p in find_problems(read_site(ROOT)) if not only or p.path in only]

    found = problems()
    if given.fix and mend(found, with_guesses=given.keys):
        found = problems()
    for problem in found:
        print(problem.as_annotation() if given.github else problem.as_text())
    if not given.github or found:
        print(f"{len(found)} problem{'' if len(found) == 1 else 's'}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    gc.disable()  # The process ends soon: looking for what it could forget costs a quarter of it.
    sys.exit(main(sys.argv[1:]))
