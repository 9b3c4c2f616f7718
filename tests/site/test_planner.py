"""The planner: a plan lives in the address, is changed by keyboard, printed, read as a calendar."""

import gzip
import json
from collections.abc import Callable
from datetime import datetime

import icalendar
import pytest
from playwright.sync_api import Page, expect

from barriers import barriers
from real import SITE

PLANNER = "/planner/"
#: A plan made when the matrix took 30 minutes, and with entries that are gone since.
OLD = "#v=1&start=09:00&end=10:00&people=60&plan=15:Coffee,w05:20/30,w99:15,w98:25,l05:10"


@pytest.fixture(params=["light", "dark"])
def tab(request: pytest.FixtureRequest, open_tab: Callable[..., Page]) -> Page:
    return open_tab(color_scheme=request.param, reduced_motion="reduce")


@pytest.fixture
def once(open_tab: Callable[..., Page]) -> Page:
    return open_tab(viewport={"width": 390, "height": 900})


def rows(tab: Page) -> list[str]:
    """Each part as `09:30 Arrive 15`."""
    return tab.locator(".part").evaluate_all(
        """rows => rows.map(row => [row.querySelector('.part__time').textContent,
            row.querySelector('.part__name input')?.value
                ?? row.querySelector('.part__name').textContent,
            row.querySelector('.part__minutes input').value].join(' '))"""
    )


def press(tab: Page, name: str, key: str = "Enter") -> None:
    tab.get_by_role("button", name=name, exact=True).focus()
    tab.keyboard.press(key)


def open_old(tab: Page, address: str) -> None:
    """The old plan, in a guide that has withdrawn w98."""
    gone = {"w98": {"title": "Old game", "replaced": ["w03"]}}

    def withdraw(route) -> None:
        text = route.fetch().text()
        assert '"gone": {}' in text
        route.fulfill(body=text.replace('"gone": {}', f'"gone": {json.dumps(gone)}'))

    tab.route("**/planner/", withdraw)
    tab.goto(address + PLANNER + OLD)
    tab.locator(".part").first.wait_for()


def test_plan_of_the_guide_is_changed_and_its_address_opens_the_same(
    once: Page, address: str
) -> None:
    (page, plan) = SITE.entry["d02"], SITE.plans["d02"]
    once.goto(address + page.address)
    bring = once.locator(".bring dd").all_text_contents()
    starts = once.locator(".run__part td:first-child").all_text_contents()
    once.get_by_role("link", name="change this plan").click()
    expect(once.locator(".part")).to_have_count(len(plan.steps))
    assert [row[:5] for row in rows(once)] == starts
    # The script reckons as the plan's own page does.
    assert once.locator("#bring dd").all_text_contents()[: len(bring)] == bring
    once.get_by_label("Name", exact=True).fill("Falls, part 1 & 2")
    press(once, "Move down: Arrive")
    once.get_by_label("Minutes for Break").fill("45")
    changed = rows(once)
    assert changed[:2] == ["09:30 Welcome 10", "09:40 Arrive 15"]
    expect(once.locator("#ends")).to_have_text("3 hours 55 minutes: ends at 13:25.")
    whole = once.url
    for again in (once, once.context.new_page()):
        again.goto("about:blank")
        again.goto(whole)
        assert rows(again) == changed
        expect(again.get_by_label("Name", exact=True)).to_have_value("Falls, part 1 & 2")
        assert again.url == whole
    once.get_by_role("link", name="Nothing").click()
    expect(once.locator("#none")).to_be_visible()
    once.go_back()
    expect(once.locator(".part")).to_have_count(len(plan.steps))


def test_old_address_opens_and_says_what_has_changed_since(tab: Page, address: str) -> None:
    open_old(tab, address)
    title = SITE.entry["w05"].title
    talk = SITE.entry["l05"].title
    assert rows(tab) == [
        "09:00 Coffee 15", f"09:15 {title} 20", "09:35 W99 15", "09:50 Old game 25",
        f"10:15 {talk} 10",
    ]  # fmt: skip
    told = tab.locator("#told li")
    expect(told.nth(0)).to_contain_text(f"“{title}” took 30 minutes in the guide")
    expect(told.nth(1)).to_contain_text("“W99” is no longer in the guide. It is kept")
    expect(told.nth(2)).to_contain_text("“Old game” has been withdrawn and replaced")
    expect(tab.locator("#ends")).to_contain_text("ends at 10:25, 25 minutes too late.")
    assert tab.url.endswith(OLD)
    tab.set_viewport_size({"width": 320, "height": 800})
    assert barriers(tab) == []
    press(tab, "Take 35 minutes")
    press(tab, f"Take “{SITE.entry['w03'].title}”")
    assert "w05:35,15:W99,w03:25/30,l05:10" in tab.url
    expect(tab.locator("#notes")).to_contain_text("A scenario is needed")


