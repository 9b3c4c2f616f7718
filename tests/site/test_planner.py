"""The planner: a plan lives in the address, is changed by keyboard, printed, read as a calendar."""

import json
from datetime import datetime

import icalendar
from playwright.sync_api import Page, Route, expect

from barriers import barriers
from real import SITE

PLANNER = "/planner/"
VISITOR = {"viewport": {"width": 390, "height": 900}, "reduced_motion": "reduce"}
#: A plan made when the matrix took 30 minutes, and with entries that are gone since.
OLD = "#v=1&start=09:00&end=10:00&people=60&plan=15:Coffee,w05:20/30,w99:15,w98:25,l05:10"


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


def test_plan_is_changed_and_its_address_opens_the_same(tab: Page, address: str) -> None:
    plan = SITE.plans["d02"]
    tab.goto(address + SITE.entry["d02"].address)
    bring = tab.locator(".bring dd").all_text_contents()
    starts = tab.locator(".run__part td:first-child").all_text_contents()
    tab.get_by_role("link", name="change this plan").click()
    expect(tab.locator(".part")).to_have_count(len(plan.steps))
    assert [row[:5] for row in rows(tab)] == starts
    # The script reckons as the plan's own page does.
    assert tab.locator("#bring dd").all_text_contents()[: len(bring)] == bring
    tab.get_by_label("Name", exact=True).fill("Falls, part 1 & 2")
    press(tab, "Move down: Arrive")
    tab.get_by_label("Minutes for Break").fill("45")
    changed = rows(tab)
    assert changed[:2] == ["09:30 Welcome 10", "09:40 Arrive 15"]
    expect(tab.locator("#ends")).to_have_text("3 hours 55 minutes: ends at 13:25.")
    whole = tab.url
    for again in (tab, tab.context.new_page()):
        again.goto("about:blank")
        again.goto(whole)
        assert rows(again) == changed
        expect(again.get_by_label("Name", exact=True)).to_have_value("Falls, part 1 & 2")
        assert again.url == whole
    tab.get_by_role("link", name="Nothing").click()
    expect(tab.locator("#none")).to_be_visible()
    tab.go_back()
    expect(tab.locator(".part")).to_have_count(len(plan.steps))


def test_old_address_opens_and_says_what_has_changed_since(shaded: Page, address: str) -> None:
    """In a guide that has withdrawn w98."""
    gone = {"w98": {"title": "Old game", "replaced": ["w03"]}}

    def withdraw(route: Route) -> None:
        text = route.fetch().text()
        assert '"gone": {}' in text
        route.fulfill(body=text.replace('"gone": {}', f'"gone": {json.dumps(gone)}'))

    shaded.route("**/planner/", withdraw)
    shaded.goto(address + PLANNER + OLD)
    shaded.locator(".part").first.wait_for()
    title, talk = SITE.entry["w05"].title, SITE.entry["l05"].title
    old = ("09:00 Coffee 15", f"09:15 {title} 20", "09:35 W99 15", "09:50 Old game 25")
    assert rows(shaded) == [*old, f"10:15 {talk} 10"]
    told = shaded.locator("#told li")
    expect(told.nth(0)).to_contain_text(f"“{title}” took 30 minutes in the guide")
    expect(told.nth(1)).to_contain_text("“W99” is no longer in the guide. It is kept")
    expect(told.nth(2)).to_contain_text("“Old game” has been withdrawn and replaced")
    expect(shaded.locator("#ends")).to_contain_text("ends at 10:25, 25 minutes too late.")
    assert shaded.url.endswith(OLD)
    shaded.set_viewport_size({"width": 320, "height": 800})
    assert barriers(shaded) == []
    press(shaded, "Take 35 minutes")
    press(shaded, f"Take “{SITE.entry['w03'].title}”")
    assert "w05:35,15:W99,w03:25/30,l05:10" in shaded.url
    expect(shaded.locator("#notes")).to_contain_text("A scenario is needed")


