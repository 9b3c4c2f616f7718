"""The commands of README.md and CONTRIBUTING.md, as someone types them."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from zipfile import ZipFile

import pytest

from builds import lost_in_zip
from guide.source.frontmatter import parse_front_matter
from guides import ROOT, change, git, run
from servers import free_port, running

TEXTS = ("README.md", "CONTRIBUTING.md")
PROGRAMS = ("make", "git", "gh", "python", "python3", "pip", "sh", "npm", "npx", "docker", "tar")
#: What a test here cannot run, and why.
NOT_RUN = {
    "make test": "it is what runs this test",
    "make test FAST=1": "it runs what runs beside this test",
    "make build": "`make compressed` begins with it",
    "make lock": "asks a package registry",
    "make new": "asks whoever sits before it; with its answers it is run",
    "make reference": "asks likewise; with a file it is run",
    "make audit": "asks a register of weaknesses",
    "make links": "asks other people's web servers",
}
#: What does not end by itself and has a test of its own.
SERVES = "make serve"
ENTRY = "docs/mindsets/m05-trust-first.md"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_NAMED = re.compile(r"^(?: {4}|\t)(.+)$|(?<!`)`([^`\n]+)`", re.M)


def commands(text: str) -> list[str]:
    """Every command that a text tells its reader to type, once, without its comment."""
    blocks = [block for language, block in _FENCE.findall(text) if language in ("sh", "console")]
    found = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    named = [line or span for line, span in _NAMED.findall(_FENCE.sub("", text))]
    found += [name for name in named if re.match(rf"(?:{'|'.join(PROGRAMS)}) ", name)]
    return list(dict.fromkeys(filter(None, (line.partition(" #")[0].strip() for line in found))))


#: What a fork's desk does when it is first opened, and the port that it shows.
DESK = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))
COMMANDS = [
    *commands("\n".join((ROOT / name).read_text("utf-8") for name in TEXTS)),
    DESK["postCreateCommand"],
]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with the files as they stand here, and the environment that is set up here."""
    folder = tmp_path_factory.mktemp("clone") / "guide"
    git(ROOT, "clone", "--quiet", str(ROOT), str(folder))
    listed = git(ROOT, "ls-files", "-z", "-c", "-o", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    work = "@book{x, author = {Lunch, L.}, title = {Who pays}, citedin = {chesterman2005}}"
    (folder / "works.bib").write_text(work, "utf-8")
    (folder / ".venv").symlink_to((ROOT / ".venv").resolve())
    # Documents that other tests have made from the same text.
    (ROOT / ".cache").mkdir(exist_ok=True)
    (folder / ".cache").symlink_to(ROOT / ".cache")
    return folder


def test_texts_name_the_commands_that_matter_and_those_that_are_excused() -> None:
    assert {"make serve", "make test", "make check", "make permalinks"} <= set(COMMANDS)
    assert NOT_RUN.keys() <= set(COMMANDS)


#: What adds to the guide comes last: it leaves a page that is still to be written.
RUN = sorted(
    (c for c in COMMANDS if c not in NOT_RUN and c != SERVES),
    key=lambda command: command.startswith(("make new", "make reference")),
)


@cache
def typed(command: str, clone: Path) -> subprocess.CompletedProcess[str]:
    return run("sh", "-c", command, cwd=clone)


@pytest.mark.parametrize("command", RUN)
def test_command_does_what_the_text_says(command: str, clone: Path) -> None:
    done = typed(command, clone)
    assert done.returncode == 0, done.stdout + done.stderr


def test_finished_site_has_what_its_pages_name_to_take_along(clone: Path) -> None:
    assert typed("make compressed published", clone).returncode == 0
    page = (clone / "site/mindsets/m05-trust-first/index.html").read_text("utf-8")
    assert set(re.findall(r"m05/card\.(?:png|svg)", page)) == {"m05/card.png"}
    kinds = re.compile(r'href="([^":]+\.(?:pptx|docx|epub|pdf|png|zip))"')
    pages = {page: page.read_text("utf-8") for page in (clone / "site").rglob("index.html")}
    files = {page.parent / link for page, text in pages.items() for link in kinds.findall(text)}
    assert {file.suffix for file in files} == {".pptx", ".docx", ".epub", ".pdf", ".png", ".zip"}
    assert [file for file in files if not file.is_file()] == []
    stick = clone / "site/field-guide.zip"
    assert lost_in_zip(stick) == set()
    with ZipFile(stick) as packed:
        assert not [name for name in packed.namelist() if name.endswith(".zip")]


def test_commands_are_found_where_they_are_written() -> None:
    fenced = (
        "```sh\nmake a  # why\nls -l\n```\n\n```console\n$ make b\n```\n\n```yaml\nmake: c\n```\n"
    )
    named = "Type `make e A=1`, see `make`, `docs/a.md` or `main`. `make e A=1` again."
    found = commands(f"{fenced}\n    make d\n    docs/   pages\n\n{named}")
    assert found == ["make a", "ls -l", "make b", "make d", "make e A=1"]


def test_desk_shows_the_port_that_make_serve_uses() -> None:
    (port,) = DESK["forwardPorts"]
    assert f"\nPORT ?= {port}\n" in (ROOT / "Makefile").read_text("utf-8")


def test_command_that_fails_is_noticed(clone: Path) -> None:
    assert typed("make nothing-of-the-kind", clone).returncode != 0


def test_help_lists_every_target_that_texts_and_workflows_name() -> None:
    listed = set(re.findall(r"^make (\w+)", run("make", "help").stdout, re.M))
    workflows = (ROOT / ".github/workflows").glob("*.yml")
    named = {t for w in workflows for t in re.findall(r"\bmake (\w+)", w.read_text("utf-8"))}
    assert {"check", "build", "test"} <= named - {"targets"} <= listed
    assert {command.split()[1] for command in (*NOT_RUN, SERVES)} <= listed


def test_check_annotates_nothing_where_nothing_is_wrong() -> None:
    done = run("make", "check", GITHUB_ACTIONS="true")
    assert (done.returncode, "::error" in done.stdout) == (0, False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        *((f"serve PORT={port}", f"PORT={port} is no port") for port in ("70000", "abc", "0", "")),
        ("-B .venv/bin/pip PYTHON=", "Python 3.11 to 3.14 is needed"),
        ("nothing-of-the-kind", "*** No rule to make target"),
        ("new COLLECTION=none TITLE=Who pays", "put words in quotes"),
        ("reference FILE=~/none.bib", f"'{Path.home()}/none.bib': No such file"),
    ],
)
def test_what_make_cannot_do_is_one_clear_line(arguments: str, told: str) -> None:
    done = run("make", *arguments.split())
    assert done.returncode != 0
    assert f": {told}" in done.stderr  # Behind `make[1]` where these tests were begun by make.
    assert "Traceback" not in done.stderr


