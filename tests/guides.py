"""A small guide to break: tests/guide/ copied, changed as a case file says."""

import contextlib
import gc
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from guide import __main__ as command_line

ROOT = Path(__file__).resolve().parent.parent
SMALL_GUIDE = ROOT / "tests" / "guide"
#: Where the environment has its programs.
BIN = Path(sys.executable).parent
OpenTab = Callable[..., Page]

_PART = re.compile(r"^=== (?P<what>edit|file|link|delete|problems)[ ]?(?P<path>.*)\n", re.M)


@dataclass(frozen=True)
class Case:
    """A situation: what is done to the small guide, and exactly what is then printed.

    The text before the first `===` says what goes wrong and, as `Near miss:`, what
    resembles it and stays silent. Parts: `=== edit PATH` with pairs of lines `- old`
    and `+ new`, `=== file PATH` with the whole text, `=== link PATH` with what it points
    to, `=== delete PATH`, `=== problems`. For the bytes of a file, see `_bytes`.
    """

    story: str
    changes: tuple[tuple[str, str, str], ...]
    problems: str


class Ran(NamedTuple):
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str


def read_case(path: Path) -> Case:
    text = path.read_text("utf-8")
    parts = list(_PART.finditer(text))
    bodies = [
        (part["what"], part["path"], text[part.end() : after])
        for part, after in zip(parts, [p.start() for p in parts[1:]] + [len(text)], strict=True)
    ]
    assert bodies[-1][0] == "problems", f"{path.name} does not end with its problems"
    return Case(text[: parts[0].start()], tuple(bodies[:-1]), bodies[-1][2])


#: Every case by its name.
CASES = {path.stem: read_case(path) for path in sorted((ROOT / "tests/cases").glob("*.txt"))}


def copy_small_guide(root: Path) -> Path:
    """The small guide, copied to `root`, with the slips of the real one."""
    shutil.copytree(SMALL_GUIDE, root)
    shutil.copy(ROOT / "data/slips.yml", root / "data")
    return root


def make_guide(case: Case, folder: Path) -> Path:
    """The small guide below `folder`, changed as the case says."""
    root = copy_small_guide(folder / "guide")
    for what, path, body in case.changes:
        file = root / path
        if what == "delete":
            file.unlink()
        elif what == "link":
            file.symlink_to(body.strip())
        elif what == "file":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(_bytes(body))
        else:
            file.write_text(_edit(file.read_text("utf-8"), body, path), "utf-8")
    return root


def _bytes(body: str) -> bytes:
    """`\\xe9` stands for that byte, a backslash at the end for a last line without its end."""
    raw = re.sub(rb"\\\n\Z", b"", body.encode("utf-8"))
    return re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), raw)


def _edit(text: str, body: str, path: str) -> str:
    """Each `- old` line, or run of them, replaced by the `+ new` lines that follow it."""
    for change in re.finditer(r"(?P<old>(?:^- .*\n)+)(?P<new>(?:^\+ .*\n|^\+\n)*)", body, re.M):
        old, new = (re.sub(r"^[-+] ?", "", change[part], flags=re.M) for part in ("old", "new"))
        assert text.count(old) == 1, f"{path} has {text.count(old)} times:\n{old}"
        text = text.replace(old, new)
    return text


def change(file: Path, old: str, new: str) -> None:
    """The first `old` in a file, which has it, replaced by `new`."""
    text = file.read_text("utf-8")
    assert old in text, f"{file} has no {old}"
    file.write_text(text.replace(old, new, 1), "utf-8")


def copy_with_tools(folder: Path) -> Path:
    """The small guide with the project's commands, to run them for real."""
    root = make_guide(Case("", (), ""), folder)
    shutil.copytree(ROOT / "hooks", root / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    return root


def run(
    *command: str | Path, cwd: Path = ROOT, stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """What became of a command, with all that it printed."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | {"GITHUB_ACTIONS": ""} | environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def git(folder: Path, *arguments: str, **environment: str) -> str:
    """What a command of git prints that somebody with a name gives, and that succeeds."""
    named = ("-c", "user.name=A", "-c", "user.email=a@guide.example")
    done = run("git", *named, *arguments, cwd=folder, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_tool(root: Path, *arguments: str, stdin: bytes = b"") -> Ran:
    """`python -m guide ARGUMENTS` of the project below `root`, without a terminal, in here."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(root),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr(command_line, "ROOT", root)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            status = command_line.main([*arguments])
        except SystemExit as left:  # Wrong arguments.
            status = int(left.code or 0)
        finally:
            gc.enable()
    return Ran(status, out.getvalue(), err.getvalue())


def files_below(root: Path) -> dict[str, bytes]:
    """Every file of the guide with its bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def refused(root: Path, *arguments: str, stdin: bytes = b"") -> str:
    """What a command tells that cannot do what it is asked to, and that changes no file."""
    before = files_below(root)
    status, out, err = run_tool(root, *arguments, stdin=stdin)
    assert (status, out) == (2, "")
    assert "Traceback" not in err
    assert files_below(root) == before
    return err


def asked_by(tab: Page) -> list[str]:
    """The addresses that a tab asks for from now on."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    return asked


def wait_until(tab: Page, holds: str) -> None:
    """Asks again and again from outside the page: its policy forbids it to judge a text itself."""
    for _ in range(100):
        if tab.evaluate(holds):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(holds)
