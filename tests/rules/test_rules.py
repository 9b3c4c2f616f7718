"""Every rule has a case in which it speaks, and falls silent when its body is emptied."""

import re
from pathlib import Path

import pytest

from guide import rules
from guide.problems import Problem
from guide.rules import RULES, find_problems, truths
from guide.source.reader import read_site
from guides import CASES, ROOT, Case, make_guide


def printed(case: Case, folder: Path) -> str:
    return "".join(p.as_text() + "\n" for p in find_problems(read_site(make_guide(case, folder))))


@pytest.mark.parametrize("name", CASES)
def test_case_prints_exactly_its_problems(name: str, tmp_path: Path) -> None:
    assert printed(CASES[name], tmp_path) == CASES[name].problems


@pytest.mark.parametrize("code", RULES)
def test_rule_has_a_case_that_fails_without_it(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES[code]
    assert f" {code} " in case.problems
    assert "Near miss:" in case.story
    monkeypatch.setitem(rules.RULES, code, lambda site: ())
    assert printed(case, tmp_path) != case.problems


def test_small_guide_has_no_problem(tmp_path: Path) -> None:
    assert printed(Case("", (), ""), tmp_path) == ""


def test_annotation_keeps_text_place_and_hint_in_one_line() -> None:
    problem = Problem("docs/a.md", 7, "100 % wrong", "mend it", code="KB201")
    shown = "::error file=docs/a.md,line=7::KB201 100 %25 wrong%0A    hint: mend it"
    assert problem.as_annotation() == shown


def test_every_rule_says_its_truth_in_a_line() -> None:
    assert list(truths()) == sorted(RULES)
    assert all(truth.endswith(".") and "\n" not in truth for truth in truths().values())


def test_patterns_match_alike_in_every_python() -> None:
    """Before 3.11.5 a group that gives nothing back matched otherwise (CPython's gh-106052)."""
    for path in (ROOT / "hooks").rglob("*.py"):
        assert not re.search(r"\)[*+?]\+|\(\?>", path.read_text("utf-8")), path
