"""Slide cards: legible, of the right size, and made only when something changed."""

import io
import shutil
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from guide.pictures.card_files import make_cards
from guide.pictures.cards import HEIGHT, TEMPLATE, WIDTH, Press, card_of, png
from guide.source.reader import read_site
from guides import ROOT, Case, make_guide
from test_build import SITE

PRESS = Press(ROOT)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small guide with the real template and typefaces."""
    root = make_guide(Case("", (), ""), tmp_path)
    shutil.copytree(ROOT / "docs/assets/fonts", root / "docs/assets/fonts")
    shutil.copy(ROOT / TEMPLATE, root / TEMPLATE)
    return root


def test_card_is_made_again_only_when_something_changed(project: Path, tmp_path: Path) -> None:
    def made() -> int:
        return make_cards(project, read_site(project), tmp_path / "site")

    assert made() == 2
    assert made() == 0
    entry = project / "docs/lessons/l01-trust.md"
    entry.write_text(entry.read_text("utf-8").replace("Nobody trusts", "No one trusts"), "utf-8")
    assert made() == 1
    body = entry.read_text("utf-8").replace("Do one small thing", "Do one small job")
    entry.write_text(body, "utf-8")
    assert made() == 0
    template = project / TEMPLATE
    template.write_text(template.read_text("utf-8").replace("#fdfcf9", "#ffffff"), "utf-8")
    assert made() == 2
    assert {path.name for path in (tmp_path / "site/l01").iterdir()} == {"card.png", "card.svg"}


@pytest.mark.parametrize("id", ["m05", "trust", "l02"])
def test_picture_is_16_by_9_and_its_code_leads_to_the_entry(id: str) -> None:
    card = card_of(SITE, SITE.entry[id])
    picture = Image.open(io.BytesIO(png(PRESS.svg(card))))
    assert picture.size == (WIDTH, HEIGHT) == (1600, 900)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == card.address


def test_no_text_leaves_its_room() -> None:
    for page in SITE.entries:
        card = card_of(SITE, page)
        title, summary = PRESS.set_text(card)
        name = 790
        assert summary[-1].y < name - 40, page.id
        assert title[-1].y < summary[0].y, page.id
        for placed, room in ((title, 1376), (summary, 1010)):
            widest = max(one.line.width * one.scale for one in placed)
            assert widest <= room, page.id


def test_card_needs_no_typeface_and_says_what_it_shows() -> None:
    svg = PRESS.svg(card_of(SITE, SITE.entry["m05"]))
    assert "<text" not in svg
    assert "font" not in svg
    assert "<title>“We must trust each other before this can work”</title>" in svg


def test_page_names_no_card_where_none_is_made(built: Path) -> None:
    page = (built / "mindsets/m05-trust-first/index.html").read_text("utf-8")
    assert "card." not in page
