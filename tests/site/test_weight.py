"""What a visit costs: bytes, requests, layout shifts; and that nothing is kept or told."""

import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from real import ENTRY, SITE, kinds

SECOND = "/lessons/l05-trust/"
TEXT = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
}


@pytest.fixture(scope="module")
def host(built: Path) -> Iterator[str]:
    """The built guide as a static host serves it: compressed, fingerprinted files for long."""

    class Host(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            path = built / self.path.partition("?")[0].lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            body = path.read_bytes()
            self.send_response(200)
            if path.suffix in TEXT:
                body = gzip.compress(body, 9)
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Type", f"{TEXT[path.suffix]}; charset=utf-8")
            elif path.suffix == ".svg":
                self.send_header("Content-Type", "image/svg+xml")
            fixed = path.suffix != ".html"
            self.send_header(
                "Cache-Control", "max-age=31536000, immutable" if fixed else "no-cache"
            )
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Visit:
    """Counts the bytes that a tab receives, headers included."""

    def __init__(self, browser: Browser) -> None:
        self.tab = browser.new_context().new_page()
        self.bytes = 0
        session = self.tab.context.new_cdp_session(self.tab)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._add)

    def _add(self, told: dict[str, float]) -> None:
        self.bytes += int(told["encodedDataLength"])

    def cost(self, address: str) -> int:
        before = self.bytes
        self.tab.goto(address)
        self.tab.wait_for_load_state("networkidle")
        return self.bytes - before


def test_first_visit_to_an_entry_is_light_and_the_second_lighter(
    browser: Browser, host: str
) -> None:
    visit = Visit(browser)
    first, second = visit.cost(host + ENTRY), visit.cost(host + SECOND)
    assert 20_000 < first < 110_000
    assert 2_000 < second < 14_000


def test_html_of_an_entry_is_small(built: Path) -> None:
    """As a server sends it: nine of ten entries under 10 KB, the longest under 14."""
    sizes = sorted(
        len(gzip.compress((built / page.address.strip("/") / "index.html").read_bytes()))
        for page in SITE.entries
    )
    assert sizes[len(sizes) * 9 // 10] < 10_000
    assert sizes[-1] < 14_000


def test_nothing_moves_while_a_page_loads(browser: Browser, host: str) -> None:
    """Layout shift, with fonts not yet in the cache."""
    for path in kinds()[:-1]:
        tab = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
        tab.add_init_script(
            "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => "
            "{ window.shift += e.value })).observe({type: 'layout-shift', buffered: true})"
        )
        tab.goto(host + path)
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("window.shift") < 0.01, path
        tab.context.close()


def test_nothing_is_kept_but_the_scheme(browser: Browser, host: str) -> None:
    tab = browser.new_context().new_page()
    kept = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"
    for path in (ENTRY, "/find/?q=trust", "/"):
        tab.goto(host + path)
        assert tab.evaluate(kept) == "{}{}"
    tab.set_viewport_size({"width": 1280, "height": 800})
    button = tab.get_by_role("button", name="Colours")
    for scheme in ("light", "dark", "system"):
        button.click()
        expect(button).to_have_text(f"Colours: {scheme}")
    assert tab.evaluate(kept) == '{"scheme":""}{}'
    assert tab.context.cookies() == []


@pytest.fixture
def plain(browser: Browser) -> Page:
    """A browser in which scripts are switched off."""
    return browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    ).new_page()


def test_without_script_everything_is_reached(plain: Page, address: str) -> None:
    plain.goto(address + "/")
    plain.get_by_role("link", name="Where are you in the life").click()
    plain.get_by_role("link", name="When a partnership is struggling").click()
    plain.get_by_role("button", name="Menu").click()
    plain.get_by_role("navigation", name="The guide", exact=True).get_by_role(
        "link", name="Glossary"
    ).click()
    expect(plain.get_by_role("heading", name="Glossary")).to_be_visible()
    plain.goto(address + "/find/?q=trust")
    expect(plain.get_by_text("Words and filters need JavaScript")).to_be_visible()
    plain.get_by_role("link", name="Mindsets", exact=True).first.click()
    expect(plain.locator(".card")).to_have_count(24)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_script_colours_follow_the_system(
    browser: Browser, address: str, scheme: str
) -> None:
    tab = browser.new_context(java_script_enabled=False, color_scheme=scheme).new_page()
    tab.goto(address + ENTRY)
    wanted = {"light": "rgb(253, 252, 249)", "dark": "rgb(22, 29, 36)"}[scheme]
    expect(tab.locator("body")).to_have_css("background-color", wanted)


def test_chosen_scheme_stays_on_the_next_page(browser: Browser, address: str) -> None:
    tab = browser.new_context(color_scheme="light").new_page()
    tab.goto(address + ENTRY)
    for _ in range(2):
        tab.get_by_role("button", name="Colours").click()
    tab.goto(address + SECOND)
    expect(tab.locator("body")).to_have_css("background-color", "rgb(22, 29, 36)")
