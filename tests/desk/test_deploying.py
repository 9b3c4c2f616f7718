"""A built site is held to what was ever published."""

from pathlib import Path

from guides import ROOT, run_tool

LOST = ["/m99/", "/m05/#no-such", "/no-such/#id", "/glossary/#term-none"]


def test_published_lines_are_looked_for_in_the_built_site(built: Path, tmp_path: Path) -> None:
    lines = (ROOT / "permalinks.txt").read_text("utf-8")
    assert (built / "permalinks.txt").read_text("utf-8") == lines
    live, few = tmp_path / "live.txt", tmp_path / "few.txt"
    live.write_text(lines + "\n".join(LOST), "utf-8")
    few.write_text("/\n/m05/\n", "utf-8")
    told = [f"{live}: `{line}` was published and leads nowhere in {built}\n" for line in LOST]
    assert run_tool(ROOT, "published", str(built), str(live)) == (1, "".join(told), "")
    assert run_tool(ROOT, "published", str(built), str(few)) == (0, "", "")
