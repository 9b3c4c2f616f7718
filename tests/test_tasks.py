"""What people come for, done as they would, on a phone; each with the taps it may take."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect


class Phone:
    """A tab that counts taps and what is typed."""

    def __init__(self, tab: Page, address: str) -> None:
        self.tab = tab
        self.taps = 0
        tab.goto(address + "/")

    def tap(self, target: Locator) -> None:
        target.click()
        self.taps += 1

    def link(self, name: str) -> Locator:
        return self.tab.get_by_role("link", name=name).first

    def search(self, words: str) -> None:
        """Types into the box of the home page and sends it off."""
        self.tap(self.tab.get_by_role("searchbox"))
        self.tab.keyboard.type(words)
        self.tab.keyboard.press("Enter")
        self.tab.locator("#found .card").first.wait_for()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Phone]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield Phone(context.new_page(), address)
    context.close()


def test_service_users_are_not_in_the_room(phone: Phone) -> None:
    phone.tap(phone.link("The people we serve are not in the room"))
    phone.tap(phone.link("Try this week"))
    expect(phone.tab.locator("#try")).to_be_in_viewport()
    assert phone.taps == 2


def test_source_of_lesson_8(phone: Phone) -> None:
    phone.search("lesson 8")
    phone.tap(phone.tab.locator("#found .card__link").first)
    expect(phone.tab.locator(".badge").first).to_have_text("L08")
    phone.tap(phone.tab.locator(".citation a").first)
    expect(phone.tab.locator(".cited > li:target")).to_contain_text("Huxham")
    assert phone.taps == 3


def test_stakeholder_exercise_for_tomorrow(phone: Phone) -> None:
    phone.search("stakeholder exercise")
    phone.tap(phone.tab.locator("#found .card__link").first)
    expect(phone.tab.locator("h1")).to_contain_text("takeholder")
    expect(phone.tab.get_by_role("heading", name="Step by step")).to_be_attached()
    expect(phone.tab.get_by_role("button", name="Print")).to_be_visible()
    assert phone.taps == 2


def test_is_trust_a_precondition(phone: Phone) -> None:
    phone.search("is trust a precondition?")
    phone.tap(phone.tab.locator("#found .card__link").first)
    expect(phone.tab.locator("h1")).to_contain_text("rust")
    assert phone.taps == 2


def test_send_a_colleague_the_page_on_hidden_agendas(phone: Phone) -> None:
    phone.search("hidden agendas")
    phone.tap(phone.tab.locator("#found .card__link").first)
    phone.tap(phone.tab.get_by_role("button", name="Copy short link"))
    short = phone.tab.evaluate("navigator.clipboard.readText()")
    assert short.endswith(("/m15/", "/s06/"))
    assert phone.taps == 3
