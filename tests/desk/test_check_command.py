"""`make check`: of some files only, and before a commit."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from guides import ROOT, change, run_tool, with_tools

INDEX = "docs/lessons/index.md"
TRUST = "docs/lessons/l01-trust.md"


def test_files_given_are_the_only_ones_told_of(guide: Path) -> None:
    change(guide / TRUST, "[@smith2001, no. 1]", "[@smyth2001, no. 1]")
    change(guide / INDEX, "summary:", "sumary:")
    whole = run_tool(guide, "check")
    assert (whole.status, whole.err.split("\n")[0]) == (1, "3 problems")
    some = run_tool(guide, "check", TRUST, "bibliography.bib")
    assert (some.status, some.err.split("\n")[0]) == (1, "1 problem")
    assert some.out.startswith(f"{TRUST}:11: KB201 unknown citation key `smyth2001`")
    assert run_tool(guide, "check", "bibliography.bib").status == 0


def test_new_address_is_named_before_it_is_noted(guide: Path) -> None:
    run_tool(guide, "permalinks")
    assert run_tool(guide, "check").err == "0 problems\n"
    ledger = guide / "permalinks.txt"
    known = [line for line in ledger.read_text("utf-8").splitlines() if "l02" not in line]
    ledger.write_text("".join(f"{line}\n" for line in known), "utf-8")
    told = "0 problems\naddresses still to be noted with `make permalinks`: 4\n"
    assert run_tool(guide, "check") == (0, "", told)


def test_address_of_an_unfinished_page_is_not_noted(guide: Path) -> None:
    change(guide / TRUST, "[@smith2001, no. 1]", "TODO: say where")
    done = run_tool(guide, "permalinks")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"{TRUST}:11: still to write: say where")


@pytest.mark.parametrize("path", ["data/schema.yml", "mkdocs.yml", "permalinks.txt"])
@pytest.mark.parametrize("command", ["permalinks", "reference", "new"])
def test_nothing_is_added_to_what_cannot_be_read(guide: Path, path: str, command: str) -> None:
    """Of a guide that is not read the ledger would be empty."""
    (guide / path).write_bytes(b"\xff")
    ledger = (guide / "permalinks.txt").read_bytes()
    asked = {"new": ("--collection", "lessons", "--title", "Another")}
    done = run_tool(guide, command, *asked.get(command, ()), stdin=b"@misc{a, title={A}}")
    assert done.status == 2
    assert done.err.startswith(f"{path}:1: the file is not UTF-8\n")
    assert done.err.endswith("Nothing was written.\n")
    assert (guide / "permalinks.txt").read_bytes() == ledger
    assert run_tool(guide, "check").err == "1 problem\n"


def test_unfinished_merge_is_not_sorted_into_the_ledger(guide: Path) -> None:
    merged = "<<<<<<< HEAD\n/lessons/\n=======\n/l01/\n>>>>>>> main\n"
    (guide / "permalinks.txt").write_text(merged, "utf-8")
    done = run_tool(guide, "permalinks")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("permalinks.txt:1: `<<<<<<< HEAD` is no line of the ledger\n")
    assert (guide / "permalinks.txt").read_text("utf-8") == merged


def test_folder_stands_for_the_files_in_it(guide: Path) -> None:
    change(guide / TRUST, "[@smith2001, no. 1]", "[@smyth2001, no. 1]")
    assert run_tool(guide, "check", "docs/lessons").out.startswith(f"{TRUST}:11: KB201 ")
    assert run_tool(guide, "check", "data").status == 0


def test_unknown_file_is_told(guide: Path) -> None:
    done = run_tool(guide, "check", "docs/lessons/l01-truth.md")
    assert (done.status, done.out) == (2, "")
    assert "'docs/lessons/l01-truth.md' does not exist" in done.err
    assert "Traceback" not in done.err
    assert run_tool(guide, "check", sys.executable).status == 2


def test_file_as_windows_saves_it_is_read_as_any_other(guide: Path) -> None:
    for path in (INDEX, TRUST, "bibliography.bib", "data/glossary.yml", "permalinks.txt"):
        text = (guide / path).read_text("utf-8").rstrip("\n")
        (guide / path).write_text(text, "utf-8-sig", newline="\r\n")
    status, out, err = run_tool(guide, "check")
    assert (status, out, err.split("\n")[0]) == (0, "", "0 problems")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nonsense",), "guide: No such command 'nonsense'.\n"),
        (("check", "--mend"), "guide: No such option '--mend'"),
        (("published", "site"), "guide: Invalid value for 'SITE'"),
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
