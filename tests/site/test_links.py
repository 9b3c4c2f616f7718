"""Links of the built site: at the root of a host and below a path they lead where they should."""

import re
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect

from builds import build, copy_project
from guide.links.permalinks import anchors_of
from guide.rules.sections import FRAMED
from guides import change
from real import SITE
from servers import serving


class Link(NamedTuple):
    """An address of the site that an element names; whether it stands in the page's own text."""

    tag: str
    in_text: bool
    path: str


_ADDRESS = re.compile(r'<(?P<tag>[a-z]+)\b[^>]*?\s(?:href|src)="(?P<address>[^"]+)"')


@cache
def links_of(folder: Path) -> dict[str, list[Link]]:
    """What every page in a host's folder links to and loads, by the page's path."""
    found, own = {}, urlsplit(SITE.url).netloc
    for file in folder.rglob("*.html"):
        page, html = file.relative_to(folder).as_posix(), file.read_text("utf-8")
        page = "/" + page.removesuffix("index.html")
        begin, end = html.find("<main"), html.find("</main>")
        found[page] = [
            Link(one["tag"], begin < one.start() < end, to.path)
            for one in _ADDRESS.finditer(html)
            if (to := urlsplit(urljoin(SITE.url + page[1:], one["address"]))).netloc == own
        ]
    return found


@pytest.fixture(scope="module", params=["", "guide/"], ids=["at the root", "below a path"])
def host(
    request: pytest.FixtureRequest, made_once: Callable[..., Path], built: Path
) -> tuple[Path, str]:
    """The folder of a host, and the path below it at which the site stands."""
    if not request.param:
        return built, ""
    return made_once("host", build_below) / "www", request.param


def build_below(folder: Path) -> None:
    project = copy_project(folder / "project")
    change(project / "mkdocs.yml", f"site_url: {SITE.url}", f"site_url: {SITE.url}guide/")
    assert build(project, folder / "www/guide", strict=True).returncode == 0


def test_everything_linked_is_there(host: tuple[Path, str]) -> None:
    folder, _ = host
    lost = set()
    for page, links in links_of(folder).items():
        for path in {link.path for link in links}:
            target = folder / path.lstrip("/")
            if not (target / "index.html" if target.is_dir() else target).is_file():
                lost.add(f"{page}: {path}")
    assert not lost


def test_every_page_is_three_clicks_from_home_and_leads_to_two_others(built: Path) -> None:
    links = links_of(built)
    pages = {page.address for page in SITE.pages}
    reached, edge = {"/"}, {"/"}
    for _ in range(3):
        clicked = {link.path for page in edge for link in links[page] if link.tag == "a"}
        edge = (clicked & pages) - reached
        reached |= edge
    assert pages - reached == set()
    in_text = {page: {k.path for k in links[page] if k.tag == "a" and k.in_text} for page in pages}
    assert {page for page in pages if len(in_text[page] & pages - {page}) < 2} == set()


def test_a_limiting_belief_is_marked_as_one_wherever_a_link_names_it(built: Path) -> None:
    beliefs = {escape(page.title) for page in SITE.entries if page.kind_of_title}
    assert len(beliefs) == 24
    bare = set()
    for file in built.rglob("*.html"):
        link = r'(?s)<a [^>]*>(.*?)</a>|<option value="([^"]*)'
        for text in map("".join, re.findall(link, file.read_text("utf-8"))):
            told = [b for b in beliefs if b in text and f"“{b}”" not in text]
            bare |= {(file.relative_to(built).as_posix(), belief) for belief in told}
    assert bare == set()


def test_a_reader_gets_everywhere(host: tuple[Path, str], tab: Page) -> None:
    folder, path = host
    with serving(folder, lost=folder / path / "404.html") as address:
        home = f"{address}/{path}"
        failed: list[str] = []
        # What the next page cuts short has not failed.
        tab.on("requestfailed", lambda r: r.failure == "net::ERR_ABORTED" or failed.append(r.url))
        tab.goto(home)
        tab.get_by_role("link", name="One partner dominates").first.click()
        expect(tab).to_have_url(f"{home}situations/s02-one-partner-dominates/")
        tab.goto(f"{home}m05/#try")
        expect(tab).to_have_url(f"{home}mindsets/m05-trust-first/#try")
        tab.keyboard.press("Control+k")
        tab.get_by_role("searchbox").fill("hidden agenda")
        tab.locator(".search .card__link").first.click()
        expect(tab).to_have_url(re.compile(f"^{re.escape(home)}.+hidden-agenda"))
        tab.goto(f"{home}no/such/page/")
        expect(tab.get_by_role("heading", name="There is no page here")).to_be_visible()
        tab.get_by_role("link", name="Lessons", exact=True).first.click()
        expect(tab).to_have_url(f"{home}lessons/")
        assert not failed


def test_no_heading_of_an_entry_can_take_an_id_of_its_frame(built: Path) -> None:
    for page in SITE.entries:
        text = (built / page.address[1:] / "index.html").read_text("utf-8")
        text = re.sub(r"<svg.*?</svg>", "", text, flags=re.S)  # A drawing's ids end in its number.
        framed = {*re.findall(r'\sid="([^"]+)"', text)} - anchors_of(SITE, page)
        assert [id for id in framed if not FRAMED.fullmatch(id)] == [], page.path
