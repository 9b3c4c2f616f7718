"""A build that does not end well leaves the site before it whole; what it says of time is true."""

import fcntl
import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builds import build
from guide.files.publication import MARK, Publication, date_build
from guide.problems import RefusedError
from guides import ROOT, change, copy_with_tools, git

#: What a second hook of `mkdocs.yml` does at the end of a build, when all is written.
ENDS = {
    "a full disk": "raise OSError(28, 'No space left on device')",
    "a late warning": "import logging; logging.getLogger('mkdocs').warning('late')",
    "Ctrl-C": "raise KeyboardInterrupt",
    "a crash": "import os; os.kill(os.getpid(), 9)",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guide on bare pages, with a hook that ends a build as `end.py` says."""
    project = copy_with_tools(tmp_path_factory.mktemp("ends"))
    shutil.copy(ROOT / "data/harvard.csl", project / "data")
    other = shutil.ignore_patterns("diagrams")
    shutil.copytree(ROOT / "docs/assets", project / "docs/assets", ignore=other, dirs_exist_ok=True)
    for folder in ("overrides", "serving"):
        shutil.copytree(ROOT / folder, project / folder)
    for name in ("main.html", "404.html"):
        (project / "overrides" / name).write_text("{{ page.content }}", "utf-8")
    change(project / "mkdocs.yml", "mkdocs_hooks.py]", "mkdocs_hooks.py, end.py]")
    (project / "end.py").touch()
    return project


@pytest.fixture
def before(project: Path) -> Path:
    """A site that is there before the next build."""
    shutil.rmtree(project / "site", ignore_errors=True)
    (project / "site" / MARK).mkdir(parents=True)
    (project / "site/before.html").write_text("whole", "utf-8")
    return project / "site"


@pytest.mark.parametrize("end", ENDS)
def test_build_that_fails_leaves_the_site_before_it(project: Path, before: Path, end: str) -> None:
    ending = "import sys\ndef on_post_build(config):\n"
    ending += f"    print('end', file=sys.stderr)\n    {ENDS[end]}\n"
    (project / "end.py").write_text(ending, "utf-8")
    done = build(project, before, strict=end == "a late warning")
    assert (done.returncode != 0, "end\n" in done.stderr) == (True, True), done.stderr
    assert sorted(path.name for path in before.iterdir()) == [MARK, "before.html"]


def test_crash_is_forgotten_by_the_next_build(project: Path, before: Path) -> None:
    (project / "end.py").write_text("", "utf-8")
    (project / f".site.old/{MARK}").mkdir(parents=True)
    done = build(project, before, strict=False)
    assert done.returncode == 0, done.stderr
    assert (before / "index.html").is_file()
    assert not (before / "before.html").exists()
    assert list(project.glob(".site.*")) == []


def test_builds_wait_for_each_other(tmp_path: Path) -> None:
    first = Publication(tmp_path / "site")
    other = os.open(tmp_path, os.O_RDONLY)
    with pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
    (first.fresh / "index.html").write_text("first", "utf-8")
    second = "from pathlib import Path; from guide.files.publication import Publication\n"
    second += "made = Publication(Path('site')); (made.fresh / 'a').touch(); made.end(whole=True)"
    env = os.environ | {"PYTHONPATH": str(ROOT / "hooks")}
    command = [sys.executable, "-c", second]
    waiting = subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True)
    assert waiting.stderr is not None
    assert waiting.stderr.readline() == "another build beside site is at work: waiting for it\n"
    first.end(whole=True)
    with waiting:
        assert waiting.wait(timeout=60) == 0
    assert {path.name for path in (tmp_path / "site").iterdir()} == {MARK, "a"}


@pytest.mark.parametrize("name", ["site", ".site.new", ".site.old"])
def test_folder_that_no_build_made_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "terms.yml").write_text("kept", "utf-8")
    with pytest.raises(RefusedError, match="stays as it is"):
        Publication(tmp_path / "site")
    assert (tmp_path / name / "terms.yml").read_text("utf-8") == "kept"


def test_site_that_is_a_link_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / MARK).mkdir(parents=True)
    (tmp_path / "site").symlink_to("elsewhere")
    with pytest.raises(RefusedError):
        Publication(tmp_path / "site")
    assert (tmp_path / "elsewhere" / MARK).is_dir()


def test_settings_that_name_a_folder_of_the_guide_delete_nothing(project: Path) -> None:
    before = sorted((project / "data").rglob("*"))
    done = build(project, project / "data", strict=True)
    assert done.returncode != 0
    assert "`site_dir`" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted((project / "data").rglob("*")) == before


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    for name in ("first", "second"):
        (folder / name).touch()
        git(folder, "add", name)
        date = {"GIT_COMMITTER_DATE": "1600000000 +0000"}
        git(folder, "commit", "--quiet", "--message", name, **date)
    return folder


def dated(folder: Path) -> str | None:
    assert date_build(folder) == ("SOURCE_DATE_EPOCH" in os.environ)
    return os.environ.get("SOURCE_DATE_EPOCH")


def test_build_has_the_time_of_the_last_commit_or_the_one_given(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dated(repository) == "1600000000"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert dated(repository) == "1700000000"


@pytest.mark.parametrize("lack", ["git", "repository", "commit", "history"])
def test_time_that_git_does_not_know_is_left_out_with_one_warning(
    repository: Path,
    tmp_path: Path,
    lack: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    folder = repository
    if lack == "git":
        monkeypatch.setenv("PATH", str(tmp_path))
    elif lack == "repository":
        folder = tmp_path
    elif lack == "commit":  # An archive unpacked below somebody's repository.
        folder = repository / "unpacked"
        folder.mkdir()
    else:
        folder = tmp_path / "shallow"
        git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", str(folder))
    assert dated(folder) is None
    assert capfd.readouterr().err.count("no dates: ") == 1


def test_site_names_its_date_or_none(project: Path) -> None:
    """The project of these tests is in no repository."""
    (project / "end.py").write_text("", "utf-8")
    for given, dates in (("1700000000", {"2023-11-14"}), ("", set())):
        done = build(project, project / "site", strict=False, SOURCE_DATE_EPOCH=given)
        assert done.returncode == 0, done.stderr
        sitemap = (project / "site/sitemap.xml").read_text("utf-8")
        found = {line.split("<")[0] for line in sitemap.split("<lastmod>")[1:]}
        assert found == dates
        assert gzip.decompress((project / "site/sitemap.xml.gz").read_bytes()) == sitemap.encode()
        assert sitemap.count("<loc>https://") > 4
