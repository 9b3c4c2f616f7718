"""The guide's checks without MkDocs: `python hooks/check.py [--github]`.

Prints every problem and exits with 1 where there is one.
"""

import sys
from pathlib import Path

from guide.reader import read_site
from guide.rules import find_problems


def main(arguments: list[str]) -> int:
    on_github = "--github" in arguments
    problems = find_problems(read_site(Path(__file__).resolve().parent.parent))
    for problem in problems:
        print(problem.as_annotation() if on_github else problem.as_text())
    if not on_github or problems:
        print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
