"""The self-check: a code for each person, and where a group differs, without anything sent."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_accessibility import barriers

from real import SITE

CHECK = "/self-check/"
STATEMENTS = {
    f"{letter}{n}": one
    for letter, row in SITE.selfcheck.items()
    for n, one in row.statements.items()
}
#: What four people say of some statements; they give all others a 3. A 0 is "don't know".
PEOPLE = (
    {"f1": 1, "f2": 1, "e7": 2, "q3": 0},
    {"f1": 5, "f2": 2, "e7": 5, "q3": 0},
    {"f1": 1, "f2": 3, "e7": 0, "q3": 0},
    {"f1": 5, "f2": 4, "e7": 0, "q3": 4},
)
#: A code that somebody has kept since the first edition: a 3 everywhere. It must open for ever.
KEPT = "1G1TCY05X9Q5T"


@pytest.fixture(params=["light", "dark"])
def tab(request: pytest.FixtureRequest, open_tab: Callable[..., Page]) -> Page:
    size = {"width": 320, "height": 800}
    return open_tab(color_scheme=request.param, reduced_motion="reduce", viewport=size)


@pytest.fixture
def once(open_tab: Callable[..., Page]) -> Page:
    return open_tab(permissions=["clipboard-read", "clipboard-write"])


def code_of(tab: Page, address: str, answers: dict[str, int]) -> str:
    tab.goto(address + CHECK)
    for id in STATEMENTS:
        tab.locator(f"#{id} input[value='{answers.get(id, 3)}']").check()
    expect(tab.locator("#answered")).to_have_text("21 of 21 answered.")
    return tab.locator("#code").inner_text()


def put_together(tab: Page, codes: str) -> None:
    tab.get_by_label("Codes or links of your group").fill(codes)
    tab.get_by_role("button", name="Show where you differ").click()


def test_four_people_answer_and_a_fifth_sees_where_they_differ(
    open_tab: Callable[..., Page], once: Page, address: str
) -> None:
    tabs = [open_tab() for _ in PEOPLE]
    codes = [code_of(tab, address, own) for tab, own in zip(tabs, PEOPLE, strict=True)]
    asked: list[str] = []
    once.goto(address + CHECK)
    once.on("request", lambda request: asked.append(request.url))
    given = [codes[0], f"Mine: {tabs[1].url}", codes[2].lower().replace(" ", ""), codes[3]]
    put_together(once, "\n".join(given))
    expect(once.locator("#differ")).to_have_text("Where you differ, 4 people")
    expect(once.locator("#differ")).to_be_focused()
    rows = [row.split("\t") for row in once.locator(".spread tbody tr").all_inner_texts()]
    named = {row[0][:2].lower(): row[1:] for row in rows}
    # How far apart: 5 - 2, the one pair. (4 + 0 + 4 + 4 + 0 + 4) / 6. (1 + 2 + 3 + 1 + 2 + 1) / 6.
    assert named["e7"] == ["0", "1", "0", "0", "1", "2", "3.0"]
    assert named["f1"] == ["2", "0", "0", "0", "2", "0", "2.7"]
    assert named["f2"] == ["1", "1", "1", "1", "0", "0", "1.7"]
    assert named["f3"] == ["0", "0", "4", "0", "0", "0", "0.0"]
    assert named["q3"] == ["0", "0", "0", "1", "0", "3", "–"]
    alike = sorted(set(STATEMENTS) - {"e7", "f1", "f2", "q3"})
    assert [*named] == ["e7", "f1", "f2", *alike, "q3"]
    cards = once.locator(".differ")
    assert cards.evaluate_all("all => all.map(one => one.dataset.id)") == [*named]
    said = cards.locator(".differ__said")
    expect(said.nth(0)).to_have_text("From 2 (a little) to 5 (fully). 2 of you don't know.")
    expect(said.nth(3)).to_have_text("You all said 3 (partly).")
    expect(said.last).to_have_text(
        "Only one of you gave a number, 4 (mostly). 3 of you don't know."
    )
    strip = cards.nth(1).get_by_role("img")
    expect(strip).to_have_accessible_name("1: 2 people, 5: 2 people")
    for id, card in zip(named, cards.all(), strict=True):
        one = STATEMENTS[id]
        leads = [SITE.entry[to] for to in (*one.read, one.run)]
        expect(card).to_contain_text(one.text)
        expect(card).to_contain_text(one.why)
        expect(card.get_by_role("link")).to_have_text([page.name for page in leads])
    once.get_by_role("button", name="Copy the link to this").click()
    expect(once.locator("#shared")).to_have_text("Copied: the link.")
    assert asked == []
    assert once.evaluate("localStorage.length + sessionStorage.length") == 0
    again = open_tab()
    again.goto(once.evaluate("navigator.clipboard.readText()"))
    assert [row.split("\t") for row in again.locator(".spread tbody tr").all_inner_texts()] == rows


def test_code_that_was_written_down_wrongly_is_told(once: Page, address: str) -> None:
    once.goto(f"{address}{CHECK}#codes={KEPT}")
    told = once.locator("#wrong li")
    expect(told).to_have_text("There is only one code. Add those of the others.")
    other = code_of(once, address, {"f1": 1})
    swapped = KEPT[:3] + KEPT[4] + KEPT[3] + KEPT[5:]
    put_together(
        once, f"{KEPT}\n{other}\n{other.lower()}\n{swapped}\n{KEPT[:-3]}Z{KEPT[-2:]}\n{KEPT[1:]}"
    )
    wrong = "is not a code. A letter or digit in it is wrong, or two have changed places."
    expect(told.nth(0)).to_have_text(f"“{swapped}” {wrong}")
    expect(told.nth(1)).to_contain_text(wrong)
    expect(told.nth(2)).to_contain_text("It has 12 letters and digits. A code has 13.")
    expect(told.nth(3)).to_have_text("A code that stands here more than once is counted once.")
    expect(once.locator("#differ")).to_have_text("Where you differ, 2 people")
    expect(once.get_by_label("Codes or links of your group")).to_be_focused()


def test_code_of_an_earlier_edition_opens_and_says_what_has_changed(
    once: Page, address: str
) -> None:
    """Here f8 is new in a second edition, which no longer asks e7."""
    changes = (
        'id="f8" data-since="1"', 'id="f8" data-since="2"',
        'id="e7" data-since="1" data-until=""', 'id="e7" data-since="1" data-until="1"',
    )  # fmt: skip

    def renew(route) -> None:
        text = route.fetch().text()
        for old, new in zip(changes[::2], changes[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        route.fulfill(body=text)

    once.route(f"**{CHECK}", renew)
    once.goto(f"{address}{CHECK}#a={KEPT}")
    changed = [
        f"No longer asked: “{STATEMENTS['e7'].text}”",
        f"New since then: “{STATEMENTS['f8'].text}”",
    ]
    expect(once.locator("#told li")).to_have_text(changed)
    expect(once.locator("#answered")).to_have_text("19 of 20 answered.")
    assert once.url.endswith(KEPT)
    once.locator("#f8 input[value='5']").check()
    code = once.locator("#code").inner_text()
    assert code.startswith("2") and once.url.endswith("#a=" + code.replace(" ", ""))
    put_together(once, f"{KEPT}\n{code}")
    expect(once.locator("#changed li")).to_have_text(changed)
    expect(once.locator(".differ")).to_have_count(21)
    gone = once.locator(".differ", has_text=STATEMENTS["e7"].text)
    expect(gone).to_contain_text(
        "Only one of you gave a number, 3 (partly). This is no longer asked"
    )
    once.unroute_all()
    once.goto(f"{address}{CHECK}?today#codes={KEPT},{code.replace(' ', '')}")
    expect(once.locator("#wrong li").first).to_contain_text(
        "made with a later edition of this page"
    )


def test_it_is_used_by_keyboard_alone_without_a_connection(tab: Page, address: str) -> None:
    tab.goto(address + CHECK)
    assert barriers(tab) == []
    tab.context.set_offline(True)
    tab.get_by_role("link", name="On paper", exact=True).focus()
    for id in STATEMENTS:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.name") == id
        tab.keyboard.press("Space")
        tab.keyboard.press("ArrowRight")
        tab.keyboard.press("Tab")  # The page that the statement rests on.
    group = tab.get_by_role("group", name=STATEMENTS["f2"].text)
    expect(group.get_by_role("radio", name="2 a little")).to_be_checked()
    expect(tab.locator("#answered")).to_have_text("21 of 21 answered.")
    first = tab.locator("#code").inner_text()
    tab.get_by_role("link", name="Put codes together").focus()
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#a=" + first.replace(" ", ""))
    tab.keyboard.press("Tab")
    tab.keyboard.type(f"{first}\n{KEPT}\nhello")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Codes or links of your group")).to_be_focused()
    expect(tab.locator("#wrong")).to_contain_text("“hello” is not a code. It has 5 letters and")
    expect(tab.get_by_role("table").get_by_role("row")).to_have_count(22)
    assert barriers(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") == 320


def test_form_and_sheet_and_result_are_printed(once: Page, plain: Page, address: str) -> None:
    plain.goto(address + CHECK)
    expect(plain.locator("#answers")).to_be_hidden()
    assert plain.evaluate("document.documentElement.scrollWidth") == 390
    assert barriers(plain) == []
    once.goto(address + CHECK)
    for tab in (plain, once):
        assert len(re.findall(rb"/Type /Page\b", tab.pdf(format="A4"))) == 2
        tab.emulate_media(media="print")
        form, tally = tab.locator(".paper").all_inner_texts()
        for id, one in STATEMENTS.items():
            (place,) = SITE.entry[one.entry].front.words("covers")
            assert f"{id.upper()}\t{one.text} " in form
            assert SITE.item[place].locator in form
            leads = f"{', '.join(one.read)}\t{one.run}".upper()
            assert re.search(rf"{id.upper()}\t{re.escape(one.text)}\s+{leads}", tally)
        assert "Not a diagnosis, a benchmark or a measure for funders." in form
        assert [tab.locator(".form-grid__box").count(), tab.locator("h1").is_visible()] == [
            252,
            False,
        ]
    once.emulate_media(media="screen")
    other = code_of(once, address, {"f1": 1})
    put_together(once, f"{KEPT}\n{other}")
    once.evaluate(
        "window.print = () => document.title = document.querySelector('.selfcheck').dataset.prints"
    )
    once.get_by_role("button", name="Print the form and the sheet").click()
    expect(once).to_have_title("papers")
    once.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(re.findall(rb"/Type /Page\b", once.pdf(format="A4"))) == 4
    once.emulate_media(media="print")
    expect(once.locator(".paper").first).to_be_hidden()
    expect(once.locator("#answers")).to_be_hidden()
    expect(once.locator(".differ").first).to_contain_text(STATEMENTS["f1"].why)
    expect(once.locator(".spread")).to_be_visible()


def test_script_is_small_and_loaded_by_this_page_alone(
    once: Page, address: str, built: Path
) -> None:
    (script,) = (built / "assets").glob("selfcheck.*.js")
    assert len(gzip.compress(script.read_bytes(), 9)) <= 10 * 1024
    asked: list[str] = []
    once.on("request", lambda request: asked.append(request.url))
    once.goto(address + SITE.entry["p02"].address)
    once.wait_for_load_state("networkidle")
    assert not [url for url in asked if "selfcheck." in url]
    once.get_by_role("link", name="self-check", exact=True).click()
    expect(once.get_by_role("heading", level=1)).to_contain_text("A self-check for a group")
