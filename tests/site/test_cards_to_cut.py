"""Cards to print and cut out: front and back meet, nothing is cut off, codes are read."""

import io
import re

import pytest
import zxingcpp
from PIL import Image

from guides import OpenTab

CARDS = {
    "mindsets": [f"m{number:02}" for number in range(1, 25)],
    "lessons": [f"l{number:02}" for number in range(1, 11)],
    "mobius": ["b05", "b06", "b07", "b08", "b09", "b10"],
}
PRINTER = 300 / 96  # dots for one of a screen


@pytest.mark.parametrize("name", CARDS)
def test_front_and_back_of_each_card_meet_on_a4(name: str, open_tab: OpenTab, address: str) -> None:
    tab = open_tab(device_scale_factor=PRINTER)
    tab.goto(f"{address}/{name}/")
    tab.get_by_role("link", name="Cards to print and cut out").click()
    tab.emulate_media(media="print")
    pages = re.findall(rb"/MediaBox \[0 0 59[45][.\d]* 84[12]", tab.pdf(prefer_css_page_size=True))
    assert len(pages) == 2 * -(-len(CARDS[name]) // 8), "sheets of A4"
    too_much = "cards => cards.filter(c => c.scrollHeight > c.clientHeight).map(c => c.innerText)"
    assert tab.locator(".cut__card").evaluate_all(too_much) == []
    fronts, sheets = [], tab.locator(".cut").all()
    for front, back in zip(sheets[::2], sheets[1::2], strict=True):
        where = "all => all.map(c => [c.offsetLeft, c.offsetTop, c.innerText.split('\\n')[0]])"
        places = front.locator(".cut__card").evaluate_all(where)
        codes = [  # Seen through the paper, left is right.
            (back.bounding_box()["width"] - at.x / PRINTER, at.y / PRINTER, code.text)
            for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(back.screenshot())))
            for at in [code.position.top_left]
        ]
        for x, y, text in places:
            id = text.rpartition(" ")[2].lower()
            behind = [to for right, down, to in codes if 0 < right - x < 322 and 0 < down - y < 235]
            assert [to.split("/")[-2] for to in behind] == [id] * bool(id)
            fronts += [id] * bool(id)
    assert fronts == CARDS[name]
