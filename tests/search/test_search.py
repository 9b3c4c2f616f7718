"""Search and finder in the built guide, and the index that they share."""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.search.index import Document, find_documents, score, shards
from guide.source.search_words import NO_WORDS, SearchWords, stem, words_of
from guides import asked_by
from real import SITE

VISITOR = {"viewport": {"width": 390, "height": 800}}


@pytest.fixture
def dialog(tab: Page, address: str) -> Page:
    """A tab in which the search is open."""
    tab.goto(address + "/about/")
    tab.keyboard.press("Control+k")
    return tab


def document(title: str, aliases: str = "", body: str = "") -> Document:
    texts = {"title": title, "aliases": aliases, "body": body}
    return Document("Mindsets", "mindsets", "", title, "/", "", texts)


def test_words_are_folded_and_stemmed_alike() -> None:
    found = words_of("The partner’s Möbius strip, Café 5")
    assert found == ["the", "partners", "mobius", "strip", "cafe", "5"]
    assert stem("organizations") == stem("organisation")
    assert stem("trusting") == stem("trusted")
    assert stem("trust") != stem("truss")


def test_rare_words_in_titles_score_higher_than_common_ones_in_text() -> None:
    texts = {"Power and money": "trust trust", "Trust": "money", "Money": "money money"}
    found = score(tuple(document(title, body=text) for title, text in texts.items()), NO_WORDS)
    assert list(found["trust"].documents) == [0, 1]
    assert found["trust"].scores[1] > found["trust"].scores[0]
    assert found["trust"].rarity > found["money"].rarity


def test_synonyms_find_the_page_and_ignored_words_count_nothing() -> None:
    words = SearchWords(frozenset({"the"}), (("service user", "client"),))
    found = score((document("The client speaks"), document("Of service users")), words)
    assert list(found["client"].documents) == [0, 1]
    assert found["client"].scores[0] > found["client"].scores[1]
    assert found[""].words == {"the"}
    assert found[""].documents == ()


def test_phrases_beside_the_entries_find_them() -> None:
    assert SITE.phrases["m05"]
    (found,) = (d for d in find_documents(SITE, {}) if d.badge == "M05")
    lines = [*SITE.entry["m05"].front.words("aliases"), *SITE.phrases["m05"]]
    assert found.texts["aliases"].split("\n") == lines


def test_a_phrase_weighs_as_much_as_its_words() -> None:
    texts = shards(score((document("Hidden agendas", "ulterior motives"),), NO_WORDS))
    files = {start: json.loads(text) for start, text in texts.items()}
    _, hidden, _, (phrase, whole) = files["hi"]["hidden"]
    agenda = files["ag"]["agenda"]
    assert (phrase, whole) == (0, hidden + agenda[1])
    assert agenda[3] == [0, whole]
    assert files["ul"]["ulterior"][3][0] == 1


def ask(tab: Page, question: str) -> list[str]:
    """The text of the first results of the search dialog."""
    box = tab.get_by_role("dialog").get_by_role("searchbox")
    box.fill("")
    tab.keyboard.insert_text(question)
    expect(tab.locator(".search__count")).not_to_be_empty()
    return tab.locator(".search .card").all_inner_texts()


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("m05", "M05"),
        ("Lesson 5", "L05"),
        ("L8", "L08"),
        ("one partner dominates", "S02"),
        ("Möbius strip", "B02"),
        ("accountabilty", "ccountab"),
        ("Huxham", "Huxham"),
        ("people keep changing", "S03"),
    ],
)
def test_search_understands_its_readers(dialog: Page, question: str, first: str) -> None:
    assert any(first in found for found in ask(dialog, question)[:2])


def test_search_works_by_keyboard_alone(tab: Page, address: str) -> None:
    tab.goto(address + "/mindsets/m05-trust-first/")
    opener = tab.get_by_role("link", name="Search")
    opener.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog", name="Search")).to_be_visible()
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.type("hidden agenda")
    expect(tab.locator(".search .card").first).to_contain_text("hidden agenda")
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".search .card__link").first).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
    tab.keyboard.press("Control+k")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".search .card__link").first).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("hidden-agenda"))


def test_result_shows_collection_id_and_summary(dialog: Page) -> None:
    ask(dialog, "m05")
    card = dialog.locator(".search .card").first
    for part in ("M05", "Limiting belief", SITE.entry["m05"].title, SITE.entry["m05"].summary):
        expect(card).to_contain_text(part)


