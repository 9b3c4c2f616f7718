"""The site as MkDocs builds it: strict, the same bytes everywhere, and never past a problem."""

from pathlib import Path

import pytest
from mkdocs.config import load_config

from builds import build, copy_project
from guides import ROOT, change, files_below
from real import SITE

TRUST = "docs/lessons/l05-trust.md"
#: An entry that is withdrawn and has moved, heading and all.
WITHDRAWN = "mindsets/m06-standards-of-behaviour"
ABOVE = """---
status: deprecated
why: The paper took it back.
replaced: [m05]
former: [/mindsets/m06-older/, "#remedy -> #antidote"]
"""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The guide with a slip, a withdrawn entry and no address; and what is told of the slip."""
    project = copy_project(tmp_path_factory.mktemp("faulty") / "project")
    change(project / TRUST, "[@bcg-lessons, no. 5]", "[@bcg-lesson, no. 5]")
    change(project / f"docs/{WITHDRAWN}.md", "---\n", ABOVE)
    change(project / "mkdocs.yml", f"site_url: {SITE.url}", "")
    before = (project / TRUST).read_text("utf-8").partition("[@bcg-lesson, ")[0]
    line = before.count("\n") + 1
    return project, f"{TRUST}:{line}: KB201 unknown citation key `bcg-lesson`"


def test_fault_stops_a_strict_build_at_its_line(faulty: tuple[Path, str], tmp_path: Path) -> None:
    project, told = faulty
    strict = build(project, tmp_path / "strict", strict=True)
    assert strict.returncode != 0
    assert told in strict.stderr
    assert "did you mean `bcg-lessons`?" in strict.stderr
    assert "Traceback" not in strict.stderr


@pytest.fixture(scope="module")
def lenient(faulty: tuple[Path, str]) -> Path:
    """The folder of a build in spite of the faults, which are told."""
    project, told = faulty
    site = project.parent / "site"
    done = build(project, site, strict=False)
    assert done.returncode == 0
    assert told in done.stderr
    return site


def test_built_page_carries_the_policy_without_an_address(lenient: Path) -> None:
    assert "Content-Security-Policy" in (lenient / "index.html").read_text("utf-8")
    assert (lenient / "_headers").is_file()


def test_built_site_keeps_moved_and_withdrawn_pages(lenient: Path, built: Path) -> None:
    withdrawn = (lenient / WITHDRAWN / "index.html").read_text("utf-8")
    assert "This entry is withdrawn.</strong> The paper took it back." in withdrawn
    assert 'href="../../mindsets/m05-trust-first/"' in withdrawn.partition("Read instead")[2][:600]
    assert '<li id="remedy"' in withdrawn
    assert 'href="#antidote">' in withdrawn.partition('<li id="remedy"')[2][:300]
    assert f"url=../../{WITHDRAWN}/" in (lenient / "mindsets/m06-older/index.html").read_text(
        "utf-8"
    )
    title = SITE.page[f"{WITHDRAWN}.md"].title
    assert title in (built / "mindsets/index.html").read_text("utf-8")
    assert title not in (lenient / "mindsets/index.html").read_text("utf-8")
    found = "".join(file.read_text("utf-8") for file in lenient.glob("search/*/pages/*.json"))
    assert WITHDRAWN not in found
    assert "mindsets/m05" in found


def test_bibliography_that_does_not_parse_is_told_at_its_line(tmp_path: Path) -> None:
    """By a lenient build too, as nothing can be made of it."""
    project = copy_project(tmp_path / "project")
    with (project / "bibliography.bib").open("a", encoding="utf-8") as file:
        file.write("\n@book{zeldin1998,\n  title = {Open,\n}\n")
    done = build(project, tmp_path / "site", strict=False)
    assert done.returncode != 0
    assert "KB220 `zeldin1998` is not valid BibTeX" in done.stderr
    assert "Traceback" not in done.stderr


def test_builds_are_the_same_bytes_everywhere(built: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "a folder elsewhere")
    other = tmp_path / "other"
    elsewhere = {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    assert build(project, other, strict=True, **elsewhere).returncode == 0
    assert files_below(other) == files_below(built)


def test_plugin_loads_the_bibliography_that_we_check() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.plugins["bibtex"].last_configured = None  # MkDocs keeps a plugin in a process.
    config.plugins.run_event("startup", command="build", dirty=False)
    config = config.plugins.run_event("config", config)
    entries = config.plugins["bibtex"].registry.bib_data.entries
    assert set(entries) == {work.key for work in SITE.works}


def test_all_five_papers_are_covered_whole() -> None:
    covered = {name for page in SITE.entries for name in page.front.words("covers")}
    assert set(SITE.schema.sources.complete) == {outline.name for outline in SITE.outlines}
    assert len(SITE.item) == 190
    assert covered == set(SITE.item)


def test_list_of_papers_counts_the_items_that_have_an_entry(built: Path) -> None:
    listed = (built / "sources/index.html").read_text("utf-8")
    for outline in SITE.outlines:
        counted = f"{len(outline.items)} of {len(outline.items)} items have an entry"
        assert counted in listed
        assert counted in (built / f"sources/{outline.name}/index.html").read_text("utf-8")
