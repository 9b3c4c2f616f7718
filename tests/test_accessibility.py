"""axe-core finds no barrier on any kind of page, in any state, in both schemes and widths."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

KINDS = [
    "/",
    "/mindsets/",
    "/mindsets/m20-capable-people/",
    "/lessons/l01-differences/",
    "/themes/trust/",
    "/situations/s02-one-partner-dominates/",
    "/paths/g01-new-to-partnership/",
    "/mobius/b01-model/",
    "/typologies/t16-seven-forms-compared/",
    "/workshop/w03-positive-experiences/",
    "/collections/",
    "/sources/",
    "/sources/ten-lessons/",
    "/references/",
    "/glossary/",
    "/about/",
    "/contribute/",
    "/nothing-here/",
]
OPTIONS = {"rules": {"target-size": {"enabled": True}}}


def open_search(tab: Page) -> None:
    tab.keyboard.press("/")
    tab.keyboard.type("trust", delay=20)
    tab.locator(".md-search-result__item").first.wait_for()


def open_menu(tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.locator(".md-header label[for=__drawer]").click()


def open_details(tab: Page) -> None:
    for summary in tab.locator("summary").all():
        summary.click()


def focus_citation(tab: Page) -> None:
    tab.locator(".citation a").first.focus()


def focus_term(tab: Page) -> None:
    tab.locator("a.term").first.focus()


def barriers(tab: Page) -> list[str]:
    found = Axe().run(tab, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


@pytest.fixture(params=["light", "dark"])
def tab(request: pytest.FixtureRequest, browser: Browser) -> Page:
    return browser.new_context(color_scheme=request.param, reduced_motion="reduce").new_page()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_kind_of_page_has_a_barrier(tab: Page, address: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    told = []
    for path in KINDS:
        tab.goto(address + path)
        told += [f"{path} {barrier}" for barrier in barriers(tab)]
    assert told == []


@pytest.mark.parametrize(
    "state", [open_search, open_menu, open_details, focus_citation, focus_term]
)
def test_no_state_has_a_barrier(tab: Page, address: str, state: Callable[[Page], None]) -> None:
    tab.goto(address + "/mindsets/m19-being-nice/")
    state(tab)
    tab.wait_for_timeout(300)
    assert barriers(tab) == []


def test_a_barrier_would_be_told(tab: Page, address: str) -> None:
    tab.goto(address + "/about/")
    tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x>')")
    assert any("image-alt" in barrier for barrier in barriers(tab))
