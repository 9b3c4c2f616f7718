"""Slide cards: legible and of the right size."""

import re
from html import unescape
from pathlib import Path

import pytest
import zxingcpp
from jinja2 import Environment, FileSystemLoader
from PIL import Image, ImageFont

from guide.files.office import LOOK, Office
from guide.pages.views import Views
from guide.source.model import Page
from guide.works.references import format_references
from guides import ROOT
from real import SITE

VIEWS = Views(SITE, format_references(SITE.works, ROOT), cards=True, day=None)
ENV = Environment(
    loader=FileSystemLoader(ROOT / "overrides"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def card(page: Page) -> str:
    return ENV.get_template("guide/card.svg").render(guide=VIEWS, view=VIEWS.of(page.path))


@pytest.mark.parametrize("id", ["m05", "trust", "l02"])
def test_picture_is_16_by_9_and_its_code_leads_to_the_entry(id: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / LOOK).symlink_to(ROOT / LOOK)
    Office(tmp_path).write(tmp_path, {"card.png": card(SITE.entry[id])})
    picture = Image.open(tmp_path / "card.png")
    assert picture.size == (1600, 900)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == SITE.short_address(SITE.entry[id])


def test_no_text_leaves_its_room() -> None:
    line = re.compile(r'<text x="112" y="([\d.]+)" font-size="(\d+)">(.+)</text>')
    faces = {
        name: ImageFont.truetype(ROOT / LOOK / name, 100) for name in ("bitter.ttf", "figtree.ttf")
    }
    for page in SITE.entries:
        rows = [(float(y), int(size), unescape(text)) for y, size, text in line.findall(card(page))]
        assert " ".join(text for _, _, text in rows) == f"{page.name} {page.summary}"
        assert [y for y, _, _ in rows] == sorted({y for y, _, _ in rows}), page.id
        assert rows[-1][0] <= 735, page.id
        for _, size, text in rows:
            face, room = ("bitter.ttf", 1376) if size > 42 else ("figtree.ttf", 1010)
            assert faces[face].getlength(text) * size / 100 <= room, page.id


def test_page_names_no_card_where_none_is_made(built: Path) -> None:
    page = (built / "mindsets/m05-trust-first/index.html").read_text("utf-8")
    assert "card." not in page
