"""The workflows give no stranger a right that is not needed, and lose no published address."""

import json
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import yaml

from guides import BIN, ROOT, run
from servers import Quiet, answering

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PINNED = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683"
SOUND = Path(__file__).with_name("sound.yml").read_text("utf-8")
#: What is changed in the sound workflow, and what is then found.
UNSOUND = {
    "unpinned-uses": (f"{PINNED} # v4.2.2", "actions/checkout@v4"),
    "excessive-permissions": ("permissions: {}", "permissions: write-all"),
    "dangerous-triggers": ("pull_request:", "pull_request_target:"),
    "template-injection": ("run: make check", "run: echo '${{ github.event.pull_request.title }}'"),
    "artipacked": ("persist-credentials: false", "persist-credentials: true"),
}


def audit(*paths: Path) -> set[str]:
    """What zizmor finds, without asking anybody."""
    strict = ("--persona=auditor", "--min-severity=medium")
    done = run(BIN / "zizmor", "--offline", "--quiet", "--format=json", *strict, *paths)
    return {found["ident"] for found in json.loads(done.stdout) if not found["ignored"]}


def test_workflows_are_sound() -> None:
    assert audit(*WORKFLOWS, ROOT / ".github/dependabot.yml") == set()


@pytest.mark.parametrize("name", UNSOUND)
def test_unsound_workflow_is_found(name: str, tmp_path: Path) -> None:
    (tmp_path / "sound.yml").write_text(SOUND, "utf-8")
    assert audit(tmp_path / "sound.yml") == set()
    old, new = UNSOUND[name]
    assert SOUND.count(old) == 1
    (tmp_path / "unsound.yml").write_text(SOUND.replace(old, new), "utf-8")
    assert name in audit(tmp_path / "unsound.yml")


def test_nothing_is_excused() -> None:
    assert not [w.name for w in WORKFLOWS if "zizmor: ignore" in w.read_text("utf-8")]


def test_only_what_writes_has_a_right_to_write() -> None:
    writing = {
        f"{path.stem}.{name}": {
            right for right, level in job["permissions"].items() if level == "write"
        }
        for path in WORKFLOWS
        for name, job in yaml.safe_load(path.read_text("utf-8"))["jobs"].items()
    }
    assert {job: rights for job, rights in writing.items() if rights} == {
        "guide.publish": {"pages", "id-token"},
        "release.release": {"contents"},
        "upkeep.links": {"issues"},
    }


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", ".github/workflows/*.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
        ("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("dependabot", ".github/dependabot.yml"),
    ],
)
def test_host_can_read_its_files(schema: str, files: str) -> None:
    paths = sorted(ROOT.glob(files))
    assert paths
    done = run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *paths)
    assert done.returncode == 0, done.stdout


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server that stands for the published site: its address and its folder."""

    class Live(Quiet):
        def do_GET(self) -> None:
            if (tmp_path / "broken").exists():
                self.send_error(500)
            elif self.path == "/" and not (tmp_path / "index.html").exists():
                self.send_error(404)
            else:
                super().do_GET()

    with answering(partial(Live, directory=tmp_path)) as address:
        yield f"{address}/", tmp_path


def ledger_at(address: str) -> subprocess.CompletedProcess[str]:
    return run("sh", ".github/live-ledger", address)


def test_ledger_of_the_live_site_is_printed(live: tuple[str, Path]) -> None:
    address, folder = live
    (folder / "permalinks.txt").write_text("/l05/\n", "utf-8")
    assert (ledger_at(address).returncode, ledger_at(address).stdout) == (0, "/l05/\n")


def test_before_the_first_publication_there_is_nothing_to_keep(live: tuple[str, Path]) -> None:
    done = ledger_at(live[0])
    assert (done.returncode, done.stdout) == (0, "")
    assert "nothing is published" in done.stderr


@pytest.mark.parametrize("fault", ["index.html", "broken"])
def test_site_that_hides_its_ledger_is_not_replaced(live: tuple[str, Path], fault: str) -> None:
    (live[1] / fault).touch()
    done = ledger_at(live[0])
    assert done.returncode == 1
    assert "it cannot be seen what would be lost" in done.stderr


def test_site_that_cannot_be_reached_is_not_replaced() -> None:
    assert ledger_at("http://127.0.0.1:1/").returncode != 0
