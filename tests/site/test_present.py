"""Any entry, plan or path as slides that fill the screen, made from what the page holds."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from barriers import barriers
from guide.links.navigation import steps
from guides import wait_until
from real import SITE

MINDSET = SITE.entry["m05"].address


@pytest.fixture(params=["light", "dark"])
def tab(request: pytest.FixtureRequest, open_tab: Callable[..., Page]) -> Page:
    return open_tab(color_scheme=request.param, has_touch=True)


@pytest.fixture
def once(open_tab: Callable[..., Page]) -> Page:
    return open_tab()


def start(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.get_by_role("button", name="Present", exact=True).focus()
    tab.keyboard.press("Enter")
    tab.locator("dialog.slides").wait_for()


def titles(tab: Page) -> list[str]:
    return tab.locator(".slide h2").all_text_contents()


def number(tab: Page) -> str:
    return tab.locator("dialog.slides").get_by_role("status").inner_text()


def test_mindset_is_presented_by_keyboard_and_keeps_its_slide(tab: Page, address: str) -> None:
    start(tab, address + MINDSET)
    wait_until(tab, "document.fullscreenElement !== null")
    slide = tab.locator(".slide:visible")
    expect(slide).to_contain_text("Limiting belief")
    expect(slide).to_contain_text(SITE.short_address(SITE.entry["m05"]).removeprefix("https://"))
    sections = ["The limiting mindset", "The antidote", "Try this", "Ask yourselves"]
    assert titles(tab) == [SITE.entry["m05"].name, *sections]
    for key, now in (
        ("ArrowRight", 2), ("PageDown", 3), ("Space", 4), ("End", 5), ("ArrowRight", 5),
        ("ArrowLeft", 4), ("PageUp", 3), ("Home", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", 5),
        ("ArrowLeft", 4),
    ):  # fmt: skip
        tab.keyboard.press(key)
        assert number(tab) == f"Slide {now} of 5", key
    expect(slide).to_contain_text("From the editors, not from a source")
    assert barriers(tab) == []
    assert tab.url.endswith("#present-4")
    tab.reload()
    expect(slide.locator("h2")).to_have_text("Try this")
    for _ in range(6):
        tab.keyboard.press("Tab")
        assert tab.evaluate("!document.activeElement.closest('.md-container, .md-header')")
    tab.keyboard.press("Escape")
    expect(tab.locator("dialog.slides")).to_have_count(0)
    expect(tab.get_by_role("button", name="Present", exact=True)).to_be_focused()
    assert tab.url == address + MINDSET


def test_antidote_is_shown_and_a_finger_or_a_button_moves_on(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(address + MINDSET + "#present-3")
    expect(tab.locator(".slide:visible blockquote")).to_contain_text("hand the baton")
    assert barriers(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    session = tab.context.new_cdp_session(tab)
    for kind, x in (("touchStart", 250), ("touchMove", 150), ("touchEnd", None)):
        points = [{"x": x, "y": 300}] if x else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert number(tab) == "Slide 4 of 5"
    tab.get_by_role("button", name="Previous").click()
    assert number(tab) == "Slide 3 of 5"
    tab.get_by_role("button", name="Close", exact=True).click()
    expect(tab.locator("dialog.slides")).to_have_count(0)


def test_plan_has_a_slide_for_each_part_and_is_printed(once: Page, address: str) -> None:
    start(once, address + SITE.entry["d02"].address)
    parts = SITE.plans["d02"].steps
    assert titles(once)[1:] == [p.what or SITE.entry[p.run].title for p in parts]
    once.keyboard.press("ArrowRight")
    once.keyboard.press("ArrowRight")
    slide = once.locator(".slide:visible")
    expect(slide).to_contain_text("09:45, 10 min")
    expect(slide).to_contain_text(parts[1].says)
    pages = re.findall(rb"/Type /Page\b", once.pdf())
    assert len(pages) == len(parts) + 1


def test_path_has_a_slide_for_each_entry(once: Page, address: str) -> None:
    path = SITE.entry["g01"]
    start(once, address + path.address)
    walk = steps(SITE, path)
    found = titles(once)[1:]
    assert len(found) == len(walk)
    assert all(title.endswith(page.name) for title, page in zip(found, walk, strict=True))
    expect(once.locator(".slide").nth(1)).to_contain_text(walk[0].summary)


def test_own_plan_is_presented_and_both_stay_in_the_address(once: Page, address: str) -> None:
    start(once, address + "/planner/#v=1&name=Ours&start=10:00&plan=w08:10,5:Tea")
    assert titles(once) == ["Ours", SITE.entry["w08"].title, "Tea"]
    once.keyboard.press("End")
    assert once.url.endswith("plan=w08:10,5:Tea&present-3")
    once.reload()
    expect(once.locator(".slide:visible h2")).to_have_text("Tea")
    once.keyboard.press("Escape")
    expect(once.locator("dialog.slides")).to_have_count(0)
    assert once.url.endswith("plan=w08:10,5:Tea")


def test_slides_are_fetched_only_when_asked_for(once: Page, address: str) -> None:
    asked: list[str] = []
    once.on("request", lambda request: asked.append(request.url))
    once.goto(address + MINDSET)
    once.wait_for_load_state("networkidle")
    assert not [url for url in asked if "present." in url]
    once.context.set_offline(True)
    once.get_by_role("button", name="Present", exact=True).click()
    expect(once.get_by_text("The slides could not be fetched")).to_be_visible()
