"""What is new: the page, the feed as a feed reader takes it, and the date on each page."""

from pathlib import Path

import feedparser
from playwright.sync_api import Page, expect

from builds import build, copy_project
from guides import change
from real import SITE


def test_feed_is_read_by_a_feed_reader(built: Path) -> None:
    feed = feedparser.parse((built / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.link == f"{SITE.url}new/"
    assert feed.feed.updated == feed.entries[0].updated
    assert [entry.title for entry in feed.entries] == [item.says for item in SITE.news]
    assert len({entry.id for entry in feed.entries}) == len(SITE.news)
    for entry, item in zip(feed.entries, SITE.news, strict=True):
        assert entry.updated == f"{item.date}T00:00:00Z"
        assert tuple(entry.updated_parsed[:3]) == (item.date.year, item.date.month, item.date.day)
        addresses = [SITE.short_address((SITE.entry | SITE.page)[name]) for name in item.entries]
        assert entry.link == addresses[0]
        assert all(f'href="{address}"' in entry.content[0].value for address in addresses)


def test_ids_stay_when_something_is_added(built: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    newer = f"- date: {SITE.news[0].date}\n  entries: [l05]\n  says: More on <trust> & power.\n"
    change(project / "data/news.yml", "- date: ", f"{newer}- date: ")
    assert build(project, tmp_path / "site", strict=True).returncode == 0
    before, after = (
        feedparser.parse((f / "feed.xml").read_bytes()) for f in (built, tmp_path / "site")
    )
    known = [(entry.id, entry.title) for entry in before.entries]
    assert [(entry.id, entry.title) for entry in after.entries][1:] == known
    assert after.entries[0].title == "More on <trust> & power."
    assert after.entries[0].id not in dict(known)


def test_pages_say_when_they_changed_and_lead_to_what_is_new(tab: Page, address: str) -> None:
    tab.goto(f"{address}/plans/d01-ninety-minutes/")
    tab.locator(".facts").get_by_role("link", name="26 November 2026").click()
    expect(tab).to_have_url(f"{address}/new/#on-2026-11-26")
    expect(tab.get_by_role("heading", name="26 November 2026")).to_be_in_viewport()
    expect(tab.get_by_role("listitem").filter(has_text="Three scenarios").first).to_be_visible()
    feed = tab.locator("link[type='application/atom+xml']").evaluate("link => link.href")
    assert feed == f"{address}/feed.xml"
    tab.get_by_role("main").get_by_role("link", name="Plan your own session").click()
    expect(tab.get_by_text("Last changed in substance on 27 November 2026")).to_be_visible()
    tab.goto(f"{address}/lessons/l05-trust/")
    expect(tab.get_by_text("Last changed")).to_have_count(0)