def test_planner_is_used_by_keyboard_alone_and_without_a_connection(
    tab: Page, address: str
) -> None:
    tab.goto(address + PLANNER)
    assert barriers(tab) == []
    tab.context.set_offline(True)
    tab.get_by_label("Add an activity").focus()
    tab.keyboard.type("role-play")
    tab.keyboard.press("Enter")
    tab.get_by_label("Add a part of your own").focus()
    tab.keyboard.type("Tea, and cake")
    tab.keyboard.press("Enter")
    role = SITE.entry["w07"].title
    assert rows(tab) == [f"09:30 {role} 60", "10:30 Tea, and cake 15"]
    tab.get_by_label("Minutes for Tea").focus()
    tab.keyboard.press("Alt+ArrowUp")
    expect(tab.get_by_label("Minutes for Tea")).to_be_focused()
    expect(tab.locator("#said")).to_have_text(
        "“Tea, and cake” moved to place 1 of 2. It begins at 09:30."
    )
    most = SITE.activities["w07"].people.most
    tab.get_by_label("People").fill(str(most + 6))
    expect(tab.locator("#notes")).to_contain_text(
        f"“{role}” is for 5 to {most} people; you have more."
    )
    expect(tab.locator("#bring")).to_contain_text(f"{most // 6 + 1} × {role}")
    press(tab, "Present")
    expect(tab.locator(".slide")).to_have_count(3)
    tab.keyboard.press("Escape")
    press(tab, "Put all sheets on this page, to print together")
    expect(tab.get_by_text("The sheets could not be fetched")).to_be_visible()
    tab.context.set_offline(False)
    press(tab, "Put all sheets on this page, to print together")
    expect(tab.locator("#pack .paper")).to_have_count(2)
    press(tab, "Remove Tea, and cake")
    expect(tab.get_by_role("button", name=f"Remove {role}")).to_be_focused()
    press(tab, f"Remove {role}")
    expect(tab.get_by_label("Add an activity")).to_be_focused()
    tab.get_by_label("Add an activity").fill("Half a day")
    tab.keyboard.press("Enter")
    expect(tab.locator(".part")).to_have_count(len(SITE.plans["d02"].steps))
    tab.get_by_label("Add an activity").fill("zzyzx")
    tab.keyboard.press("Enter")
    expect(tab.locator("#said")).to_contain_text("no page called “zzyzx”")


def test_part_is_dragged_to_another_place(once: Page, address: str) -> None:
    once.goto(address + PLANNER + "#v=1&plan=5:One,5:Two,5:Three")
    once.locator(".part__grip").first.hover()
    once.mouse.down()
    box = once.locator(".part").last.bounding_box()
    once.mouse.move(box["x"] + 5, box["y"] + box["height"] - 3, steps=5)
    once.mouse.up()
    assert [row.split()[1] for row in rows(once)] == ["Two", "Three", "One"]
    assert once.url.endswith("plan=5:Two,5:Three,5:One")


def test_run_sheet_is_printed_and_the_calendar_read(once: Page, address: str) -> None:
    name = "Ärger, Tee; und ein Backslash \\ " + "ö" * 40
    once.goto(address + PLANNER + "#v=1&start=23:30&plan=w05:35,15:x")
    once.get_by_label("Name of this part").fill(name)
    press(once, "Calendar file")
    expect(once.get_by_text("Choose the date first.")).to_be_visible()
    once.get_by_label("Date").fill("2026-12-03")
    with once.expect_download() as download:
        press(once, "Calendar file")
    raw = download.value.path().read_bytes()
    lines = raw.split(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    calendar = icalendar.Calendar.from_ical(raw)
    first, second = calendar.walk("VEVENT")
    assert first.decoded("DTSTART") == datetime(2026, 12, 3, 23, 30)
    assert first.decoded("DTEND") == second.decoded("DTSTART") == datetime(2026, 12, 4, 0, 5)
    assert (first["SUMMARY"], second["SUMMARY"]) == (SITE.entry["w05"].title, name)
    assert first["URL"] == SITE.url + "w05/"
    assert SITE.activities["w05"].steps[0].says in first["DESCRIPTION"]
    assert first["UID"] != second["UID"]
    once.emulate_media(media="print")
    expect(once.locator("#parts")).to_be_hidden()
    expect(once.locator("#when")).to_contain_text("Thursday, 3 December 2026. 20 people.")
    sheet = once.locator(".run").inner_text()
    says = SITE.activities["w05"].steps[0].says
    for text in ("23:30", "00:05", SITE.entry["w05"].title, says, name):
        assert text in sheet


def test_without_script_the_planner_leads_to_the_plans(plain: Page, address: str) -> None:
    plain.goto(address + "/workshop/")
    plain.get_by_role("link", name="The planner").click()
    expect(plain.get_by_text("The planner needs JavaScript")).to_be_visible()
    expect(plain.locator(".planner__desk")).to_be_hidden()
    plain.get_by_role("main").get_by_role("link", name="Half a day").click()
    expect(plain.get_by_role("link", name="Print the pack")).to_be_visible()


def test_script_is_small_and_loaded_by_the_planner_alone(once: Page, address: str, built) -> None:
    (script,) = (built / "assets").glob("planner.*.js")
    assert len(gzip.compress(script.read_bytes(), 9)) <= 12 * 1024
    asked: list[str] = []
    once.on("request", lambda request: asked.append(request.url))
    once.goto(address + SITE.entry["d02"].address)
    once.wait_for_load_state("networkidle")
    assert not [url for url in asked if "planner." in url]


def test_activities_are_narrowed_by_minutes_and_people(tab: Page, address: str) -> None:
    tab.goto(address + "/workshop/?people=60")
    cards = tab.locator("#fitting ~ .cards .card:visible .card__link")
    wanted = [id for id, a in SITE.activities.items() if a.people.fewest <= 60 <= a.people.most]
    expect(cards).to_have_text([SITE.entry[id].name for id in wanted])
    tab.get_by_label("Minutes you have").fill("15")
    short = [id for id in wanted if SITE.activities[id].minutes <= 15]
    expect(cards).to_have_text([SITE.entry[id].name for id in short])
    expect(tab.locator("#fitting").get_by_role("status")).to_contain_text(f"{len(short)} of ")
    assert tab.url.endswith("/workshop/?minutes=15&people=60")
    assert barriers(tab) == []
