"""A deploy puts up a complete site or changes nothing, and loses no published link."""

import subprocess
import sys
from pathlib import Path

import pytest

from deploy import deploy, main
from guides import ROOT
from ledger import leading_nowhere


def make_site(folder: Path, **pages: str) -> Path:
    """A built site in small: a page for each name, and a ledger of them all."""
    ids = {name: f'<h2 id="{text}">{text}</h2>' for name, text in pages.items()}
    for name, html in ids.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "index.html").write_text(html, "utf-8")
    lines = [line for name, text in pages.items() for line in (f"/{name}/", f"/{name}/#{text}")]
    (folder / "permalinks.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return folder


def served(to: Path, name: str) -> str:
    return (to / "current" / name / "index.html").read_text("utf-8")


def test_published_lines_are_looked_for_in_the_built_site(built: Path) -> None:
    lines = (ROOT / "permalinks.txt").read_text("utf-8").splitlines()
    assert (built / "permalinks.txt").read_text("utf-8").splitlines() == lines
    assert leading_nowhere(built, lines) == []
    lost = ["/m99/", "/m05/#no-such", "/no-such/#id", "/glossary/#term-none"]
    assert leading_nowhere(built, [*lines, *lost]) == lost


@pytest.mark.parametrize(("line", "code"), [("/m05/", 0), ("/m99/", 1)])
def test_ledger_of_the_live_site_is_checked_by_command(
    built: Path, tmp_path: Path, line: str, code: int
) -> None:
    (tmp_path / "live.txt").write_text(f"/\n{line}\n", "utf-8")
    command = [sys.executable, "hooks/ledger.py", "kept-in", str(built), str(tmp_path / "live.txt")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code
    told = f"{tmp_path / 'live.txt'}: `/m99/` was published and leads nowhere in {built}\n"
    assert done.stdout == told * code


def test_next_site_takes_the_place_of_the_last_which_is_kept(tmp_path: Path) -> None:
    to = tmp_path / "srv"
    assert deploy(make_site(tmp_path / "1", trust="one"), to) == []
    first = (to / "current").resolve()
    # Both ids stand in the second site, as a moved heading does.
    second = make_site(tmp_path / "2", trust="one", power="two")
    (second / "trust/index.html").write_text('<h2 id="one">One, improved</h2>', "utf-8")
    assert deploy(second, to) == []
    assert "improved" in served(to, "trust")
    assert (first / "trust/index.html").is_file()
    assert deploy(second, to) == []
    assert sorted(path.name for path in (to / "releases").iterdir()) == ["2", "3"]


@pytest.mark.parametrize(
    ("pages", "lost"),
    [
        ({"power": "two"}, ["/trust/", "/trust/#one"]),
        ({"trust": "renamed", "power": "two"}, ["/trust/#one"]),
    ],
)
def test_site_that_lost_a_live_link_changes_nothing(
    tmp_path: Path, pages: dict[str, str], lost: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "srv"
    deploy(make_site(tmp_path / "1", trust="one"), to)
    before = sorted(to.rglob("*"))
    assert deploy(make_site(tmp_path / "2", **pages), to) == lost
    assert sorted(to.rglob("*")) == before
    assert main(tmp_path / "2", to) == 1
    assert f"`{lost[0]}` was published and leads nowhere" in capsys.readouterr().err
    assert "one" in served(to, "trust")


def test_site_that_breaks_its_own_promise_is_not_put_up(tmp_path: Path) -> None:
    site = make_site(tmp_path / "1", trust="one", power="two")
    (site / "power/index.html").unlink()
    assert deploy(site, tmp_path / "srv") == ["/power/", "/power/#two"]
    assert not (tmp_path / "srv/current").exists()


def test_folder_that_is_no_complete_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert main(tmp_path / "site", tmp_path / "srv") == 1
    assert not (tmp_path / "srv").exists()


def test_copy_that_broke_off_leaves_the_site_and_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to, site = tmp_path / "srv", make_site(tmp_path / "1", trust="one")
    deploy(site, to)

    def no_space(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("deploy.shutil.copyfile", no_space)
        with pytest.raises(OSError, match="No space left"):
            deploy(make_site(tmp_path / "2", trust="one", power="two"), to)
    assert (to / "current").readlink() == Path("releases/1")
    assert deploy(site, to) == []
    assert sorted(path.name for path in (to / "releases").iterdir()) == ["1", "2"]


def test_file_that_did_not_change_keeps_its_date(tmp_path: Path) -> None:
    """Its ETag is made of date and size: browsers go on with what they have."""
    to = tmp_path / "srv"
    deploy(make_site(tmp_path / "1", trust="one", power="two"), to)
    before = {name: (to / f"current/{name}/index.html").stat() for name in ("trust", "power")}
    changed = make_site(tmp_path / "2", trust="one", power="two")
    (changed / "power/index.html").write_text('<h2 id="two">TWO</h2>', "utf-8")
    deploy(changed, to)
    after = {name: (to / f"current/{name}/index.html").stat() for name in before}
    assert after["trust"].st_mtime_ns == before["trust"].st_mtime_ns
    assert after["power"].st_mtime_ns != before["power"].st_mtime_ns


def test_deploying_needs_a_place() -> None:
    done = subprocess.run(
        ["make", "-o", "compressed", "deploy", "TO="],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "make: name the folder to deploy to" in done.stderr
