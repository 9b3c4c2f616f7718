"""The self-check: a code for each person, and where a group differs, without anything sent."""

import re

from playwright.sync_api import Page, Route, expect

from barriers import barriers_in_both_schemes
from guides import OpenTab, asked_by
from real import SITE

CHECK = "/self-check/"
STATEMENTS = {k + n: one for k, row in SITE.selfcheck.items() for n, one in row.statements.items()}
#: What four people say, one after the other; they give all others a 3. A 0 is "don't know".
SAID = {"f1": "1515", "f2": "1234", "e7": "2500", "q3": "0004"}
#: A code that somebody has kept since the first edition, a 3 everywhere. It must open for ever.
KEPT = "1G1TCY05X9Q5T"


def code_of(tab: Page, address: str, **answers: str) -> str:
    tab.goto(address + CHECK)
    given = [f"#{id} input[value='{answers.get(id, 3)}']" for id in STATEMENTS]
    tab.evaluate("all => all.forEach((one) => document.querySelector(one).click())", given)
    return tab.locator("#code").inner_text()


def pages(tab: Page) -> int:
    tab.emulate_media(media="print")
    return len(re.findall(rb"/Type /Page\b", tab.pdf(format="A4")))


def put_together(tab: Page, *codes: str) -> None:
    tab.get_by_label("Codes or links of your group").fill("\n".join(codes))
    tab.get_by_role("button", name="Show where you differ").click()


def table(tab: Page) -> dict[str, str]:
    rows = (row.partition("\t") for row in tab.locator(".spread tbody tr").all_inner_texts())
    return {name[:2].lower(): cells.replace("\t", " ") for name, _, cells in rows}


def test_four_people_answer_and_a_fifth_sees_where_they_differ(
    open_tab: OpenTab, tab: Page, address: str
) -> None:
    tabs = [open_tab() for _ in range(4)]
    people = (dict(zip(SAID, said, strict=True)) for said in zip(*SAID.values(), strict=True))
    codes = [code_of(own, address, **said) for own, said in zip(tabs, people, strict=True)]
    tab.goto(address + CHECK)
    asked = asked_by(tab)
    codes[1:] = [f"Mine is {tabs[1].url}", codes[2].lower().replace(" ", ""), f"Asif: {codes[3]}"]
    put_together(tab, *codes)
    expect(tab.get_by_role("heading", name="Where you differ, 4 people")).to_be_focused()
    spread = table(tab)
    # How far apart: 5 - 2, the one pair. (4 + 0 + 4 + 4 + 0 + 4) / 6. (1 + 2 + 3 + 1 + 2 + 1) / 6.
    assert spread["e7"] == "0 1 0 0 1 2 3.0"
    assert spread["f1"] == "2 0 0 0 2 0 2.7"
    assert spread["f2"] == "1 1 1 1 0 0 1.7"
    assert spread["f3"] == "0 0 4 0 0 0 0.0"
    assert spread["q3"] == "0 0 0 1 0 3 –"
    assert [*spread] == ["e7", "f1", "f2", *sorted({*STATEMENTS} - {"e7", "f1", "f2", "q3"}), "q3"]
    cards, said = tab.locator(".differ"), tab.locator(".differ__said")
    expect(said.nth(0)).to_have_text("From 2 (a little) to 5 (fully). 2 of you don't know.")
    expect(said.last).to_contain_text("Only one of you gave a number, 4 (mostly).")
    expect(cards.nth(1).get_by_role("img")).to_have_accessible_name("1: 2 people, 5: 2 people")
    for one, card in zip(map(STATEMENTS.get, spread), cards.all(), strict=True):
        leads = [SITE.entry[to].name for to in (*one.read, one.run)]
        assert card.get_by_role("link").all_inner_texts() == leads
        assert {one.text, one.why} <= {*re.split(r"\n+|(?<=^..) ", card.inner_text())}
    assert {url.rpartition("/")[2] for url in asked} <= {"favicon.svg"}
    assert tab.evaluate("localStorage.length + sessionStorage.length") == 0
    tabs[0].goto(tab.url)
    assert table(tabs[0]) == spread


def test_code_that_was_written_down_wrongly_is_told(tab: Page, address: str) -> None:
    tab.goto(f"{address}{CHECK}#codes={KEPT}")
    told = tab.locator("#wrong li")
    expect(told).to_have_text("There is only one code. Add those of the others.")
    other = code_of(tab, address, f1="1")
    swapped, typed = KEPT[:3] + KEPT[4] + KEPT[3] + KEPT[5:], KEPT[:-3] + "Z" + KEPT[-2:]
    put_together(tab, KEPT, other, other.lower(), swapped, typed, KEPT[1:])
    wrong = "is not a code. A letter or digit in it is wrong, or two have changed places."
    size = f"“{KEPT[1:]}” is not a code. It has 12 letters and digits. A code has 13."
    double = "The same code is here more than once. It is counted once, even if two of you "
    double += "gave the same answers."
    expect(told).to_have_text([f"“{swapped}” {wrong}", f"“{typed}” {wrong}", size, double])
    expect(tab.get_by_label("Codes or links of your group")).to_be_focused()


