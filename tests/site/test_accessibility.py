"""axe-core finds no barrier on any page, in any state, in both schemes and widths."""

import re
from functools import cache
from itertools import cycle
from pathlib import Path

import pytest
from lxml import html as html_tree
from lxml.etree import Element
from playwright.sync_api import Page, expect

from barriers import ALL_BUT_COLOURS, COLOURS, barriers, barriers_in_both_schemes
from real import SITE, kinds

HERE = Path(__file__).parent
VISITOR = {"reduced_motion": "reduce", "service_workers": "allow"}


@pytest.mark.parametrize("part", range(6))
def test_no_page_has_a_barrier_overflows_asks_elsewhere_or_complains(
    tab: Page, address: str, part: int
) -> None:
    """Every page in turn on a phone and on a desk; one of each kind on both."""
    told: list[str] = []
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.on("request", lambda r: r.url.startswith(("data:", address)) or told.append(r.url))
    widths, on_both = [320, 390, 1280], {page.partition("?")[0] for page in kinds()}
    for page in SITE.pages[part::6]:
        tab.goto(address + page.address)
        for width in widths:
            tab.set_viewport_size({"width": width, "height": 800})
            over = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
            told += [f"{page.address} is {over} pixels too wide at {width}"] * (over > 0)
            if width == widths[-1] or (width == widths[0] and page.address in on_both):
                told += [f"{page.address} {barrier}" for barrier in barriers(tab, ALL_BUT_COLOURS)]
        widths.reverse()
    assert told == []


def text_places(html: str) -> set[tuple]:
    """What a page's texts stand in: each element with those around it, by name and class."""
    places: dict[html_tree.HtmlElement | None, tuple] = {None: ()}
    found = set()
    for element in html_tree.fromstring(html).iter(Element):
        around = places[element.getparent()]
        places[element] = (*around, (element.tag, element.get("class")))
        found |= {places[element]} if (element.text or "").strip() else set()
        found |= {around} if (element.tail or "").strip() else set()
    return found


@cache
def with_all_texts(built: Path) -> list[str]:
    """Pages that together have texts in all elements of the guide, the richest first."""
    files = {page.address: built / page.address[1:] / "index.html" for page in SITE.pages}
    texts = {path: text_places(file.read_text("utf-8")) for path, file in files.items()}
    found, left = [], set().union(*texts.values())
    assert len(left) > 200
    while left:
        found.append(max(texts, key=lambda path: len(texts[path] & left)))
        left -= texts[found[-1]]
    return found


@pytest.mark.parametrize("part", range(4))
def test_texts_stand_out_from_their_ground(tab: Page, address: str, built: Path, part: int) -> None:
    """In turn on a phone and on a desk, in each scheme."""
    told, widths = [], cycle([390, 1280, 1280, 390])
    for path in with_all_texts(built)[part::4]:
        tab.goto(address + path)
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            tab.set_viewport_size({"width": next(widths), "height": 800})
            found = barriers(tab, COLOURS)
            told += [f"{path} in the {scheme} {barrier}" for barrier in found]
    assert told == []


STATES = ("search", "none", "menu", "folded", "cited", "link", "term", "filters", "print", "lost")


@pytest.mark.parametrize("state", STATES)
def test_no_state_has_a_barrier(tab: Page, address: str, state: str) -> None:
    tab.goto(address + "/mindsets/m19-being-nice/")
    match state:
        case "search" | "none":
            words = "trust" if state == "search" else "zzyzx"
            found, nothing = tab.locator(".search .card").first, tab.get_by_text("Nothing found")
            tab.keyboard.press("Control+k")
            tab.get_by_role("dialog").get_by_role("searchbox").fill(words)
            (found if state == "search" else nothing).wait_for()
        case "menu":
            tab.set_viewport_size({"width": 390, "height": 800})
            tab.get_by_role("button", name="Menu").click()
            tab.get_by_role("navigation", name="The guide", exact=True).wait_for()
        case "cited" | "link":
            link = ".citation a" if state == "cited" else "#elsewhere + ul a"
            tab.locator(link).first.hover()
            tab.get_by_role("tooltip").wait_for()
        case "term":
            tab.locator("a.term").first.focus()
        case "folded" | "filters":
            if state == "filters":
                tab.goto(address + "/find/?themes=trust&stages=starting&q=handover")
                tab.locator("#found .card").first.wait_for()
            for summary in tab.locator("summary:visible").all():
                summary.click()
            tab.evaluate("scrollTo(0, 0)")  # The bar lies over whatever is scrolled below it.
        case "print":
            tab.emulate_media(media="print")
        case "lost":
            tab.set_viewport_size({"width": 320, "height": 800})
            tab.goto(address + "/themes/turst")
            tab.get_by_text("Did you mean").wait_for()
    assert barriers_in_both_schemes(tab) == []


