"""The zip of the site, opened from a folder as from a memory stick: no server, no network."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Page, expect

from builds import lost_in_zip
from guide.files.memory_stick import write_zip
from guides import ROOT
from real import SITE

SCRIPT = Environment(loader=FileSystemLoader(ROOT / "overrides")).get_template("guide/local.js")
PAGE = SITE.page["mindsets/m05-trust-first.md"]


@pytest.fixture(scope="module")
def packed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("stick") / "field-guide.zip"
    write_zip(built, SCRIPT, file)
    return file


@pytest.fixture(scope="module")
def stick(packed: Path) -> str:
    """The address of the folder on the stick, which has a blank in its name."""
    folder = packed.with_name("my stick")
    with ZipFile(packed) as file:
        file.extractall(folder)
    return f"{(folder / 'field-guide').as_uri()}/"


@pytest.fixture
def tab(tab: Page) -> Iterator[Page]:
    """Every complaint of the browser is a fault."""
    told: list[str] = []
    tab.on("console", lambda message: message.type == "error" and told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    yield tab
    assert told == []


def test_reader_goes_from_page_to_page_and_searches(tab: Page, stick: str) -> None:
    tab.goto(f"{stick}index.html")
    tab.get_by_role("link", name="One partner dominates").first.click()
    expect(tab).to_have_url(f"{stick}situations/s02-one-partner-dominates/index.html")
    tab.wait_for_load_state()
    tab.keyboard.press("Control+k")
    tab.get_by_role("searchbox").fill("trust before")
    tab.locator(".search .card__link", has_text=PAGE.title).click()
    expect(tab).to_have_url(re.compile(f"{re.escape(PAGE.address[1:])}index.html"))
    tab.locator("#elsewhere + ul a").first.hover()
    expect(tab.get_by_role("tooltip")).not_to_be_empty()
    tab.get_by_role("button", name="Present", exact=True).click()
    expect(tab.locator(".slide h2").first).to_be_visible()
    tab.goto(f"{stick}m05/index.html#try")
    expect(tab).to_have_url(f"{stick}{PAGE.address[1:]}index.html#try")
    assert tab.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Figtree'))")


def test_finder_and_scheme_work(tab: Page, stick: str) -> None:
    tab.goto(f"{stick}find/index.html?q=trust&collection=lessons")
    tab.locator("#found .card__link").first.wait_for()
    tab.get_by_role("searchbox").fill("handover")
    expect(tab).to_have_url(re.compile("q=handover"))
    tab.get_by_role("button", name="Colours").click()
    tab.get_by_role("button", name="Colours").click()
    tab.locator("#found .card__link").first.click()
    expect(tab.locator("html")).to_have_attribute("data-scheme", "dark")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"


def test_planner_and_self_check_work(tab: Page, stick: str) -> None:
    tab.goto(f"{stick}planner/index.html#v=1&name=Ours&start=10:00&plan=w08:10,5:Tea")
    expect(tab.locator("#run")).to_contain_text("Tea")
    tab.get_by_role("button", name="sheets").first.click()
    expect(tab.locator("#pack .paper").first).to_be_attached()
    tab.goto(f"{stick}self-check/index.html")
    tab.get_by_label("mostly").first.check()
    expect(tab.locator("#code")).not_to_be_empty()
    tab.goto(f"{stick}about/index.html")
    told = "This copy of the guide needs no connection."
    expect(tab.locator(".keep [role=status]")).to_have_text(told)


def test_no_link_leads_to_a_folder_or_nowhere_or_it_is_told(packed: Path, tmp_path: Path) -> None:
    assert lost_in_zip(packed) == set()
    with ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("g/a.html", '<a href="b/">B</a><a href="https://c.example/d">C</a>')
    assert lost_in_zip(tmp_path / "a.zip") == {("g/a.html", "b/")}


def test_same_site_makes_the_same_bytes(packed: Path, built: Path, tmp_path: Path) -> None:
    write_zip(built, SCRIPT, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()
