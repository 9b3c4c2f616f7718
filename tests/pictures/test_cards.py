"""Slide cards: legible, of the right size, and made only when something changed."""

import io
import shutil
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from guide.pictures import cards
from guide.pictures.cards import LEFT, LOWEST, SUMMARY_ROOM, TITLE_ROOM, Press, card_of, make_cards
from guide.source.reader import read_site
from guides import ROOT, Case, change, make_guide
from real import SITE

PRESS = Press(ROOT)


def test_card_is_made_again_only_when_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_guide(Case("", (), ""), tmp_path)
    shutil.copytree(ROOT / "docs/assets/fonts", project / "docs/assets/fonts")

    def made() -> int:
        return make_cards(project, read_site(project), tmp_path / "site")

    assert made() == 2
    assert made() == 0
    entry = project / "docs/lessons/l01-trust.md"
    change(entry, "Nobody trusts", "No one trusts")
    assert made() == 1
    change(entry, "Do one small thing", "Do one small job")
    assert made() == 0
    changed = tmp_path / "cards.py"
    changed.write_text("another drawing")
    monkeypatch.setattr(cards, "__file__", str(changed))
    assert made() == 2


@pytest.mark.parametrize("id", ["m05", "trust", "l02"])
def test_picture_is_16_by_9_and_its_code_leads_to_the_entry(id: str) -> None:
    card = card_of(SITE, SITE.entry[id])
    picture = Image.open(io.BytesIO(PRESS.png(card)))
    assert picture.size == (1600, 900)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == card.address


def test_no_text_leaves_its_room() -> None:
    for page in SITE.entries:
        lines = list(PRESS.lines(card_of(SITE, page)))
        assert [line.y for line in lines] == sorted({line.y for line in lines}), page.id
        assert lines[-1].y <= LOWEST, page.id
        for line in lines:
            room = TITLE_ROOM if line.font.size > 42 else SUMMARY_ROOM
            assert line.x == LEFT
            assert line.font.getlength(line.text) <= room, page.id


def test_page_names_no_card_where_none_is_made(built: Path) -> None:
    page = (built / "mindsets/m05-trust-first/index.html").read_text("utf-8")
    assert "card." not in page
