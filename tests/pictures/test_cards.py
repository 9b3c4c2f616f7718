"""Slide cards: legible and of the right size."""

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from guide.pictures.cards import LEFT, LOWEST, SUMMARY_ROOM, TITLE_ROOM, Press
from guides import ROOT
from real import SITE

PRESS = Press(ROOT, SITE)


@pytest.mark.parametrize("id", ["m05", "trust", "l02"])
def test_picture_is_16_by_9_and_its_code_leads_to_the_entry(id: str) -> None:
    picture = Image.open(io.BytesIO(PRESS.png(SITE.entry[id])))
    assert picture.size == (1600, 900)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == SITE.short_address(SITE.entry[id])


def test_no_text_leaves_its_room() -> None:
    for page in SITE.entries:
        lines = list(PRESS.lines(page))
        assert [line.y for line in lines] == sorted({line.y for line in lines}), page.id
        assert lines[-1].y <= LOWEST, page.id
        for line in lines:
            room = TITLE_ROOM if line.font.size > 42 else SUMMARY_ROOM
            assert line.x == LEFT
            assert line.font.getlength(line.text) <= room, page.id


def test_page_names_no_card_where_none_is_made(built: Path) -> None:
    page = (built / "mindsets/m05-trust-first/index.html").read_text("utf-8")
    assert "card." not in page