def test_code_of_an_earlier_edition_says_what_has_changed(tab: Page, address: str) -> None:
    """Here f9 is new in a second edition, with the words of f8, and e7 is no longer asked."""
    f8 = '(<li class="differ" data-id=")f8(" data-since=")1(.*?</li>)'

    def renew(route: Route) -> None:
        text, added = re.subn(f8, r"\g<0>\1f9\g<2>2\3", route.fetch().text(), flags=re.DOTALL)
        text, ended = re.subn('(id="e7" data-since="1" data-until=")', r"\g<1>1", text)
        assert (added, ended) == (1, 1)
        route.fulfill(body=text)

    tab.route(f"**{CHECK}", renew)
    tab.goto(f"{address}{CHECK}#a={KEPT}")
    gone, new = STATEMENTS["e7"].text, STATEMENTS["f8"].text
    changed = [f"No longer asked: “{gone}”", f"New since then: “{new}”"]
    expect(tab.locator("#told li")).to_have_text(changed)
    expect(tab.locator("#answered")).to_have_text("20 of 21 answered.")
    tab.locator("#f1 input[value='5']").check()
    code = tab.locator("#code").inner_text()
    assert tab.url.endswith("#a=2" + code[1:].replace(" ", ""))
    put_together(tab, KEPT, code)
    expect(tab.locator("#changed li")).to_have_text(changed)
    expect(tab.locator(".differ__said").last).to_contain_text("This is no longer asked.")
    tab.unroute_all()
    tab.goto(f"{address}{CHECK}?today#codes={KEPT},{code}")
    expect(tab.locator("#wrong li").first).to_contain_text("with a later edition of this page")


def test_it_is_used_by_keyboard_without_a_connection(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 800})
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(address + SITE.entry["p02"].address)
    tab.get_by_role("link", name="self-check", exact=True).click()
    tab.wait_for_url(address + CHECK)
    assert barriers_in_both_schemes(tab) == []
    tab.context.set_offline(True)
    tab.get_by_role("link", name="On paper", exact=True).focus()
    for id in STATEMENTS:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.name") == id
        for key in ("Space", "ArrowRight", "Tab"):  # The last leads to the source.
            tab.keyboard.press(key)
    expect(tab.get_by_role("radio", name="2 a little", checked=True)).to_have_count(21)
    code = tab.locator("#code").inner_text()
    tab.get_by_role("link", name="Put codes together").press("Enter")
    expect(tab.get_by_label("Codes or links of your group")).to_be_visible()
    for text in ("Tab", code, "Enter", KEPT, "Enter", "hello", "Tab", "Enter"):
        (tab.keyboard.press if text in ("Enter", "Tab") else tab.keyboard.type)(text)
    # A busy browser tells only now that a link has led to "together".
    tab.evaluate("dispatchEvent(new HashChangeEvent('hashchange', {newURL: '#together'}))")
    expect(tab.locator("#wrong")).to_contain_text("“hello” is not a code. It has 5 letters and")
    expect(tab.get_by_role("table").get_by_role("row")).to_have_count(22)
    assert barriers_in_both_schemes(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") == 320


def test_form_and_sheet_and_result_are_printed(tab: Page, plain: Page, address: str) -> None:
    plain.set_viewport_size({"width": 320, "height": 800})
    for own in (plain, tab):
        own.goto(address + CHECK)
        assert own.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert pages(own) == 2
        form, tally = own.locator(".paper").all_inner_texts()
        for id, one in STATEMENTS.items():
            (item,) = SITE.entry[one.entry].front.words("covers")
            assert re.search(rf"{id.upper()}\s+{one.text}.*{SITE.item[item].locator}\s", form)
            leads = rf"{id}\s+{one.text}\s+{', '.join(one.read)}\s+{one.run}\b"
            assert re.search(leads, tally, re.IGNORECASE)
        assert "Not a diagnosis, a benchmark or a measure for funders." in form
        expect(own.locator("#answers")).to_be_hidden()
        own.emulate_media(media="screen")
    put_together(tab, KEPT, code_of(tab, address, f1="1"))
    assert pages(tab) == 4
    tab.emulate_media(media="screen")
    tab.evaluate("window.print = () => {}")
    tab.get_by_role("button", name="Print the form and the sheet").click()
    assert pages(tab) == 2
