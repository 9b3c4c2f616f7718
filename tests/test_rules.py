"""Every rule has a case in which it speaks, and falls silent when its body is emptied."""

from pathlib import Path

import pytest
from guides import Case, make_guide, read_case

from guide import rules
from guide.reader import read_site
from guide.rules import RULES, find_problems

CASES = {path.stem: read_case(path) for path in sorted((Path(__file__).parent / "cases").glob("*.txt"))}


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


@pytest.mark.parametrize("code", RULES)
def test_rule_is_documented(code: str) -> None:
    truth, *examples = (RULES[code].__doc__ or "").strip().split("\n")
    assert truth.endswith(".")
    assert [line.split(":")[0].strip() for line in examples if ":" in line][:1] == ["Bad"]
    assert any(line.strip().startswith("Good:") for line in examples)
