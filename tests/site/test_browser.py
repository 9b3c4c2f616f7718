"""The built guide in Chromium, with every other host out of reach."""

import re

import pytest
from playwright.sync_api import Page, expect

from guides import OpenTab
from real import ENTRY, SITE


def test_term_shows_its_meaning_or_leads_to_it(tab: Page, plain: Page, address: str) -> None:
    tab.goto(address + "/mindsets/m19-being-nice/")
    term, tip = tab.locator("a.term").first, tab.get_by_role("tooltip")
    term.hover()
    expect(tip).to_contain_text(str(term.get_attribute("data-means")))
    tip.hover()
    tab.wait_for_timeout(500)
    expect(tip).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    plain.goto(address + "/mindsets/m19-being-nice/")
    plain.locator("a.term").first.click()
    expect(plain.locator(":target")).to_be_in_viewport()


def test_citation_shows_its_reference_on_hover_and_on_focus(tab: Page, address: str) -> None:
    tab.goto(address + ENTRY)
    citation, tip = tab.locator(".citation a").first, tab.get_by_role("tooltip")
    expect(tip).to_be_hidden()
    citation.hover()
    expect(tip).to_contain_text("Chesterman, D., Pritchard, S. and Binns, P., 2005.")
    tab.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    citation.focus()
    expect(tip).to_be_visible()
    expect(citation).to_have_attribute("aria-describedby", "tip")
    citation.blur()
    expect(tip).to_be_hidden()


def test_citation_leads_to_the_pages_list_and_on_to_the_reference(tab: Page, address: str) -> None:
    tab.goto(address + ENTRY)
    tab.locator(".citation a", has_text="Mindsets, no. 5").first.click()
    listed = tab.locator("#cites-chesterman2005")
    expect(listed).to_be_in_viewport()
    listed.get_by_role("link", name="All about this source").click()
    assert tab.url == f"{address}/references/#ref-chesterman2005"
    tab.locator(".work", has=tab.locator("#ref-chesterman2005")).get_by_text("item by item").click()
    tab.get_by_text("Cited in").click()
    place = tab.get_by_role("listitem").filter(has_text="The antidote: no. 5").first
    expect(place.get_by_role("link")).to_have_attribute("href", re.compile("#antidote$"))


def test_downloads_are_there(tab: Page, address: str) -> None:
    tab.goto(address + "/references/")
    links = tab.locator(".downloads a")
    addresses = links.evaluate_all("links => links.map(link => link.href)")
    assert len(addresses) == 3 * (1 + len(SITE.works))
    for url in addresses[:6]:
        assert tab.request.get(url).ok, url


def test_entry_shows_where_it_is_used_and_its_relations(tab: Page, address: str) -> None:
    tab.goto(address + ENTRY)
    used = tab.locator("section", has=tab.locator("#where-used"))
    expect(used).to_contain_text("Mindset 5")
    related = tab.locator("section", has=tab.locator("#related"))
    expect(related.locator("a[href*='l05-'], a[href*='m01-']").first).to_be_visible()
    tab.get_by_role("navigation", name="one after another").locator("[rel=next]").click()
    assert tab.url == f"{address}/mindsets/m06-standards-of-behaviour/"


def test_collection_lists_every_entry(tab: Page, address: str) -> None:
    for collection in SITE.schema.collections:
        tab.goto(f"{address}/{collection.folder}/")
        own = tab.locator(f".card[data-collection='{collection.folder}']")
        expect(own).to_have_count(len(SITE.entries_of(collection)))


def test_source_page_shows_its_outline_with_the_covering_entries(tab: Page, address: str) -> None:
    tab.goto(address + "/sources/limiting-mindsets/")
    expect(tab.locator(".outline > li")).to_have_count(25)
    expect(tab.locator(".outline__open")).to_have_count(0)


def test_what_the_editors_add_is_labelled(tab: Page, address: str) -> None:
    tab.goto(address + "/mindsets/m20-capable-people/")
    regions = tab.get_by_role("region", name="From the editors, not from a source")
    expect(regions).to_have_count(3)
    expect(regions.first).to_contain_text("The limiting mindset, as we read it")


