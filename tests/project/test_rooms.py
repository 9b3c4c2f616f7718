"""The rooms of the code: each imports only from those before it."""

import re
from pathlib import Path

from guides import ROOT

CODE = ROOT / "hooks/guide"
#: From what was written to what is published, as README names them.
ROOMS = ("source", "links", "rules", "works", "desk", "files", "search", "pages")
#: Stands beside the rooms: what every room speaks, and the door.
LOOSE = {"problems", "__main__", "__init__"}
_IMPORT = re.compile(r"^ *from guide\.(\w+)", re.M)


def wrong_imports(code: Path) -> list[str]:
    """Each import of a room that stands below the one that imports it."""
    return [
        f"{path.relative_to(code)} imports guide.{room}"
        for number, name in enumerate(ROOMS)
        for path in sorted((code / name).glob("*.py"))
        for room in _IMPORT.findall(path.read_text("utf-8"))
        if room not in (*ROOMS[: number + 1], "problems", "nearest")
    ]


def test_every_room_imports_only_from_those_before_it() -> None:
    assert wrong_imports(CODE) == []


def test_import_the_other_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    text = "def read() -> None:\n    from guide.pages.views import Views\n"
    (tmp_path / "source/reader.py").write_text(text, "utf-8")
    assert wrong_imports(tmp_path) == ["source/reader.py imports guide.pages"]


def test_only_the_adapter_knows_the_generator() -> None:
    generator = re.compile(r"^ *(?:from|import) (?:mkdocs|material)", re.M)
    knowing = [path for path in CODE.parent.rglob("*.py") if generator.search(path.read_text())]
    assert [path.name for path in knowing] == ["mkdocs_hooks.py"]


def test_there_is_no_other_room() -> None:
    folders = {path.name for path in CODE.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == set(ROOMS)
    assert {path.stem for path in CODE.glob("*.py")} == LOOSE
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [room for room in ROOMS if f"    {room}/ " not in readme] == []