@pytest.mark.parametrize(
    ("script", "options", "barrier"),
    [
        ("content.append(new Image())", ALL_BUT_COLOURS, "image-alt"),
        ("content.style.color = 'rgb(128, 128, 128)'", COLOURS, "color-contrast"),
    ],
)
def test_a_barrier_would_be_told(
    tab: Page, address: str, script: str, options: dict[str, object], barrier: str
) -> None:
    tab.goto(address + "/about/")
    tab.evaluate(script)
    assert {told.split(":")[0] for told in barriers(tab, options)} == {barrier}


#: What somebody with a screen reader steps to, with its name in the tree.
STEPPED_TO = re.compile(r"^ *- '?(heading|link|button|img|navigation|textbox)(?: \"(.*?)\")?", re.M)


def test_names_in_the_tree_are_the_words_on_the_page(tab: Page, address: str) -> None:
    pages = {page.address: page for page in SITE.pages}
    for path in kinds()[:-1:3]:
        tab.goto(address + path)
        named = STEPPED_TO.findall(tab.locator("body").aria_snapshot())
        by_role = {role: [name for of, name in named if of == role] for role, _ in named}
        drawn = [name for name in by_role.pop("img", []) if name]
        assert all(name and "Link to" not in name for row in by_role.values() for name in row), path
        wanted = [heading.text for heading in pages[path].markup.headings]
        assert [name for name in by_role["heading"] if name in wanted][: len(wanted)] == wanted
        assert len(set(by_role["navigation"])) == len(by_role["navigation"]), path
        described = [link.text for link in pages[path].markup.links if link.form == "image"]
        assert {" ".join(text.split()) for text in described} <= set(drawn), path


def test_keyboard_reaches_the_text_by_the_skip_link(tab: Page, address: str) -> None:
    tab.goto(address + "/mindsets/m05-trust-first/")
    tab.keyboard.press("Tab")
    skip = tab.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.locator("#content")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Copy link")).to_be_focused()


def test_closed_menu_is_out_of_the_way_and_opens_by_keyboard(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(address + "/mindsets/m05-trust-first/")
    menu, whole = tab.get_by_role("button", name="Menu"), tab.locator("#menu")
    expect(whole).to_be_hidden()
    for _ in range(6):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.textContent.trim()") == "Menu":
            break
    expect(menu).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Close the menu")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    expect(whole.get_by_role("link", name="Situations")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(whole).to_be_hidden()
    expect(menu).to_be_focused()


def test_focus_is_visible_at_every_stop(tab: Page, address: str) -> None:
    script = (HERE / "unseen.js").read_text("utf-8")
    for path in ("/", "/mindsets/m05-trust-first/", "/find/?themes=trust"):
        tab.goto(address + path)
        for _ in range(40):
            tab.keyboard.press("Tab")
            hidden = tab.evaluate(script)
            assert hidden == "", f"{path} {hidden}"


def test_links_in_text_and_buttons_are_large_enough_to_tap(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    for path in ("/", "/mindsets/m05-trust-first/", "/find/", "/references/"):
        tab.goto(address + path)
        small = tab.evaluate(
            """() => [...document.querySelectorAll(
                    'button, summary, .bar a, .foot a, .chips a, .contents a')]
                .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
                .map(([text, box]) => `${text} ${box.width} x ${box.height}`)"""
        )
        assert small == [], path


def test_reduced_motion_is_honoured(tab: Page, address: str) -> None:
    """The fixture asks for reduced motion."""
    tab.goto(address + "/find/")
    moving = """() => [...document.querySelectorAll('*')].map(e => getComputedStyle(e)).filter(s =>
        parseFloat(s.transitionDuration) > 0 || parseFloat(s.animationDuration) > 0).length"""
    assert tab.evaluate(moving) == 0
    tab.emulate_media(reduced_motion="no-preference")
    assert tab.evaluate(moving) > 0


def test_forced_colours_keep_badges_and_diagrams_apart(tab: Page, address: str) -> None:
    tab.emulate_media(forced_colors="active")
    tab.goto(address + "/mobius/b01-model/")
    expect(tab.locator(".editors").first).to_have_css("border-style", "solid")
    line = tab.locator(".d-accent-line").first.evaluate("e => getComputedStyle(e).stroke")
    expect(tab.locator("body")).not_to_have_css("background-color", line)


def test_lines_have_at_most_75_characters(tab: Page, address: str) -> None:
    """Nine of ten lines in the widest layout, on a page of each kind.

    How many fit into a line of the same width depends on its letters.
    """
    tab.set_viewport_size({"width": 1600, "height": 900})
    script = (HERE / "lines.js").read_text("utf-8")
    for path in kinds():
        tab.goto(address + path)
        lengths = sorted(tab.evaluate(script))
        assert lengths[len(lengths) * 9 // 10] <= 75, path
