"""Shows that every rule is tested: empties one after the other and counts the tests that fail.

`python bench/rules_matter.py [CODE ...]` from the project's folder takes some minutes for all.
Exits with 1 where a rule can be emptied and no test notices.
"""

import contextlib
import io
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from guide.rules import RULES  # noqa: E402


class Outcomes:
    """Counts the tests by their outcome."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.count[report.outcome] += 1


def failures_without(code: str) -> Counter[str]:
    """How many of the tests that name the rule pass and fail while it yields nothing."""
    rule, outcomes = RULES[code], Outcomes()
    RULES[code] = lambda site: ()
    # In this process, as others would not know of the empty rule.
    here = ["-q", "-n0", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            pytest.main([*here, "-k", code, str(ROOT / "tests/rules")], plugins=[outcomes])
    finally:
        RULES[code] = rule
    return outcomes.count


def main(codes: list[str]) -> int:
    unnoticed = []
    for code in codes or RULES:
        count = failures_without(code)
        print(f"{code} {RULES[code].__name__}: {count['failed']} of {count.total()} fail")
        if not count["failed"]:
            unnoticed.append(code)
    print(f"{len(codes or RULES)} rules; emptied unnoticed: {', '.join(unnoticed) or 'none'}")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
