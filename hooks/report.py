"""What the checks of a pull request leave behind: `python hooks/report.py`.

Prints the problems as JSON. It runs on what anybody sends, so it has no rights.
"""

from pathlib import Path

from guide.reader import read_site
from guide.report import problems_json
from guide.rules import find_problems

if __name__ == "__main__":
    print(problems_json(find_problems(read_site(Path(__file__).resolve().parent.parent))), end="")