def test_setting_up_again_does_nothing() -> None:
    assert "is up to date" in run("make", ".venv/test.done").stdout


def test_folder_that_make_did_not_make_is_left_as_it_is(tmp_path: Path) -> None:
    mine = [tmp_path / name / "thesis.txt" for name in ("papers", "site")]
    for file in mine:
        file.parent.mkdir()
        file.touch()
    make = ("make", "-f", str(ROOT / "Makefile"), "VENV=papers")
    done = run(*make, "papers/bin/pip", f"PYTHON={sys.executable}", cwd=tmp_path)
    assert "make: papers is not a Python environment" in done.stderr
    assert run(*make, "clean", cwd=tmp_path).returncode == 0
    assert all(file.is_file() for file in mine)


def test_make_hands_on_what_was_typed(guide: Path) -> None:
    shutil.copy2(ROOT / "Makefile", guide)
    shutil.copytree(ROOT / "requirements", guide / "requirements")
    shutil.copy2(ROOT / "data/harvard.csl", guide / "data")

    make = partial(run, "make", f"VENV={ROOT / '.venv'}", cwd=guide)
    title = """It costs $HOME $(x) & "more", `us and 'them'"""
    assert make("new", "COLLECTION=lessons", f"TITLE={title}", "SLUG=costs").returncode == 0
    entry = guide / "docs/lessons/l03-costs.md"
    assert parse_front_matter(entry.read_text("utf-8")).text("title") == title
    work = "@book{x, author = {Adams, A.}, title = {T}, citedin = {smith2001}}"
    assert "bibliography.bib:14: added" in make("reference", stdin=work).stdout
    with (guide / "docs/lessons/index.md").open("a", encoding="utf-8") as index:
        index.write("As they say [@adms-t; cited in @smith2001, no. 1].")
    some = "FILES=docs/lessons/index.md bibliography.bib"
    assert make("check", some).stderr.startswith("1 problem\n")


def test_compressed_copies_hold_the_same_and_are_the_same_each_time(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (site := tmp_path / "site").mkdir()
    text = "Trust is built by acting. " * 100
    for name in ("long.html", "long.svg", "picture.png"):
        (site / name).write_text(text, "utf-8")
    (site / "short.html").write_text("x", "utf-8")

    def copies() -> dict[str, bytes]:
        assert run("make", "-o", "build", "compressed", cwd=tmp_path).returncode == 0
        return {path.name: path.read_bytes() for path in site.glob("*.*.*")}

    first = copies()
    assert set(first) == {"long.html.gz", "long.svg.gz"}
    assert all(gzip.decompress(copy).decode() == text for copy in first.values())
    os.utime(site / "long.html", (1, 1))
    assert copies() == first


def test_serve_shows_pages_edits_problems_and_changed_templates(clone: Path) -> None:
    port, title = free_port(), "We must trust each other before this can work"
    log = clone / "serve.log"
    with running(["sh", "-c", f"{SERVES} PORT={port} 2> serve.log"], port, clone) as server:
        shown = partial(page, f"{server}/mindsets/m05-trust-first/")
        wait_for(f"<h1>“{title}”</h1>", shown)
        for name, old, new, seen in (
            (ENTRY, title, "Trust before work", "<h1>“Trust before work”</h1>"),
            (ENTRY, "[@chesterman2005, no. 5]", "[@chesterman, no. 5]", f"{ENTRY}:"),
            ("overrides/partials/header.html", "Skip to the text", "Go to it", "Go to it"),
        ):
            change(clone / name, old, new)
            wait_for(seen, shown)
            change(clone / name, new, old)
        assert "start it again" not in log.read_text("utf-8")
        (clone / "hooks/guide/problems.py").touch()
        wait_for("start it again", partial(log.read_text, "utf-8"))


def wait_for(text: str, read: Callable[[], str]) -> None:
    """Until what is read has `text`."""
    end = time.monotonic() + 150
    while text not in read():
        assert time.monotonic() < end, f"nobody shows {text}"
        time.sleep(0.1)


def page(address: str) -> str:
    """The page, or nothing while the server is at work."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.read().decode("utf-8")
    except OSError:
        return ""
