"""Slide cards: legible and of the right size."""

import re
from html import unescape
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageFont

from documents import TEMPLATES, VIEWS
from guide.files.office import LOOK, Office
from guide.source.model import Page
from guides import ROOT
from real import SITE


def card(page: Page) -> str:
    card = TEMPLATES.get_template("guide/card.svg")
    return card.render(guide=VIEWS, view=VIEWS.of(page.path))


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
    bitter = ImageFont.truetype(ROOT / LOOK / "bitter.ttf", 100)
    figtree = ImageFont.truetype(ROOT / LOOK / "figtree.ttf", 100)
    for page in SITE.entries:
        rows = [(float(y), int(size), unescape(text)) for y, size, text in line.findall(card(page))]
        assert " ".join(text for _, _, text in rows) == f"{page.name} {page.summary}"
        assert [y for y, _, _ in rows] == sorted({y for y, _, _ in rows}), page.id
        assert rows[-1][0] <= 735, page.id
        for _, size, text in rows:
            face, room = (bitter, 1376) if size > 42 else (figtree, 1010)
            assert face.getlength(text) * size / 100 <= room, page.id
