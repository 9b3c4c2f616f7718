"""A build leaves the site before it whole, or takes its place whole, and deletes nothing else."""

import subprocess
import threading
from pathlib import Path

import pytest

from builds import build, copy_project
from guide.files.publishing import begin, day_of, put_in_place, why_not


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of another day."""
    folder = tmp_path / "site"
    folder.mkdir()
    for name in ("index.html", "permalinks.txt", "entries.json", "old.html"):
        (folder / name).write_text("old")
    return folder


def test_build_that_fails_leaves_the_site_before_it(tmp_path: Path, site: Path) -> None:
    project = copy_project(tmp_path / "project")
    (project / "overrides/guide/home.html").write_text("{% include 'nothing.html' %}")
    assert build(project, site, strict=False).returncode != 0
    assert (site / "old.html").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "site"]


def test_site_takes_the_place_of_the_one_before(tmp_path: Path, site: Path) -> None:
    built = begin(site)
    (built / "new.html").write_text("new")
    put_in_place(built, site)
    assert [path.name for path in site.iterdir()] == ["new.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_builds_at_the_same_time_leave_one_whole_site(tmp_path: Path, site: Path) -> None:
    def publish(name: str) -> None:
        built = begin(site)
        for part in range(20):
            (built / f"{part}.html").write_text(name)
        put_in_place(built, site)

    runs = [threading.Thread(target=publish, args=(name,)) for name in "abcdefgh"]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len({path.read_text() for path in site.iterdir()}) == 1
    assert len(list(site.iterdir())) == 20
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_nothing_but_a_built_site_is_replaced(tmp_path: Path, site: Path) -> None:
    assert why_not(site) == ""
    assert why_not(tmp_path / "new") == ""
    (tmp_path / "link").symlink_to(site)
    assert "symbolic link" in why_not(tmp_path / "link")
    (site / "permalinks.txt").unlink()
    assert "something else" in why_not(site)
    assert "no folder" in why_not(site / "old.html")


def test_site_dir_with_other_files_is_refused_and_kept(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    before = {path: path.read_bytes() for path in (project / "data").rglob("*") if path.is_file()}
    done = build(project, project / "data", strict=False)
    assert done.returncode != 0
    assert "holds something else than a built site" in done.stderr
    assert all(path.read_bytes() == content for path, content in before.items())


def test_day_is_given_or_that_of_the_last_commit_or_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert str(day_of(tmp_path)) == "2023-11-14"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert day_of(tmp_path) is None
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@b.example"]
    subprocess.run([*git, "init", "-q"], check=True)
    commit = [*git, "commit", "-q", "--allow-empty", "-m", "One"]
    subprocess.run([*commit, "--date=2024-02-03"], check=True, env=_DATED)
    assert str(day_of(tmp_path)) == "2024-02-03"


_DATED = {"GIT_COMMITTER_DATE": "2024-02-03T12:00:00+0000", "PATH": "/usr/bin:/bin"}
