"""Cards to print and cut out: front and back meet, nothing is cut off, codes are read."""

import io
import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

#: The ids of the entries that are cards, by collection.
CARDS = {
    "mindsets": [f"m{number:02}" for number in range(1, 25)],
    "lessons": [f"l{number:02}" for number in range(1, 11)],
    "mobius": ["b05", "b06", "b07", "b08", "b09", "b10"],
}
#: Points of an A4 page, and how many more dots than a screen a printer of 300 dots an inch has.
A4, PRINTER = (595, 842), 300 / 96


@pytest.fixture(params=CARDS)
def sheets(request: pytest.FixtureRequest, browser: Browser, address: str) -> tuple[str, Page]:
    """The name of a collection, and its page of cards as a printer has it."""
    tab = browser.new_page(device_scale_factor=PRINTER)
    tab.emulate_media(media="print")
    tab.goto(f"{address}/{request.param}/cards/")
    return request.param, tab


def test_each_front_and_its_back_are_pages_of_a4(sheets: tuple[str, Page]) -> None:
    name, tab = sheets
    pages = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", tab.pdf(prefer_css_page_size=True))
    assert {(round(float(w)), round(float(h))) for w, h in pages} == {A4}
    assert len(pages) == 2 * -(-len(CARDS[name]) // 8)


def test_code_on_each_back_leads_to_the_entry_on_its_front(sheets: tuple[str, Page]) -> None:
    name, tab = sheets
    fronts, backs = [], []
    for place, sheet in enumerate(tab.locator(".cut").all()):
        if place % 2 == 0:
            rows = sheet.locator(".cut__card").evaluate_all(
                "all => all.map(c => [c.offsetLeft, c.offsetTop, c.innerText.split('\\n')[0]])"
            )
            fronts += [(x, y, place + 1, text.split()[-1].lower()) for x, y, text in rows if text]
            continue
        box = sheet.bounding_box()
        for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(sheet.screenshot()))):
            # Seen through the paper, left is right.
            x = box["width"] - code.position.top_left.x / PRINTER
            backs.append((x, code.position.top_left.y / PRINTER, place, code.text.split("/")[-2]))
    assert [front[3] for front in fronts] == CARDS[name]
    assert len(backs) == len(fronts)
    for x, y, place, id in fronts:
        behind = [b for b in backs if b[2] == place and 0 < b[0] - x < 322 and 0 < b[1] - y < 235]
        assert [b[3] for b in behind] == [id]


def test_nothing_is_cut_off(sheets: tuple[str, Page]) -> None:
    _, tab = sheets
    too_much = "cards => cards.filter(c => c.scrollHeight > c.clientHeight).map(c => c.innerText)"
    assert tab.locator(".cut__card").evaluate_all(too_much) == []


def test_index_leads_to_its_cards(built: Path) -> None:
    for name in CARDS:
        page = (built / name / "index.html").read_text("utf-8")
        assert f'href="../{name}/cards/"' in page
        assert (built / name / "cards/index.html").is_file()
