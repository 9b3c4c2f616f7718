"""The site as MkDocs builds it: strict, the same bytes everywhere, and never past a problem."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config

from builds import build, copy_project
from guide.rules import find_problems
from guide.source.reader import read_site
from guides import ROOT
from real import SITE


def test_guide_has_no_problem() -> None:
    assert [problem.as_text() for problem in find_problems(SITE)] == []


def test_every_page_is_built(built: Path) -> None:
    for page in SITE.pages:
        folder = page.path.removesuffix(".md").removesuffix("index")
        assert (built / folder / "index.html").is_file(), page.path


def test_fault_stops_a_strict_build_at_its_line(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    entry = project / "docs/lessons/l05-trust.md"
    lines = entry.read_text("utf-8").split("\n")
    number = next(n for n, line in enumerate(lines) if "[@bcg-lessons, no. 5]" in line)
    lines[number] += " More [@bcg-lesson, no. 5]."
    entry.write_text("\n".join(lines), "utf-8")
    told = f"docs/lessons/l05-trust.md:{number + 1}: KB201 unknown citation key `bcg-lesson`"

    strict = build(project, tmp_path / "strict", strict=True)
    assert strict.returncode != 0
    assert told in strict.stderr
    assert "did you mean `bcg-lessons`?" in strict.stderr
    assert "Traceback" not in strict.stderr

    lenient = build(project, tmp_path / "lenient", strict=False)
    assert lenient.returncode == 0
    assert told in lenient.stderr


@pytest.mark.parametrize("url", ["site_url: https://guide.example", ""])
def test_built_page_carries_the_policy_whatever_the_address(tmp_path: Path, url: str) -> None:
    project = copy_project(tmp_path / "project")
    settings = project / "mkdocs.yml"
    text = re.sub("^site_url: .*$", url, settings.read_text("utf-8"), flags=re.M)
    settings.write_text(text, "utf-8")
    assert build(project, tmp_path / "site", strict=False).returncode == 0
    assert "Content-Security-Policy" in (tmp_path / "site/index.html").read_text("utf-8")
    assert (tmp_path / "site/_headers").is_file()


@pytest.mark.parametrize("strict", [True, False])
def test_bibliography_that_does_not_parse_is_told_at_its_line(tmp_path: Path, strict: bool) -> None:
    project = copy_project(tmp_path / "project")
    with (project / "bibliography.bib").open("a", encoding="utf-8") as file:
        file.write("\n@book{zeldin1998,\n  title = {Open,\n}\n")
    done = build(project, tmp_path / "site", strict=strict)
    assert done.returncode != 0
    assert "KB220 `zeldin1998` is not valid BibTeX" in done.stderr
    assert "Traceback" not in done.stderr


def test_builds_are_the_same_bytes_everywhere(built: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "a folder elsewhere")
    other = tmp_path / "other"
    environment = {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    assert build(project, other, strict=True, environment=environment).returncode == 0
    assert files_below(other) == files_below(built)


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_core_imports_no_generator() -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT / "hooks").with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "hooks/guide").rglob("*.py")
    )
    program = (
        f"import sys, importlib; sys.path.insert(0, {str(ROOT / 'hooks')!r})\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('mkdocs', 'material', 'mkdocs_bibtex')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "guide.source.reader" in modules
    assert done.stdout.strip() == "[]"


def test_plugin_loads_the_bibliography_that_we_check() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.plugins["bibtex"].last_configured = None  # MkDocs keeps a plugin in a process.
    config.plugins.run_event("startup", command="build", dirty=False)
    config = config.plugins.run_event("config", config)
    entries = config.plugins["bibtex"].registry.bib_data.entries
    assert set(entries) == {work.key for work in SITE.works}


def test_outline_item_without_its_entry_is_told_at_its_line(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    entry = project / "docs/representation/r05-openness.md"
    text = entry.read_text("utf-8")
    item = "collaborative-working-workbook#representation.openness"
    assert f"covers: [{item}]" in text
    entry.write_text(text.replace(item, "collaborative-working-workbook#representation"), "utf-8")
    (problem,) = find_problems(read_site(project))
    outline = (ROOT / "data/outlines/collaborative-working-workbook.yml").read_text("utf-8")
    told = outline.split("\n")[problem.line - 1]
    assert problem.as_text().startswith("data/outlines/collaborative-working-workbook.yml:")
    assert f"KB117 no entry covers `{item}`" in problem.as_text()
    assert '{id: "representation.openness"' in told


def test_all_five_papers_are_covered_whole() -> None:
    covered = {name for page in SITE.entries for name in page.front.words("covers")}
    assert set(SITE.schema.sources.complete) == {outline.name for outline in SITE.outlines}
    assert len(SITE.item) == 190
    assert covered == set(SITE.item)
