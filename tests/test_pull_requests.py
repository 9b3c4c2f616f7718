"""What a pull request is told: true to the checks, and harmless whatever somebody sends."""

import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from guide.problems import Problem
from guide.reader import read_site
from guide.report import (
    LARGEST,
    LONGEST,
    MOST,
    SHOWN,
    Run,
    UnfitReportError,
    comment,
    parse_problems,
    problems_json,
    unpack,
)
from guide.rules import find_problems
from guides import ROOT, make_guide, read_case

PROBLEM = Problem("docs/lessons/l05-trust.md", 17, "KB201", "unknown key `a`", "did you mean `b`?")
GREEN = Run("https://host.example/run", "https://host.example/preview", ())
RED = Run("https://host.example/run", "", ("make check",))


def pack(
    text: str,
    name: str = "./problems.json",
    kind: bytes = tarfile.REGTYPE,
    claims: dict[str, str] | None = None,
) -> bytes:
    """An artefact as GitHub makes it: a folder and its file in a tar, the tar in a zip."""
    tar, archive = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as inner:
        folder, file = tarfile.TarInfo("./"), tarfile.TarInfo(name)
        folder.type, file.type, file.size = tarfile.DIRTYPE, kind, len(text.encode())
        file.pax_headers = claims or {}
        inner.addfile(folder)
        inner.addfile(file, io.BytesIO(text.encode()))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as outer:
        outer.writestr("artifact.tar", tar.getvalue())
    return archive.getvalue()


def changed(**fields: object) -> str:
    return json.dumps([json.loads(problems_json([PROBLEM]))[0] | fields])


def test_problems_arrive_as_they_were_sent() -> None:
    assert parse_problems(unpack(pack(problems_json([PROBLEM])))) == (PROBLEM,)


def test_text_of_any_length_is_cut_by_us_and_so_accepted() -> None:
    long = Problem("docs/a.md", 1, "KB201", "x" * 9_000, "y" * 9_000)
    (told,) = parse_problems(problems_json([long]).encode())
    assert (len(told.fact), len(told.hint)) == (LONGEST, LONGEST)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[",
        "{}",
        "[" * 100_000,
        "[[]]",
        "[" + ",".join(["{}"] * (MOST + 1)) + "]",
        changed(more="x"),
        changed(line="17"),
        changed(line=True),
        changed(line=0),
        changed(code="KB201 @somebody"),
        changed(fact=["x"]),
        changed(fact="x" * (LONGEST + 1)),
        " " * (LARGEST + 1),
    ],
    ids=lambda sent: sent[:12] or "nothing",
)
def test_what_is_no_list_of_problems_is_refused(sent: str) -> None:
    with pytest.raises(UnfitReportError):
        parse_problems(sent.encode())


@pytest.mark.parametrize(
    "artefact",
    [
        b"",
        b"PK\x05\x06" + bytes(18),
        pack("[]", name="../problems.json"),
        pack("[]", name="./other.json"),
        pack("", kind=tarfile.SYMTYPE),
        pack(" " * (LARGEST + 1)),
        pack("[]", claims={"GNU.sparse.map": "0,2", "GNU.sparse.size": str(LARGEST + 1)}),
        pack("[]")[:-40],
    ],
    ids=["nothing", "empty zip", "outside", "another name", "link", "bomb", "sparse", "cut off"],
)
def test_artefact_of_another_form_is_refused(artefact: bytes) -> None:
    with pytest.raises(UnfitReportError):
        unpack(artefact)


def test_comment_says_where_what_and_what_to_do() -> None:
    told = comment((PROBLEM,), RED)
    assert told.startswith("### One problem to mend\n")
    assert (
        "- ` docs/lessons/l05-trust.md `, line 17 (KB201)  \n"
        "  `` unknown key `a` ``  \n"
        "  To do: `` did you mean `b`? ``"
    ) in told
    assert "https://host.example/run" in told
    assert "There is a preview as soon as the site can be built." in told


def test_taken_id_is_told_with_the_next_free_one(tmp_path: Path) -> None:
    case = read_case(ROOT / "tests/cases/KB111.txt")
    told = comment(tuple(find_problems(read_site(make_guide(case, tmp_path)))), RED)
    assert "the next free id is `l" in told


def test_comment_on_a_green_run_leads_to_the_preview_alone() -> None:
    told = comment((), GREEN)
    assert told.startswith("### Nothing to mend\n")
    assert "](https://host.example/preview)" in told
    assert "host.example/run" not in told


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("make kept", "a published link is never taken out"),
        ("make test", "A test failed"),
        ("make build", "could not be built"),
        ("<b>@everybody</b>", "nothing to do with your text"),
    ],
)
def test_failed_step_is_told_in_our_words(step: str, says: str) -> None:
    told = comment((), Run("https://host.example/run", "", (step,)))
    assert says in told
    assert "everybody" not in told


