"""The site works at the root of a host and below a path, and names neither in its links."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from builds import build, copy_project
from real import SITE
from servers import serving


class Addresses(HTMLParser):
    """What a page links to and loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


@pytest.fixture(scope="module", params=["", "guide/"], ids=["at the root", "below a path"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, built: Path
) -> tuple[Path, str]:
    """The folder of a host, and the path below it at which the site stands."""
    if not request.param:
        return built, ""
    folder = tmp_path_factory.mktemp("host")
    project = copy_project(folder / "project")
    settings = project / "mkdocs.yml"
    url = f"site_url: {SITE.url}{request.param}"
    text = re.sub("^site_url: .*$", url, settings.read_text("utf-8"), flags=re.M)
    settings.write_text(text, "utf-8")
    assert build(project, folder / "www" / request.param, strict=True).returncode == 0
    return folder / "www", request.param


def test_everything_linked_is_there(site: tuple[Path, str]) -> None:
    folder, path = site
    lost = set()
    for page in (folder / path).rglob("*.html"):
        here = "/" + page.relative_to(folder).as_posix()
        for address in Addresses(page.read_text("utf-8")).found:
            whole = urlsplit(urljoin(urljoin(SITE.url, here), address))
            if whole.netloc != urlsplit(SITE.url).netloc:
                continue
            target = folder / whole.path.lstrip("/")
            if not (target / "index.html" if target.is_dir() else target).is_file():
                lost.add(f"{here}: {address}")
    assert not lost


def test_a_reader_gets_everywhere(site: tuple[Path, str], browser: Browser) -> None:
    folder, path = site
    with serving(folder, lost=folder / path / "404.html") as host:
        home = f"{host}/{path}"
        tab = browser.new_page()
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
        tab.close()