def test_link_shows_title_and_summary_of_its_page(tab: Page, address: str) -> None:
    tab.goto(address + ENTRY)
    link = tab.locator("#elsewhere + ul a[href*='/']:not([href*='#'], .term)").first
    link.hover()
    tip = tab.get_by_role("tooltip")
    expect(tip).to_be_visible()
    target = tab.request.get(tab.evaluate("e => e.href", link.element_handle())).text()
    assert f"<h1>{tip.locator('strong').inner_text()}</h1>" in target
    tab.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    link.focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    expect(tip).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", "tip")
    tab.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_page_leads_on_along_its_paths_and_to_what_is_most_like_it(tab: Page, address: str) -> None:
    tab.goto(address + "/lessons/l01-differences/")
    walk = tab.get_by_role("navigation", name="On the path: New to partnership working")
    expect(walk).to_contain_text("page 2 of 7 on this path")
    walk.get_by_role("link", name="Next on the path").click()
    assert tab.url == f"{address}/lessons/l08-autonomy-and-accountability/"
    useful = tab.get_by_role("navigation", name="Next useful page").get_by_role("link")
    expect(useful).to_have_count(1)


def test_page_says_how_long_it_takes_and_lists_its_sections(tab: Page, address: str) -> None:
    tab.goto(address + ENTRY)
    expect(tab.locator(".facts")).to_contain_text(re.compile(r"[23] minutes"))
    tab.get_by_role("navigation", name="On this page").get_by_role("link", name="Try this").click()
    expect(tab.locator("#try")).to_be_in_viewport()


def test_page_reads_without_script(plain: Page, address: str) -> None:
    plain.goto(address + ENTRY)
    expect(plain.get_by_role("heading", name="The antidote")).to_be_visible()
    plain.locator(".citation a").first.click()
    expect(plain.locator("#cites-chesterman2005")).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    ("scheme", "paper"), [("light", "rgb(253, 252, 249)"), ("dark", "rgb(22, 29, 36)")]
)
def test_colours_follow_the_system(
    open_tab: OpenTab, address: str, scheme: str, paper: str, script: bool
) -> None:
    tab = open_tab(color_scheme=scheme, java_script_enabled=script)
    tab.goto(address + ENTRY)
    expect(tab.locator("body")).to_have_css("background-color", paper)


def test_paper_is_light_and_an_activity_prints_as_a_sheet(tab: Page, address: str) -> None:
    tab.emulate_media(color_scheme="dark")
    tab.goto(address + "/workshop/w02-scenario-builder/")
    expect(tab.locator("#elsewhere")).to_be_visible()
    tab.emulate_media(media="print")
    expect(tab.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(tab.get_by_role("heading", name="Step by step")).to_be_visible()
    expect(tab.locator("#reported")).to_have_css("break-before", "page")
    for hidden in ("#elsewhere", ".bar", ".neighbours >> nth=0", ".aftermatter >> nth=0"):
        expect(tab.locator(hidden)).to_be_hidden()


def test_form_prints_on_one_sheet(tab: Page, address: str) -> None:
    tab.goto(f"{address}/form/")
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "15mm")
    assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4", margin=margin))) == 1


def test_paper_shows_what_is_folded(tab: Page, address: str) -> None:
    tab.goto(address + "/references/")
    folded = tab.locator("main details:not([open])")
    assert folded.count() > 3
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_have_count(0)


def test_every_part_of_the_map_is_a_link(tab: Page, address: str) -> None:
    tab.goto(address + "/collections/")
    parts = tab.get_by_role("navigation", name="Map of the guide").get_by_role("link")
    expect(parts).to_have_count(len(SITE.schema.collections) + 3)
    parts.filter(has_text="Mindsets").click()
    assert tab.url == address + "/mindsets/"


def test_diagrams_describe_themselves_and_take_the_pages_colours(tab: Page, address: str) -> None:
    tab.goto(address + "/mobius/b01-model/")
    drawing = tab.locator(".diagram svg")
    expect(drawing).to_have_attribute("role", "img")
    assert len(drawing.get_attribute("aria-label") or "") > 80
    expect(drawing.locator(".d-accent-line").first).to_have_css("stroke", "rgb(139, 47, 91)")
