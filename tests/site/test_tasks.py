"""What people come for, done as they would, on a phone and on a desktop.

Each task tells how many clicks and how much scrolling it may take.
"""

import re
from collections.abc import Callable
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Locator, Page, expect


class Reader:
    """Begins on the home page; counts clicks, and pixels scrolled to reach what is clicked."""

    def __init__(self, tab: Page, address: str) -> None:
        self.tab = tab
        self.clicks = 0
        self.scrolled = 0.0
        tab.goto(address + "/")

    def see(self, target: Locator) -> None:
        """Scrolls as far as the target needs to come into sight."""
        box, height = target.bounding_box(), self.tab.viewport_size["height"]
        assert box, target
        self.scrolled += max(0, box["y"] + min(box["height"], 40) - height, -box["y"])
        target.scroll_into_view_if_needed()

    def click(self, target: Locator) -> None:
        self.see(target)
        target.click()
        self.clicks += 1

    def link(self, name: str) -> Locator:
        return self.tab.locator("#content").get_by_role("link", name=name).first

    def button(self, name: str) -> Locator:
        return self.tab.get_by_role("button", name=name)

    def search(self, words: str) -> None:
        """Types into the box of the home page, sends it off and opens what comes first."""
        self.click(self.tab.get_by_role("searchbox"))
        self.tab.keyboard.type(words)
        self.tab.keyboard.press("Enter")
        expect(self.tab).to_have_url(re.compile(re.escape(f"/find/?q={quote_plus(words)}") + "$"))
        found = self.tab.locator("#found .card__link").first
        found.wait_for()
        self.click(found)

    def copied(self, button: str) -> str:
        self.click(self.button(button))
        return self.tab.evaluate("navigator.clipboard.readText()")

    def took(self, clicks: int, scrolled: float) -> None:
        assert self.clicks <= clicks
        assert self.scrolled <= scrolled


@pytest.fixture(params=[(390, 844), (1366, 768)], ids=["phone", "desktop"])
def reader(request: pytest.FixtureRequest, open_tab: Callable[..., Page], address: str) -> Reader:
    size = dict(zip(("width", "height"), request.param, strict=True))
    clipboard = ["clipboard-read", "clipboard-write"]
    return Reader(open_tab(viewport=size, permissions=clipboard), address)


def test_advice_on_a_partner_who_dominates(reader: Reader) -> None:
    reader.click(reader.link("One partner dominates"))
    reader.see(reader.tab.locator("#try + ol > li").first)
    reader.took(clicks=1, scrolled=1400)


def test_lesson_8_to_a_slide(reader: Reader) -> None:
    reader.search("lesson 8")
    expect(reader.tab.locator(".badge").first).to_have_text("L08")
    reader.click(reader.button("Slide"))
    expect(reader.tab.get_by_role("img", name="QR code")).to_be_visible()
    reader.took(clicks=3, scrolled=300)


def test_is_trust_a_precondition_and_who_says_what(reader: Reader) -> None:
    reader.search("is trust a precondition?")
    expect(reader.tab.locator("h1")).to_contain_text("rust")
    expect(reader.tab.locator(".citation").first).to_be_attached()
    reader.took(clicks=2, scrolled=300)


def test_mobius_model_and_seven_principles_from_home(reader: Reader) -> None:
    for collection, entry in (("Mobius conversations", "b01-"), ("Representation", "r02-")):
        reader.click(reader.tab.locator(".shelves").get_by_role("link", name=collection))
        expect(reader.tab.locator(f"#content a[href*='{entry}']").first).to_be_visible()
        reader.tab.go_back()
    reader.took(clicks=2, scrolled=3600)


def test_which_life_cycle_fits(reader: Reader) -> None:
    reader.click(reader.tab.locator(".shelves").get_by_role("link", name="Life cycles"))
    reader.click(reader.tab.locator("#content a[href*='c09-']").first)
    reader.took(clicks=2, scrolled=2200)


def test_who_said_it_cited_in_a_document(reader: Reader) -> None:
    reader.search("suppression of mutual loathing")
    quoted = reader.tab.locator("blockquote", has_text="mutual loathing")
    expect(quoted.locator(".citation")).to_contain_text("Learning set, sec. 4")
    reader.click(reader.button("Cite"))
    assert "sec. 4" in reader.copied("Copy source as text")
    reader.took(clicks=4, scrolled=300)


def test_what_to_send_to_a_new_member(reader: Reader) -> None:
    reader.click(reader.link("New to partnership working"))
    assert reader.copied("Copy link").endswith("/g01/")
    reader.took(clicks=2, scrolled=1500)


def test_mending_a_typing_error(reader: Reader) -> None:
    reader.click(reader.link("People keep changing"))
    reader.click(reader.button("Edit"))
    edit = reader.tab.get_by_role("link", name="Edit the file")
    assert str(edit.get_attribute("href")).endswith("/docs/situations/s03-people-keep-changing.md")
    expect(reader.tab.locator("#edit")).to_contain_text("Without an account")
    reader.took(clicks=2, scrolled=500)
