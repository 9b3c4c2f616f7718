"""What a visit costs: bytes, requests, layout shifts; and that nothing is kept or told."""

import gzip
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guides import OpenTab, asked_by, wait_until
from real import ENTRY, SITE, kinds
from servers import Quiet, answering

SECOND = "/lessons/l05-trust/"
VISITOR = {"service_workers": "allow"}
#: Bytes that the host has sent, by path, and about as many for the headers of an answer.
SENT: dict[str, int] = {}
HEAD = 250


@pytest.fixture(scope="module")
def host(built: Path) -> Iterator[str]:
    """The built guide as a static host serves it: compressed, fingerprinted files for long."""

    class Host(Quiet):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            path = path / "index.html" if path.is_dir() else path
            body, headers = path.read_bytes(), {"Content_Type": self.guess_type(path)}
            if path.suffix in (".html", ".css", ".js", ".json"):
                body = gzip.compress(body, 9)
                headers["Content_Encoding"] = "gzip"
            kept = "no-cache" if path.suffix == ".html" else "max-age=31536000, immutable"
            self.answer(200, body, Cache_Control=kept, **headers)
            SENT[self.path] = SENT.get(self.path, 0) + len(body) + HEAD

    with answering(partial(Host, directory=built)) as address:
        yield address


def cost(tab: Page, address: str) -> int:
    """Bytes of a visit, of those for the service worker too, which a tab does not see."""
    SENT.clear()
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    tab.evaluate("navigator.serviceWorker.ready.then(() => null)")
    tab.wait_for_timeout(500)
    return sum(SENT.values())


def test_first_visit_to_an_entry_is_light_and_the_second_lighter(tab: Page, host: str) -> None:
    first, second = cost(tab, host + ENTRY), cost(tab, host + SECOND)
    assert 20_000 < first < 110_000
    assert 2_000 < second < 14_000


def test_html_of_an_entry_is_small(built: Path) -> None:
    """As a server sends it: nine of ten entries under 10.3 KB, the longest under 14."""
    files = [built / page.address[1:] / "index.html" for page in SITE.entries]
    sizes = sorted(len(gzip.compress(file.read_bytes())) for file in files)
    assert sizes[len(sizes) * 9 // 10] < 10_300
    assert sizes[-1] < 14_000


@pytest.mark.parametrize(
    ("script", "most", "page"), [("planner", 12 * 1024, "d02"), ("selfcheck", 10 * 1024, "p02")]
)
def test_script_of_one_page_is_small_and_loaded_by_no_other(
    tab: Page, address: str, built: Path, script: str, most: int, page: str
) -> None:
    (file,) = (built / "assets").glob(f"{script}.*.js")
    assert len(gzip.compress(file.read_bytes(), 9)) <= most
    asked = asked_by(tab)
    tab.goto(address + SITE.entry[page].address)
    tab.wait_for_load_state("networkidle")
    assert asked
    assert not [url for url in asked if f"/{script}." in url]


#: Adds up the layout shifts of a page from its beginning.
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((e) => { window.shift += e.value }))
  .observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("part", range(4))
def test_nothing_moves_while_a_page_loads(open_tab: OpenTab, host: str, part: int) -> None:
    """Layout shift, with fonts not yet in the cache."""
    browser = open_tab(viewport={"width": 390, "height": 800}).context
    browser.add_init_script(SHIFTS)
    tabs = {}
    for path in kinds()[:-1][part::4]:
        tabs[path] = browser.new_page()
        browser.new_cdp_session(tabs[path]).send("Network.clearBrowserCache")
        tabs[path].goto(host + path)
    for path, tab in tabs.items():
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("window.shift") < 0.01, path


def test_shift_would_be_told(tab: Page, host: str) -> None:
    tab.add_init_script(SHIFTS)
    tab.goto(host + ENTRY)
    tab.evaluate("document.querySelector('main').style.marginTop = '99px'")
    wait_until(tab, "window.shift > 0.01")


def test_nothing_is_kept_but_the_scheme_that_stays_on_the_next_page(tab: Page, host: str) -> None:
    kept = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"
    for path in (ENTRY, "/find/?q=trust", "/"):
        tab.goto(host + path)
        assert tab.evaluate(kept) == "{}{}"
    button = tab.get_by_role("button", name="Colours")
    light, dark = "rgb(253, 252, 249)", "rgb(22, 29, 36)"
    for scheme, ground in (("light", light), ("dark", dark), ("system", light)):
        button.click()
        expect(button).to_have_text(f"Colours: {scheme}")
        tab.goto(host + SECOND)
        expect(tab.locator("body")).to_have_css("background-color", ground)
    assert tab.evaluate(kept) == '{"scheme":""}{}'
    assert tab.context.cookies() == []


def test_without_script_everything_is_reached(plain: Page, address: str) -> None:
    plain.goto(address + "/")
    plain.get_by_role("link", name="Where are you in the life").click()
    plain.get_by_role("link", name="When a partnership is struggling").click()
    plain.get_by_role("button", name="Menu").click()
    menu = plain.get_by_role("navigation", name="The guide", exact=True)
    menu.get_by_role("link", name="Glossary").click()
    expect(plain.get_by_role("heading", name="Glossary")).to_be_visible()
    plain.goto(address + "/find/?q=trust")
    expect(plain.get_by_text("Words and filters need JavaScript")).to_be_visible()
    plain.get_by_role("link", name="Mindsets", exact=True).first.click()
    expect(plain.locator(".card")).to_have_count(24)
