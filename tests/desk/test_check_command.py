"""`make check`: of some files only, and before a commit."""

import re
import sys
from pathlib import Path

import pytest
import yaml

from guides import ROOT, change, refused, run, run_tool

INDEX = "docs/lessons/index.md"
TRUST = "docs/lessons/l01-trust.md"


def misspell(guide: Path, times: int = 1) -> None:
    change(guide / TRUST, "[@smith2001, no. 1]", "[@smyth2001, no. 1] " * times)


def test_files_given_and_those_of_a_folder_are_the_only_ones_told_of(guide: Path) -> None:
    misspell(guide)
    change(guide / INDEX, "summary:", "sumary:")
    for given, status, told in (
        ((), 1, "3 problems"),
        (("docs/lessons",), 1, "3 problems"),
        ((TRUST, "bibliography.bib"), 1, "1 problem"),
        (("bibliography.bib",), 0, "0 problems"),
        (("data",), 0, "0 problems"),
    ):
        done = run_tool(guide, "check", *given)
        assert (done.status, done.err.split("\n")[0]) == (status, told), given
        if TRUST in given:
            assert done.out.startswith(f"{TRUST}:11: KB201 unknown citation key `smyth2001`")


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
    assert refused(guide, "permalinks").startswith(f"{TRUST}:11: still to write: say where")


@pytest.mark.parametrize("path", ["data/schema.yml", "mkdocs.yml", "permalinks.txt"])
@pytest.mark.parametrize("command", ["permalinks", "reference", "new"])
def test_nothing_is_added_to_what_cannot_be_read(guide: Path, path: str, command: str) -> None:
    """Of a guide that is not read the ledger would be empty."""
    (guide / path).write_bytes(b"\xff")
    asked = {"new": ("--collection", "lessons", "--title", "Another")}
    told = refused(guide, command, *asked.get(command, ()), stdin=b"@misc{a, title={A}}")
    assert told.startswith(f"{path}:1: the file is not UTF-8\n")
    assert told.endswith("Nothing was written.\n")
    assert run_tool(guide, "check").err == "1 problem\n"


def test_unfinished_merge_is_not_sorted_into_the_ledger(guide: Path) -> None:
    merged = "<<<<<<< HEAD\n/lessons/\n=======\n/l01/\n>>>>>>> main\n"
    (guide / "permalinks.txt").write_text(merged, "utf-8")
    told = "permalinks.txt:1: `<<<<<<< HEAD` is no line of the ledger\n"
    assert refused(guide, "permalinks").startswith(told)


def test_file_as_windows_saves_it_is_read_as_any_other(guide: Path) -> None:
    for path in (INDEX, TRUST, "bibliography.bib", "data/glossary.yml", "permalinks.txt"):
        text = (guide / path).read_text("utf-8").rstrip("\n")
        (guide / path).write_text(text, "utf-8-sig", newline="\r\n")
    status, out, err = run_tool(guide, "check")
    assert (status, out, err.split("\n")[0]) == (0, "", "0 problems")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("nonsense", "guide: No such command 'nonsense'.\n"),
        ("check --mend", "guide: No such option '--mend'"),
        ("published site", "guide: Invalid value for 'SITE'"),
        ("check l01-truth.md", r"guide: Invalid value for .*'l01-truth\.md' does not exist"),
        (f"check {sys.executable}", r"`/\S+` is no file of the guide"),
    ],
)
def test_wrong_argument_is_told_and_ends_with_2(guide: Path, arguments: str, told: str) -> None:
    assert re.match(told, refused(guide, *arguments.split()))


def test_reader_who_has_seen_enough_ends_it_quietly(guide: Path) -> None:
    misspell(guide, times=3000)
    command = f"{sys.executable} -m guide check | head -n 1"
    done = run("sh", "-c", command, cwd=guide, PYTHONPATH="hooks")
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
    misspell(guide)
    for path, status in ((TRUST, 1), (INDEX, 0)):
        done = run(sys.executable, *command, path, cwd=guide, PYTHONPATH="hooks")
        assert done.returncode == status
