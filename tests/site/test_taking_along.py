"""What a trainer takes along: links, citations, QR codes, data; and the way back when lost."""

import io
import json
import re
from pathlib import Path

import jsonschema
import pydantic
import pytest
import resvg_py
import rispy
import schema_org
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from pybtex.database import parse_string

from real import ENTRY, SITE

SHORT = SITE.url + "m05/"
#: With a clipboard that can be read.
VISITOR = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture
def tab(tab: Page, address: str) -> Page:
    """An entry."""
    tab.goto(address + ENTRY)
    return tab


def copied(tab: Page, button: str) -> str:
    """What the button puts on the clipboard, pressed by keyboard."""
    tab.get_by_role("button", name=button, exact=True).focus()
    tab.keyboard.press("Enter")
    said = "short link" if button == "Copy link" else button.removeprefix("Copy ")
    expect(tab.get_by_role("status").filter(has_text=f"Copied: {said}.")).to_be_visible()
    return tab.evaluate("navigator.clipboard.readText()")


def test_short_link_of_a_page_and_of_a_heading_is_copied(tab: Page, address: str) -> None:
    assert copied(tab, "Copy link") == SHORT
    tab.locator("#antidote").get_by_role("link").focus()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(f"{address}{ENTRY}#antidote")
    expect(tab.get_by_role("status").filter(has_text="“The antidote”")).to_be_attached()
    assert tab.evaluate("navigator.clipboard.readText()") == SHORT + "#antidote"


def test_citations_are_copied_in_three_forms(tab: Page) -> None:
    tab.get_by_role("button", name="Cite").click()
    assert copied(tab, "Copy page as text").endswith(f"Available from: {SHORT}")
    (entry,) = parse_string(copied(tab, "Copy page as BibTeX"), "bibtex").entries.values()
    assert entry.fields["url"] == SHORT
    (record,) = rispy.loads(copied(tab, "Copy page as RIS"))
    assert record["title"] == "“We must trust each other before this can work”"
    assert copied(tab, "Copy source as text").startswith("Chesterman, D., Pritchard, S.")
    assert "chesterman2005" in copied(tab, "Copy source as BibTeX")
    (record,) = rispy.loads(copied(tab, "Copy source as RIS"))
    assert record["year"] == "2005"


def test_print_button_prints(tab: Page) -> None:
    tab.evaluate("window.print = () => { window.printed = true }")
    tab.get_by_role("button", name="Print").click()
    assert tab.evaluate("window.printed") is True


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_qr_code_reads_back_as_the_short_link(tab: Page, scheme: str) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.get_by_role("button", name="Slide").click()
    picture = tab.get_by_role("img", name="QR code")
    expect(picture).to_have_js_property("complete", True)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.screenshot())))
    assert code.text == SHORT


def test_every_qr_code_reads_back(built: Path) -> None:
    for page in SITE.entries:
        svg = (built / page.id / "qr.svg").read_text("utf-8")
        picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=330))))
        (code,) = zxingcpp.read_barcodes(picture)
        assert code.text == f"{SITE.url}{page.id}/"


def test_entries_json_keeps_its_published_schema(built: Path) -> None:
    data = json.loads((built / "entries.json").read_text("utf-8"))
    schema = json.loads((built / "entries.schema.json").read_text("utf-8"))
    jsonschema.validate(data, schema)
    assert len(data["entries"]) == len(SITE.entries)
    del data["entries"][0]["short"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def validate(value: object) -> object:
    """The value as schema.org's own types; raises where the vocabulary does not have it."""
    if isinstance(value, list):
        return [validate(item) for item in value]
    if not isinstance(value, dict):
        return value
    fields = {name: validate(item) for name, item in value.items() if not name.startswith("@")}
    return getattr(schema_org, str(value["@type"])).model_validate(fields)


def test_metadata_of_every_page_is_schema_org(built: Path) -> None:
    for page in SITE.pages:
        text = (built / page.address[1:] / "index.html").read_text("utf-8")
        (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
        data = json.loads(found)
        assert data["@context"] == "https://schema.org"
        validate(data)
        assert data["url"] == SITE.url.rstrip("/") + page.address
    with pytest.raises(pydantic.ValidationError):
        validate({"@type": "Article", "headlin": "A slip"})


def test_slip_in_an_address_leads_to_the_entry(tab: Page, address: str) -> None:
    slips = (
        *("M5", "m005", "m-05", "mindsets/5", "Mindsets/M05", "mindsets/m05-trust"),
        *("mindsets/m05-trust-first.html", "MINDSETS/M05-TRUST-FIRST"),
    )
    for slip in slips:
        tab.goto(f"{address}/{slip}")
        expect(tab).to_have_url(address + ENTRY)


def test_lost_visitor_is_offered_the_nearest_pages(tab: Page, address: str) -> None:
    tab.goto(f"{address}/themes/turst")
    guess = tab.get_by_role("status").filter(has_text="Did you mean")
    expect(guess.get_by_role("link").first).to_have_attribute("href", f"{address}/themes/trust/")


def test_lost_visitor_without_script_finds_the_collections(plain: Page, address: str) -> None:
    assert plain.goto(f"{address}/nothing/here/").status == 404
    for collection in SITE.schema.collections:
        link = plain.locator(".lost").get_by_role("link", name=collection.name, exact=True)
        expect(link).to_have_attribute("href", f"/{collection.folder}/")
