"""Decks and documents, read as another program reads them."""

import re
import shutil
from pathlib import Path

import docx
import pytest
from jinja2 import Environment, FileSystemLoader
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.slide import Slide

import mkdocs_hooks
from guide.files.office import CACHE, LOOK, Office
from guide.pages.views import Views
from guide.problems import RefusedError
from guide.works.references import format_references
from guides import ROOT
from test_build import SITE

VIEWS = Views(SITE, format_references(SITE.works, ROOT), cards=True, day=None)
TEMPLATES = Environment(loader=FileSystemLoader(ROOT / "overrides"), autoescape=True)
TEMPLATES.trim_blocks = TEMPLATES.lstrip_blocks = True


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the look of decks and an empty memory."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / LOOK, project / LOOK)
    return project


@pytest.fixture(scope="module")
def texts(project: Path) -> dict[str, str]:
    """The Markdown of every deck and document."""
    return dict(VIEWS.documents(TEMPLATES, Office(project, SITE).picture))


@pytest.fixture(scope="module")
def site(project: Path, texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with some of the decks and documents."""
    folder, office = tmp_path_factory.mktemp("site"), Office(project, SITE)
    decks = ("decks/mindsets.pptx", "decks/mobius.pptx", "decks/d01.pptx", "decks/g04.pptx")
    some = (*decks, "d02/pack.docx")
    office.write(folder, [(path, texts[path]) for path in some])
    assert len(office.made) == len(some)
    return folder


def slides(site: Path, name: str) -> list[Slide]:
    return list(Presentation(str(site / f"decks/{name}.pptx")).slides)


def words(slide: Slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def notes(slide: Slide) -> str:
    return slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


def links(slide: Slide) -> set[str]:
    return {rel.target_ref for rel in slide.part.rels.values() if rel.is_external}


def test_every_plan_collection_theme_path_and_activity_has_a_deck(texts: dict[str, str]) -> None:
    schema = SITE.schema
    names = {*SITE.plans, *SITE.activities, *(kind.folder for kind in schema.collections)}
    names |= {p.id for p in SITE.entries if p.collection.folder in ("themes", "paths")}
    assert {path for path in texts if path.endswith(".pptx")} == {f"decks/{n}.pptx" for n in names}


def test_mindset_is_shown_as_limiting_belief_with_its_antidote(site: Path) -> None:
    first, *entries = slides(site, "mindsets")
    assert first.shapes.title.text == SITE.page["mindsets/index.md"].title
    assert len(entries) == 24
    for slide, entry in zip(entries, VIEWS.of("mindsets/index.md").entries, strict=True):
        assert slide.shapes.title.text == f"Limiting belief: “{entry.title}”"
        assert "The antidote: " in words(slide)
        assert SITE.short_address(entry) in links(slide)
        assert "Ask yourselves" in notes(slide)
        assert "Twenty-four limiting mindsets in partnership" in notes(slide)


def test_nothing_of_the_markup_is_left(site: Path) -> None:
    for name in ("mindsets", "mobius", "d01", "g04"):
        for slide in slides(site, name):
            assert not re.search(r"\[@|\]\(|\*\*|&#|\{ ?#|\.md\b", words(slide) + notes(slide))


def test_drawing_is_a_picture_with_the_alternative_text_of_its_page(site: Path) -> None:
    found = [
        shape
        for slide in slides(site, "mobius")
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]
    pages = [page for page in SITE.pages if page.path.startswith("mobius/b0")]
    told = [link.text for p in pages for link in p.markup.links if link.form == "image"]
    assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in found] == told
    assert all(shape.image.content_type == "image/png" for shape in found)


def test_plan_has_every_step_and_what_may_be_said(site: Path) -> None:
    deck = slides(site, "d01")
    for part in VIEWS.parts("d01"):
        for step in part.steps:
            (slide,) = (s for s in deck if step.does in words(s))
            assert f"{step.minutes} minutes" in words(slide)
            assert step.says in notes(slide)
            assert links(slide)


def test_path_has_its_pages_in_order(site: Path) -> None:
    titles = [slide.shapes.title.text for slide in slides(site, "g04")]
    walk = [title for title in titles[1:] if title in {p.name for p in SITE.entries}]
    assert walk[0] != walk[-1]
    assert "Limiting belief" in titles[1]
    assert len(titles) == 8


def test_pack_is_in_the_order_of_the_printed_one(site: Path, built: Path) -> None:
    pack = docx.Document(str(site / "d02/pack.docx"))
    assert pack.paragraphs[0].text == "Half a day"
    headings = [p.text for p in pack.paragraphs if p.style.name == "Heading 1"]
    printed = (built / "d02/pack/index.html").read_text("utf-8")
    sections = re.findall(r'<section class="paper">\s*<h2>([^<]+)</h2>', printed)
    assert headings == sections
    assert pack.styles["Heading 1"].paragraph_format.page_break_before
    page = pack.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)


def test_pack_has_the_run_sheet_the_sheets_and_live_links(site: Path) -> None:
    pack = docx.Document(str(site / "d02/pack.docx"))
    run = [[cell.text for cell in row.cells] for row in pack.tables[0].rows]
    assert run[0] == ["Time", "What happens", "What you may say"]
    assert [row[0] for row in run if ":" in row[0]] == [p.start for p in VIEWS.parts("d02")]
    (matrix,) = (table for table in pack.tables if table.cell(0, 0).text == "Inform")
    assert matrix.cell(1, 1).text == "Keep on board"
    text = "\n".join(p.text for p in pack.paragraphs)
    assert "Ask afterwards:\n" in text
    assert not re.search(r"\[@|\]\(|\*\*|&#|\{ ?#|\.md\b", text)
    found = {r.target_ref for r in pack.part.rels.values() if r.is_external}
    assert {SITE.short_address(SITE.entry[id]) for id in ("d02", "w05", "w07")} <= found


def test_only_what_changed_is_made_again_and_the_bytes_are_the_same(
    project: Path, texts: dict[str, str], tmp_path: Path
) -> None:
    path = "decks/w09.pptx"

    def made(text: str) -> tuple[int, bytes]:
        office = Office(project, SITE)
        office.write(tmp_path, [(path, text)])
        return len(office.made), (tmp_path / path).read_bytes()

    first = made(texts[path])
    assert first[0] == 1
    assert made(texts[path]) == (0, first[1])
    assert made(f"{texts[path]}\n\nMore.")[0] == 1
    shutil.rmtree(project / CACHE)
    assert made(texts[path]) == first


def test_file_that_pandoc_cannot_make_is_told_in_one_line_and_not_kept(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(project, SITE)
    with pytest.raises(RefusedError, match=r"^pandoc could not make `decks/x.pptx`: [^\n]+$"):
        office.write(tmp_path, [("decks/x.pptx", "![](nowhere.png)")])
    assert list(tmp_path.iterdir()) == []
    assert not list((project / CACHE).glob("*.part"))

    config = load_config(str(ROOT / "mkdocs.release.yml"), site_dir=str(tmp_path))
    config.extra["guide"] = VIEWS
    broken = iter([("decks/x.pptx", "![](nowhere.png)")])
    monkeypatch.setattr(Views, "documents", lambda *_: broken)
    with pytest.raises(PluginError, match=r"^pandoc could not make"):
        mkdocs_hooks._write_documents(config)


def test_page_names_no_deck_where_none_is_made(built: Path) -> None:
    assert not (built / "decks").exists()
    for page in ("mindsets", "plans/d01-ninety-minutes"):
        assert ".pptx" not in (built / page / "index.html").read_text("utf-8")
