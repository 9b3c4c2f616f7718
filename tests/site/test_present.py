"""Any entry, plan or path as slides that fill the screen, made from what the page holds."""

import re

from playwright.sync_api import Page, expect

from barriers import barriers
from guide.links.navigation import steps
from guides import asked_by, wait_until
from real import SITE

MINDSET = SITE.entry["m05"].address
VISITOR = {"has_touch": True}


def start(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.get_by_role("button", name="Present", exact=True).focus()
    tab.keyboard.press("Enter")
    tab.locator("dialog.slides").wait_for()


def titles(tab: Page) -> list[str]:
    return tab.locator(".slide h2").all_text_contents()


def number(tab: Page) -> str:
    return tab.locator("dialog.slides").get_by_role("status").inner_text()


def test_mindset_is_presented_by_keyboard_and_keeps_its_slide(shaded: Page, address: str) -> None:
    start(shaded, address + MINDSET)
    wait_until(shaded, "document.fullscreenElement !== null")
    slide = shaded.locator(".slide:visible")
    expect(slide).to_contain_text("Limiting belief")
    expect(slide).to_contain_text(SITE.short_address(SITE.entry["m05"]).removeprefix("https://"))
    sections = ["The limiting mindset", "The antidote", "Try this", "Ask yourselves"]
    assert titles(shaded) == [SITE.entry["m05"].name, *sections]
    for key, now in (
        ("ArrowRight", 2), ("PageDown", 3), ("Space", 4), ("End", 5), ("ArrowRight", 5),
        ("ArrowLeft", 4), ("PageUp", 3), ("Home", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", 5),
        ("ArrowLeft", 4),
    ):  # fmt: skip
        shaded.keyboard.press(key)
        assert number(shaded) == f"Slide {now} of 5", key
    expect(slide).to_contain_text("From the editors, not from a source")
    assert barriers(shaded) == []
    assert shaded.url.endswith("#present-4")
    shaded.reload()
    expect(slide.locator("h2")).to_have_text("Try this")
    for _ in range(6):
        shaded.keyboard.press("Tab")
        assert shaded.evaluate("!document.activeElement.closest('.md-container, .md-header')")
    shaded.keyboard.press("Escape")
    expect(shaded.locator("dialog.slides")).to_have_count(0)
    expect(shaded.get_by_role("button", name="Present", exact=True)).to_be_focused()
    assert shaded.url == address + MINDSET


def test_antidote_is_shown_and_a_finger_or_a_button_moves_on(shaded: Page, address: str) -> None:
    shaded.set_viewport_size({"width": 320, "height": 640})
    shaded.goto(address + MINDSET + "#present-3")
    expect(shaded.locator(".slide:visible blockquote")).to_contain_text("hand the baton")
    assert barriers(shaded) == []
    assert shaded.evaluate("document.documentElement.scrollWidth <= innerWidth")
    session = shaded.context.new_cdp_session(shaded)
    for kind, x in (("touchStart", 250), ("touchMove", 150), ("touchEnd", None)):
        points = [{"x": x, "y": 300}] if x else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert number(shaded) == "Slide 4 of 5"
    shaded.get_by_role("button", name="Previous").click()
    assert number(shaded) == "Slide 3 of 5"
    shaded.get_by_role("button", name="Close", exact=True).click()
    expect(shaded.locator("dialog.slides")).to_have_count(0)


def test_plan_has_a_slide_for_each_part_and_is_printed(tab: Page, address: str) -> None:
    start(tab, address + SITE.entry["d02"].address)
    parts = SITE.plans["d02"].steps
    assert titles(tab)[1:] == [p.what or SITE.entry[p.run].title for p in parts]
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    slide = tab.locator(".slide:visible")
    expect(slide).to_contain_text("09:45, 10 min")
    expect(slide).to_contain_text(parts[1].says)
    pages = re.findall(rb"/Type /Page\b", tab.pdf())
    assert len(pages) == len(parts) + 1


def test_path_has_a_slide_for_each_entry(tab: Page, address: str) -> None:
    path = SITE.entry["g01"]
    start(tab, address + path.address)
    walk = steps(SITE, path)
    for title, page in zip(titles(tab)[1:], walk, strict=True):
        assert title.endswith(page.name)
    expect(tab.locator(".slide").nth(1)).to_contain_text(walk[0].summary)


def test_own_plan_is_presented_and_both_stay_in_the_address(tab: Page, address: str) -> None:
    start(tab, address + "/planner/#v=1&name=Ours&start=10:00&plan=w08:10,5:Tea")
    assert titles(tab) == ["Ours", SITE.entry["w08"].title, "Tea"]
    tab.keyboard.press("End")
    assert tab.url.endswith("plan=w08:10,5:Tea&present-3")
    tab.reload()
    expect(tab.locator(".slide:visible h2")).to_have_text("Tea")
    tab.keyboard.press("Escape")
    expect(tab.locator("dialog.slides")).to_have_count(0)
    assert tab.url.endswith("plan=w08:10,5:Tea")


def test_slides_are_fetched_only_when_asked_for(tab: Page, address: str) -> None:
    asked = asked_by(tab)
    tab.goto(address + MINDSET)
    tab.wait_for_load_state("networkidle")
    assert not [url for url in asked if "present." in url]
    tab.context.set_offline(True)
    tab.get_by_role("button", name="Present", exact=True).click()
    expect(tab.get_by_text("The slides could not be fetched")).to_be_visible()
