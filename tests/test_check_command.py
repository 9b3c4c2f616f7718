"""`make check`: of some files only, with mending, and before a commit."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from guides import ROOT, copy_with_tools, files_below, run_tool, with_tools

INDEX = "docs/lessons/index.md"
TRUST = "docs/lessons/l01-trust.md"


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    return copy_with_tools(tmp_path)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8", newline="")


def test_files_given_are_the_only_ones_told_of(guide: Path) -> None:
    change(guide / TRUST, "[@smith2001, no. 1]", "[@smyth2001, no. 1]")
    change(guide / INDEX, "summary:", "sumary:")
    whole = run_tool(guide, "check")
    assert (whole.status, whole.err) == (1, "3 problems\n")
    some = run_tool(guide, "check", TRUST, "bibliography.bib")
    assert (some.status, some.err) == (1, "1 problem\n")
    assert some.out.startswith(f"{TRUST}:11: KB201 unknown citation key `smyth2001`")
    assert run_tool(guide, "check", "bibliography.bib").status == 0


def test_unknown_file_is_told(guide: Path) -> None:
    done = run_tool(guide, "check", "docs/lessons/l01-truth.md")
    assert (done.status, done.out) == (2, "")
    assert "there is no file `docs/lessons/l01-truth.md` in the guide" in done.err
    assert "Traceback" not in done.err
    assert run_tool(guide, "check", sys.executable).status == 2


BIBLIOGRAPHY = """% Notes above all works.

@book{smith2001,
  editor = {Smith, Sam},
  title  = {The paper},
}
% belongs to Jones
@book{jones1990,
  author = {Jones, Jo},
  title = {An earlier book},
  citedin = {smith2001},
}


@book{adams1980, author = {Adams, A.}, title = {First}, citedin = {smith2001}}"""

SORTED = """% Notes above all works.

@book{adams1980, author = {Adams, A.}, title = {First}, citedin = {smith2001}}
% belongs to Jones
@book{jones1990,
  author = {Jones, Jo},
  title = {An earlier book},
  citedin = {smith2001},
}


@book{smith2001,
  editor = {Smith, Sam},
  title  = {The paper},
}
"""


def test_fix_mends_what_has_one_right_answer_and_then_rests(guide: Path) -> None:
    (guide / "bibliography.bib").write_bytes(
        b"\xef\xbb\xbf" + BIBLIOGRAPHY.replace("\n", "\r\n").encode("utf-8")
    )
    page = (guide / INDEX).read_bytes()
    (guide / INDEX).write_bytes(page.rstrip(b"\n"))
    change(guide / TRUST, "[@smith2001, no. 1]", "[@smyth2001, no. 1]")
    before = files_below(guide)
    plain = run_tool(guide, "check")
    assert files_below(guide) == before, "without --fix nothing is written"
    assert plain.err == "7 problems\n"

    mended = run_tool(guide, "check", "--fix")
    assert mended.status == 1
    assert re.findall(r"^(\S+: mended: .*)$", mended.out, re.M) == [
        "bibliography.bib:1: mended: the file begins with an invisible mark",
        "bibliography.bib:1: mended: the lines do not end as on Unix (LF)",
        "bibliography.bib:8: mended: `jones1990` stands after `smith2001`",
        "bibliography.bib:15: mended: the last line has no line end",
        f"{INDEX}:{page.count(10)}: mended: the last line has no line end",
    ]
    assert (guide / "bibliography.bib").read_text("utf-8") == SORTED
    assert (guide / INDEX).read_bytes() == page
    assert f"{TRUST}:11: KB201" in mended.out
    after = files_below(guide)
    again = run_tool(guide, "check", "--fix")
    assert "mended" not in again.out
    assert files_below(guide) == after


def test_fix_of_some_files_leaves_the_others(guide: Path) -> None:
    for path in (INDEX, TRUST):
        (guide / path).write_bytes((guide / path).read_bytes().rstrip(b"\n"))
    before = files_below(guide)
    assert run_tool(guide, "check", "--fix", TRUST).status == 0
    changed = {path for path, raw in files_below(guide).items() if raw != before[path]}
    assert changed == {TRUST}


def test_bibliography_with_a_work_without_key_is_left_alone(guide: Path) -> None:
    (guide / "bibliography.bib").write_text(SORTED + "\n@book{,\n  title = {No key},\n}\n")
    before = files_below(guide)
    run_tool(guide, "check", "--fix")
    assert files_below(guide) == before


def test_file_in_another_encoding_is_left_as_it_is(guide: Path) -> None:
    raw = (guide / INDEX).read_bytes() + b"Caf\xe9"
    (guide / INDEX).write_bytes(raw)
    done = run_tool(guide, "check", "--fix")
    assert (guide / INDEX).read_bytes() == raw
    assert "KB100 the file is not UTF-8" in done.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nonsense",), "guide: argument COMMAND: invalid choice: 'nonsense'"),
        (("check", "--mend"), "guide: unrecognized arguments: --mend\n"),
        (("kept", "nowhere"), "git has no permalinks.txt at `nowhere`\n"),
    ],
)
def test_wrong_argument_is_told_and_ends_with_2(
    guide: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = run_tool(guide, *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(told)
    assert "Traceback" not in done.err


def test_reader_who_has_seen_enough_ends_it_quietly(guide: Path) -> None:
    change(guide / TRUST, "[@smith2001, no. 1]", "[@smyth2001, no. 1] " * 3000)
    command = f"{sys.executable} -m guide check | head -n 1"
    done = subprocess.run(
        command, shell=True, cwd=guide, env=with_tools(guide), capture_output=True, text=True
    )
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_hook_before_a_commit_checks_the_files_that_it_is_given(guide: Path) -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    ((repository,), (hook,)) = config["repos"], config["repos"][0]["hooks"]
    assert repository["repo"] == "local"
    assert hook["language"] == "system"
    watched = re.compile(hook["files"])
    assert all(watched.search(path) for path in (TRUST, "bibliography.bib", "data/glossary.yml"))
    assert not watched.search("README.md")
    _env, tools, python, *command = hook["entry"].split()
    assert tools == "PYTHONPATH=hooks"
    assert (ROOT / python).exists()
    change(guide / TRUST, "[@smith2001, no. 1]", "[@smyth2001, no. 1]")
    for path, status in ((TRUST, 1), (INDEX, 0)):
        done = subprocess.run(
            [sys.executable, *command, path],
            cwd=guide,
            env=with_tools(guide),
            capture_output=True,
            check=False,
        )
        assert done.returncode == status
