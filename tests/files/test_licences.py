"""Every file that the site ships stands in the list of licences, and nothing else does."""

import re
from collections import Counter
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import material
import pytest
from fontTools.ttLib import TTFont

from guide.source.data_files import Licensed
from guide.source.reader import read_site
from guides import ROOT

WORKS = read_site(ROOT).licences
ICONS = Path(material.__file__).parent / "templates/.icons"
_SHAPE = re.compile(r"\bd=\\?[\"']([^\"'\\]+)")


def shipped(built: Path) -> list[PurePosixPath]:
    files = (path for path in (built / "assets").rglob("*") if path.is_file())
    return [PurePosixPath(path.relative_to(built).as_posix()) for path in files]


def unlisted(files: list[PurePosixPath], works: tuple[Licensed, ...]) -> list[str]:
    patterns = [pattern for work in works for pattern in work.files]
    return [str(file) for file in files if sum(map(file.match, patterns)) != 1]


def test_every_shipped_file_is_listed_once(built: Path) -> None:
    assert unlisted(shipped(built), WORKS) == []


@pytest.mark.parametrize("work", [w for w in WORKS if w.files], ids=lambda work: work.name)
def test_listed_work_is_shipped(work: Licensed, built: Path) -> None:
    files = shipped(built)
    assert unlisted(files, tuple(w for w in WORKS if w is not work)) != []
    assert [p for p in work.files if not any(file.match(p) for file in files)] == []


def test_icons_on_the_site_are_of_the_listed_sets(built: Path) -> None:
    sets = {
        shape: path.relative_to(ICONS).parts[0]
        for path in ICONS.rglob("*.svg")
        for shape in _SHAPE.findall(path.read_text("utf-8"))
    }
    files = (file for ending in ("html", "css", "js") for file in built.rglob(f"*.{ending}"))
    texts = (file.read_text("utf-8") for file in files)
    drawn = (unquote(text) if "%3Csvg" in text or "%3csvg" in text else text for text in texts)
    shapes = {shape for text in drawn for shape in _SHAPE.findall(text)}
    assert {sets[s] for s in shapes if s in sets} == {work.icons for work in WORKS if work.icons}


@pytest.mark.parametrize("path", sorted((ROOT / "docs/assets/fonts").glob("*.woff2")))
def test_typeface_is_listed_with_its_version(path: Path) -> None:
    (version,) = {str(name) for name in TTFont(path)["name"].names if name.nameID == 5}
    (work,) = (w for w in WORKS if any(PurePosixPath(path).match(p) for p in w.files))
    assert work.name.split() == [path.name.split("-")[0].title(), version.removeprefix("Version ")]


def test_page_names_every_work_of_others_and_its_licence(built: Path) -> None:
    page = (built / "licences/index.html").read_text("utf-8")
    cells = Counter(re.findall(r"<tr[^>]*>\n<td[^>]*>([^<]+)</td>", page))
    assert cells == Counter(work.name for work in WORKS if not work.ours)
    for work in WORKS:
        assert work.text.startswith("https://") or (ROOT / "docs" / work.text).is_file()
