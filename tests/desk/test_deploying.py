"""A built site is held to what was ever published."""

from pathlib import Path

import pytest

from guide.desk.ledger import leading_nowhere
from guides import ROOT, run_tool


def test_published_lines_are_looked_for_in_the_built_site(built: Path) -> None:
    lines = (ROOT / "permalinks.txt").read_text("utf-8").splitlines()
    assert (built / "permalinks.txt").read_text("utf-8").splitlines() == lines
    lost = ["/m99/", "/m05/#no-such", "/no-such/#id", "/glossary/#term-none"]
    assert leading_nowhere(built, [*lines, *lost]) == lost


@pytest.mark.parametrize(("line", "code"), [("/m05/", 0), ("/m99/", 1)])
def test_ledger_of_the_live_site_is_checked_by_command(
    built: Path, tmp_path: Path, line: str, code: int
) -> None:
    (tmp_path / "live.txt").write_text(f"/\n{line}\n", "utf-8")
    done = run_tool(ROOT, "published", str(built), str(tmp_path / "live.txt"))
    assert done.status == code
    told = f"{tmp_path / 'live.txt'}: `/m99/` was published and leads nowhere in {built}\n"
    assert done.out == told * code