def test_search_says_when_nothing_is_found(dialog: Page) -> None:
    assert ask(dialog, "zzyzx") == []
    expect(dialog.locator(".search__count")).to_contain_text("Nothing found")


def test_index_is_fetched_in_parts_when_asked(tab: Page, address: str, built: Path) -> None:
    asked = asked_by(tab)
    tab.goto(address + "/mindsets/m05-trust-first/")
    tab.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/search" in url]
    tab.keyboard.press("Control+k")
    ask(tab, "trust")
    assert 0 < len([url for url in asked if "/search/" in url]) < 12
    assert len(list(built.glob("search/*/words/*.json"))) > 100


def test_scripts_split_words_as_the_index_does(tab: Page, address: str) -> None:
    tab.goto(address + "/")
    script = tab.locator("script[data-search]").get_attribute("data-search")
    text = "The partner’s Möbius-strip: don't; ÉCOLE n° 5 — naïve"
    found = tab.evaluate(
        "async ([at, text]) => (await import(new URL(at, location))).wordsOf(text)", [script, text]
    )
    assert found == words_of(text)


def cards(tab: Page) -> list[str]:
    """The ids of the entries found."""
    return [text.split()[-1] for text in tab.locator("#found .card__foot").all_inner_texts()]


def choose(tab: Page, group: str, choice: str) -> None:
    details = tab.locator("details", has_text=group).first
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.get_by_role("checkbox", name=re.compile(f"^{choice}")).check()


def test_finder_filters_and_keeps_its_state_in_the_address(tab: Page, address: str) -> None:
    tab.goto(address + "/find/")
    count = tab.locator(".finder__count")
    expect(count).to_have_text(
        f"{sum(len(SITE.listed(c)) for c in SITE.schema.collections)} entries."
    )
    choose(tab, "Theme", "Trust")
    choose(tab, "Stage of the partnership", "Starting")
    expect(tab).to_have_url(f"{address}/find/?stages=starting&themes=trust")
    wanted = {
        page.badge
        for page in SITE.entries
        if "trust" in page.front.words("themes") and "starting" in page.front.words("stages")
    }
    expect(count).to_have_text(f"{len(wanted)} entries.")
    assert set(cards(tab)) == wanted
    tab.reload()
    expect(count).to_have_text(f"{len(wanted)} entries.")
    tab.get_by_role("searchbox").fill("handover")
    expect(count).not_to_have_text(f"{len(wanted)} entries.")
    assert set(cards(tab)) <= wanted
    assert cards(tab)[0] == "M05"


def test_finder_counts_what_each_choice_would_leave(tab: Page, address: str) -> None:
    tab.goto(address + "/find/?themes=trust&collections=lessons")
    trust = [page for page in SITE.entries if "trust" in page.front.words("themes")]
    counted = Counter(page.collection.folder for page in trust)
    expect(tab.locator(".finder__count")).to_contain_text(str(counted["lessons"]))
    row = tab.locator("label", has=tab.locator("input[value=mindsets]"))
    expect(row.locator(".finder__number")).to_have_text(str(counted["mindsets"]))


def test_finder_offers_the_nearest_where_nothing_fits(tab: Page, address: str) -> None:
    tab.goto(address + "/find/?collections=mobius&situations=s20&stages=starting")
    expect(tab.locator(".finder__count")).to_contain_text("No match for all of it. Nearest:")
    assert cards(tab)
    tab.get_by_role("button", name="Clear all filters").click()
    expect(tab.locator(".finder__count")).not_to_contain_text("No match")
    expect(tab).to_have_url(f"{address}/find/")


def test_finder_shows_more_without_losing_the_place(tab: Page, address: str) -> None:
    tab.goto(address + "/find/")
    expect(tab.locator("#found .card")).to_have_count(24)
    tab.get_by_role("button", name="Show more").click()
    expect(tab.locator("#found .card")).to_have_count(48)
    expect(tab.locator("#found .card__link").nth(24)).to_be_focused()


def test_own_scripts_are_small() -> None:
    """Those that any page may load; the planner, the slides and the self-check have their own."""
    names = ("finder", "guide", "lost", "redirect", "scheme", "search")
    scripts = [SITE.loaded[f"assets/{name}.js"] for name in names]
    assert sum(len(gzip.compress(script)) for script in scripts) < 15_000
