"""What is new: the page, the feed as a feed reader takes it, and the date on each page."""

from collections import Counter
from pathlib import Path

import feedparser
from playwright.sync_api import Page, expect

from real import SITE


def test_feed_is_read_by_a_feed_reader(built: Path) -> None:
    feed = feedparser.parse((built / "feed.xml").read_bytes())
    assert (feed.bozo, feed.version, feed.feed.link) == (False, "atom10", f"{SITE.url}new/")
    assert feed.feed.updated == feed.entries[0].updated
    for entry, item in zip(feed.entries, SITE.news, strict=True):
        assert (entry.title, entry.updated) == (item.says, f"{item.date}T00:00:00Z")
        addresses = [SITE.short_address((SITE.entry | SITE.page)[name]) for name in item.entries]
        assert entry.link == addresses[0]
        assert all(f'href="{address}"' in entry.content[0].value for address in addresses)
    # Counted from the oldest, so that an id stays when something is added above.
    seen: Counter = Counter()
    for entry, item in reversed([*zip(feed.entries, SITE.news, strict=True)]):
        seen[item.date] += 1
        host = SITE.url.split("/")[2]
        assert entry.id == f"tag:{host},{item.date}:new/{seen[item.date]}"


def test_pages_say_when_they_changed_and_lead_to_what_is_new(tab: Page, address: str) -> None:
    tab.goto(f"{address}/plans/d01-ninety-minutes/")
    tab.locator(".facts").get_by_role("link", name="26 November 2026").click()
    expect(tab).to_have_url(f"{address}/new/#on-2026-11-26")
    expect(tab.get_by_role("heading", name="26 November 2026")).to_be_in_viewport()
    feed = tab.locator("link[type='application/atom+xml']").evaluate("link => link.href")
    assert feed == f"{address}/feed.xml"
    tab.get_by_role("main").get_by_role("link", name="Plan your own session").click()
    expect(tab.get_by_text("Last changed in substance on 27 November 2026")).to_be_visible()
    tab.goto(f"{address}/lessons/l05-trust/")
    expect(tab.get_by_text("Last changed")).to_have_count(0)
