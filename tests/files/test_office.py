"""Decks and documents, each read as another program reads it."""

import math
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from pptx import Presentation

import mkdocs_hooks
from documents import VIEWS, documents
from guide.files.office import CACHE, LOOK, Office
from guide.pages.views import BOUND_AS, Views
from guides import ROOT
from real import SITE

#: What only Markdown, HTML or a template would have, and a colon that announces nothing.
MARKUP = re.compile(r"\[@|\]\(|\*\*|&#|&amp;|\{ ?[#.%{]|\.md\b|^\||:\s*\Z", re.M)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with every deck and document."""
    decks = {path: text for path, text in documents().items() if not path.endswith(BOUND_AS)}
    Office(ROOT).write(site := tmp_path_factory.mktemp("site"), decks)
    return site


def slides(site: Path, name: str) -> Iterator[tuple[str, list[str], str, set[str], list[str]]]:
    """Title, words, notes, links and descriptions of pictures of each slide."""
    for slide in Presentation(str(site / f"decks/{name}.pptx")).slides:
        title, *others = slide.shapes
        words = [shape.text_frame.text for shape in others if shape.has_text_frame]
        told = [s._element.nvPicPr.cNvPr.get("descr") for s in others if not s.has_text_frame]
        notes = slide.notes_slide.notes_text_frame.text
        yield title.text_frame.text, words, notes, links(slide.part), told


def links(part: object) -> set[str]:
    return {rel.target_ref for rel in part.rels.values() if rel.is_external}


def test_every_deck_that_is_due_is_whole_and_each_of_its_slides_fits(site: Path) -> None:
    names = {*SITE.plans, *SITE.activities, *(kind.folder for kind in SITE.schema.collections)}
    names |= {p.id for p in SITE.entries if p.collection.folder in ("themes", "paths")}
    assert {path.stem for path in site.glob("decks/*")} == names
    for name in names:
        for title, words, notes, to, told in slides(site, name):
            assert all([title, notes, SITE.url in f"{notes} {to}", *words, *told]), (name, title)
            assert not [text for text in (*words, notes) if MARKUP.search(text)], (name, title)
            lines = sum(math.ceil(len(line) / 62) for text in words for line in text.splitlines())
            assert lines <= 11, f"{name}: {title} is higher than a slide"


def test_mindset_is_shown_as_limiting_belief_with_its_antidote(site: Path) -> None:
    _, *shown = slides(site, "mindsets")
    for entry, slide in zip(VIEWS.of("mindsets/index.md").entries, shown, strict=True):
        title, (words,), notes, to, _ = slide
        assert title == f"Limiting belief: “{entry.title}”"
        assert words.startswith("The antidote: ")
        assert "Ask yourselves" in notes
        assert SITE.short_address(entry) in to


def test_deck_has_each_drawing_each_step_and_each_page_of_a_path(site: Path) -> None:
    drawn = [(to, told[0]) for *_, to, told in slides(site, "mobius") if told]
    for id, (to, told) in zip(("b01", "b02"), drawn, strict=True):
        assert to == {SITE.short_address(SITE.entry[id])}
        assert told in [link.text for link in SITE.entry[id].markup.links]
    deck = list(slides(site, "d01"))
    assert any(told and told[0].startswith("A matrix of four squares") for *_, told in deck)
    for part in VIEWS.parts("d01"):
        for step in part.steps:
            ((title, words, notes, *_),) = (s for s in deck if step.does in "".join(s[1]))
            assert part.name in title
            assert f"{step.minutes} minutes" in words[0]
            assert step.says in notes
    walk = ("m12", "w01", "w02", "w03", "b11", "w07", "w09")
    for id, (title, *_) in zip(walk, [*slides(site, "g04")][1:], strict=True):
        assert SITE.entry[id].name in title


def test_pack_is_that_of_the_printed_page(site: Path, built: Path) -> None:
    for id in SITE.plans:
        pack, parts = docx.Document(str(site / f"{id}/pack.docx")), VIEWS.parts(id)
        printed = (built / id / "pack/index.html").read_text("utf-8")
        heads = re.findall(r'<h2(?! id="[bc])[^>]*>(?:<a [^>]*>)?([^<]+)', printed)
        assert [p.text for p in pack.paragraphs if p.style.name == "Heading 1"] == heads
        assert ".docx" not in printed, "only a release has documents"
        assert pack.styles["Heading 1"].paragraph_format.page_break_before
        times = [time for row in pack.tables[0].rows if ":" in (time := row.cells[0].text)]
        assert times == [part.start for part in parts]
        assert not MARKUP.search("\n".join(p.text for p in pack.paragraphs))
        assert {SITE.short_address(p.activity or SITE.entry[id]) for p in parts} <= links(pack.part)


def test_only_what_changed_is_made_again_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    shutil.copytree(ROOT / LOOK, tmp_path / LOOK)

    def made(text: str) -> tuple[bool, bytes]:
        office = Office(tmp_path)
        office.write(tmp_path, {"x.pptx": text})
        return bool(office.made), (tmp_path / "x.pptx").read_bytes()

    first, again, changed = made("## One"), made("## One"), made("## Two")
    assert (first[0], again[0], changed[0]) == (True, False, True)
    shutil.rmtree(tmp_path / CACHE)
    assert made("## One") == first
    (tmp_path / LOOK / "figtree.ttf").write_bytes(b"")
    assert made("## One")[0]


def test_file_that_pandoc_cannot_make_stops_the_build_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load_config(str(ROOT / "mkdocs.release.yml"), site_dir=str(tmp_path))
    config.extra["guide"] = VIEWS
    monkeypatch.setattr(Views, "documents", lambda *_: {"x.pptx": "![](nowhere.png)"})
    with pytest.raises(PluginError, match=r"^pandoc could not make `x.pptx`: [^\n]+$"):
        mkdocs_hooks.on_post_build(config)
    assert list(tmp_path.iterdir()) == []