def test_comment_is_never_longer_than_the_host_takes() -> None:
    worst = Problem("`" * LONGEST, 9_999_999, "KB201", "`" * LONGEST, "`" * LONGEST)
    told = comment((worst,) * MOST, RED)
    assert len(told) < 65_536
    assert f"And {MOST - SHOWN} more." in told


@pytest.mark.parametrize(
    "evil",
    [
        "@everybody and #12",
        "<img src=x onerror=alert(1)>",
        "`` ` @everybody",
        "[here](https://evil.example)",
        "https://evil.example",
        "one\n\n# two\n@everybody",
        "one\r@everybody",
        "</code><script>",
        "`",
        "\u202egnihtemos\u2028@everybody",
    ],
)
@pytest.mark.parametrize("field", ["path", "fact", "hint"])
def test_what_somebody_sends_stays_inert(evil: str, field: str) -> None:
    (told,) = parse_problems(changed(**{field: evil}).encode())
    harmless = _shape(comment((PROBLEM,), RED))
    assert _shape(comment((told,), RED)) == harmless


def _shape(markdown: str) -> list[tuple[str, str]]:
    """Everything that a reader of Markdown sees in the comment, but what code spans hold."""
    tokens = MarkdownIt("commonmark", {"html": True}).parse(markdown)
    flat = [one for token in tokens for one in (token.children or [token])]
    return [(token.type, "" if token.type == "code_inline" else token.content) for token in flat]


GH = """#!/bin/sh
# Answers as the host would, and notes what it is told.
echo "$*" >> asked
case "$*" in
  *pulls*) cat pulls ;;
  *jobs*) cat jobs ;;
  */runs/*artifacts*) cat artifacts ;;
  */artifacts/5/zip) cat problems.zip ;;
  "pr comment"*) cat > told ;;
  *) exit 1 ;;
esac
"""


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """A folder with a `gh` that tells of two pull requests and of a failed run of one."""
    pulls = [{"number": n, "head": {"sha": sha}} for n, sha in ((7, "new"), (8, "other"))]
    steps = [{"name": "make check", "conclusion": "failure"}, {"name": "x", "conclusion": None}]
    left = [{"name": "problems", "id": 5, "size_in_bytes": 900}]
    for name, content in (
        ("pulls", [pulls[:1], pulls[1:]]),
        ("jobs", [{"jobs": [{"steps": steps}]}]),
        ("artifacts", [{"artifacts": left}]),
    ):
        (tmp_path / name).write_text(json.dumps(content), "utf-8")
    (tmp_path / "problems.zip").write_bytes(pack(problems_json([PROBLEM])))
    (tmp_path / "gh").write_text(GH, "utf-8")
    (tmp_path / "gh").chmod(0o755)
    return tmp_path


def write_comment(host: Path, commit: str) -> subprocess.CompletedProcess[str]:
    """As the workflow does it: without any installed package."""
    command = [sys.executable, "-E", "-s", "-S", str(ROOT / "hooks/comment.py")]
    return subprocess.run(
        [*command, "someone/guide", "3", commit],
        cwd=host,
        env={"PATH": f"{host}:{os.environ['PATH']}", "GITHUB_SERVER_URL": "https://host.example"},
        capture_output=True,
        text=True,
        check=True,
    )


def test_comment_stands_on_the_pull_request_of_that_commit_alone(host: Path) -> None:
    write_comment(host, "new")
    address = "https://host.example/someone/guide/actions/runs/3"
    assert (host / "told").read_text() == comment((PROBLEM,), Run(address, "", ("make check",)))
    asked = [line for line in (host / "asked").read_text().splitlines() if line.startswith("pr")]
    assert asked == ["pr comment 7 --repo someone/guide --edit-last --create-if-none --body-file -"]


def test_run_of_an_older_commit_says_nothing(host: Path) -> None:
    write_comment(host, "old")
    assert not (host / "told").exists()


def test_preview_is_linked_where_there_is_one(host: Path) -> None:
    content = json.loads((host / "artifacts").read_text())
    content[0]["artifacts"].append({"name": "preview", "id": 6, "size_in_bytes": 30_000_000})
    (host / "artifacts").write_text(json.dumps(content))
    write_comment(host, "new")
    address = "https://host.example/someone/guide/actions/runs/3/artifacts/6"
    assert f"]({address})" in (host / "told").read_text()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("problems.zip", ""),
        ("artifacts", '[{"artifacts": []}]'),
        ("artifacts", '[{"artifacts": [{"name": "problems", "id": 5, "size_in_bytes": 1e9}]}]'),
    ],
    ids=["damaged", "missing", "too large"],
)
def test_unfit_report_is_told_as_a_run_without_an_end(host: Path, name: str, content: str) -> None:
    (host / name).write_text(content)
    assert "the report is not used" in write_comment(host, "new").stderr
    assert (host / "told").read_text().startswith("### The checks did not come to an end")


def test_report_prints_what_the_checks_find() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "hooks/report.py")], capture_output=True, check=True
    )
    assert parse_problems(done.stdout) == ()
