"""What the weekly run asks: are the links to elsewhere alive, is an exception explained?"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from guides import BIN, ROOT, run
from servers import Quiet, answering


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """A host that answers with the status that its path names."""

    class Status(Quiet):
        def do_GET(self) -> None:
            self.answer(int(self.path[1:4]))

    with answering(Status) as address:
        yield address


def links_told(folder: Path, text: str) -> tuple[int, list[str]]:
    """How lychee ends with our settings, and the lines of the links that it tells."""
    (folder / "page.md").write_text(text, "utf-8")
    settings = ("--config", ROOT / "lychee.toml", "--max-retries=0")
    done = run(BIN / "lychee", *settings, "page.md", cwd=folder)
    return done.returncode, re.findall(r"\(at (\d+):\d+\)", done.stdout)


@pytest.mark.parametrize("status", [200, 401, 403, 405, 429, 503, 999])
def test_host_that_answers_is_there(elsewhere: str, tmp_path: Path, status: int) -> None:
    assert links_told(tmp_path, f"[A](<{elsewhere}/{status}>)") == (0, [])


@pytest.mark.parametrize("path", ["404", "410", "404?\u00e9"])
def test_gone_page_is_told_with_its_place(elsewhere: str, tmp_path: Path, path: str) -> None:
    assert links_told(tmp_path, f"One.\n\n[A](<{elsewhere}/{path}>)") == (2, ["3"])


def test_exception_to_the_audit_is_explained() -> None:
    lines = (ROOT / "requirements/audit-exceptions.txt").read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    for line in lines:
        assert re.match(r"# |(GHSA|CVE|PYSEC)-\S+ \S+ \S+ \S+", line), line