def test_planner_is_used_by_keyboard_and_without_a_connection(shaded: Page, address: str) -> None:
    shaded.goto(address + PLANNER)
    assert barriers(shaded) == []
    shaded.context.set_offline(True)
    shaded.get_by_label("Add an activity").focus()
    shaded.keyboard.type("role-play")
    shaded.keyboard.press("Enter")
    shaded.get_by_label("Add a part of your own").focus()
    shaded.keyboard.type("Tea, and cake")
    shaded.keyboard.press("Enter")
    role = SITE.entry["w07"].title
    assert rows(shaded) == [f"09:30 {role} 60", "10:30 Tea, and cake 15"]
    shaded.get_by_label("Minutes for Tea").focus()
    shaded.keyboard.press("Alt+ArrowUp")
    expect(shaded.get_by_label("Minutes for Tea")).to_be_focused()
    moved = "“Tea, and cake” moved to place 1 of 2. It begins at 09:30."
    expect(shaded.locator("#said")).to_have_text(moved)
    most = SITE.activities["w07"].people.most
    shaded.get_by_label("People").fill(str(most + 6))
    more = f"“{role}” is for 5 to {most} people; you have more."
    expect(shaded.locator("#notes")).to_contain_text(more)
    expect(shaded.locator("#bring")).to_contain_text(f"{most // 6 + 1} × {role}")
    press(shaded, "Present")
    expect(shaded.locator(".slide")).to_have_count(3)
    shaded.keyboard.press("Escape")
    press(shaded, "Put all sheets on this page, to print together")
    expect(shaded.get_by_text("The sheets could not be fetched")).to_be_visible()
    shaded.context.set_offline(False)
    press(shaded, "Put all sheets on this page, to print together")
    expect(shaded.locator("#pack .paper")).to_have_count(2)
    press(shaded, "Remove Tea, and cake")
    expect(shaded.get_by_role("button", name=f"Remove {role}")).to_be_focused()
    press(shaded, f"Remove {role}")
    expect(shaded.get_by_label("Add an activity")).to_be_focused()
    shaded.get_by_label("Add an activity").fill("Half a day")
    shaded.keyboard.press("Enter")
    expect(shaded.locator(".part")).to_have_count(len(SITE.plans["d02"].steps))
    shaded.get_by_label("Add an activity").fill("zzyzx")
    shaded.keyboard.press("Enter")
    expect(shaded.locator("#said")).to_contain_text("no page called “zzyzx”")


def test_part_is_dragged_to_another_place(tab: Page, address: str) -> None:
    tab.goto(address + PLANNER + "#v=1&plan=5:One,5:Two,5:Three")
    tab.locator(".part__grip").first.hover()
    tab.mouse.down()
    box = tab.locator(".part").last.bounding_box()
    tab.mouse.move(box["x"] + 5, box["y"] + box["height"] - 3, steps=5)
    tab.mouse.up()
    assert [row.split()[1] for row in rows(tab)] == ["Two", "Three", "One"]
    assert tab.url.endswith("plan=5:Two,5:Three,5:One")


def test_run_sheet_is_printed_and_the_calendar_read(tab: Page, address: str) -> None:
    name = "Ärger, Tee; und ein Backslash \\ " + "ö" * 40
    tab.goto(address + PLANNER + "#v=1&start=23:30&plan=w05:35,15:x")
    tab.get_by_label("Name of this part").fill(name)
    press(tab, "Calendar file")
    expect(tab.get_by_text("Choose the date first.")).to_be_visible()
    tab.get_by_label("Date").fill("2026-12-03")
    with tab.expect_download() as download:
        press(tab, "Calendar file")
    raw = download.value.path().read_bytes()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    first, second = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert first.decoded("DTSTART") == datetime(2026, 12, 3, 23, 30)
    assert first.decoded("DTEND") == second.decoded("DTSTART") == datetime(2026, 12, 4, 0, 5)
    title, says = SITE.entry["w05"].title, SITE.activities["w05"].steps[0].says
    assert (first["SUMMARY"], second["SUMMARY"]) == (title, name)
    assert first["URL"] == SITE.url + "w05/"
    assert says in first["DESCRIPTION"]
    assert first["UID"] != second["UID"]
    tab.emulate_media(media="print")
    expect(tab.locator("#parts")).to_be_hidden()
    expect(tab.locator("#when")).to_contain_text("Thursday, 3 December 2026. 20 people.")
    sheet = tab.locator(".run").inner_text()
    for text in ("23:30", "00:05", title, says, name):
        assert text in sheet


def test_without_script_the_planner_leads_to_the_plans(plain: Page, address: str) -> None:
    plain.goto(address + "/workshop/")
    plain.get_by_role("link", name="The planner").click()
    expect(plain.get_by_text("The planner needs JavaScript")).to_be_visible()
    expect(plain.locator(".planner__desk")).to_be_hidden()
    plain.get_by_role("main").get_by_role("link", name="Half a day").click()
    expect(plain.get_by_role("link", name="Print the pack")).to_be_visible()


def test_activities_are_narrowed_by_minutes_and_people(shaded: Page, address: str) -> None:
    shaded.goto(address + "/workshop/?people=60")
    cards = shaded.locator("#fitting ~ .cards .card:visible .card__link")
    wanted = [id for id, a in SITE.activities.items() if a.people.fewest <= 60 <= a.people.most]
    expect(cards).to_have_text([SITE.entry[id].name for id in wanted])
    shaded.get_by_label("Minutes you have").fill("15")
    short = [id for id in wanted if SITE.activities[id].minutes <= 15]
    expect(cards).to_have_text([SITE.entry[id].name for id in short])
    expect(shaded.locator("#fitting").get_by_role("status")).to_contain_text(f"{len(short)} of ")
    assert shaded.url.endswith("/workshop/?minutes=15&people=60")
    assert barriers(shaded) == []
