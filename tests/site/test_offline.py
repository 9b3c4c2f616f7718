"""The guide without a network: what was visited, and the whole of it where a reader keeps it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Error, Page, expect

from barriers import barriers
from guide.files.offline import write_offline
from guides import ROOT, wait_until
from real import ENTRY, SITE
from servers import Quiet, answering

VISITOR = {"service_workers": "allow"}
PAGE = SITE.page[f"{ENTRY.strip('/')}.md"]
TITLE = PAGE.title
KEEP, REMOVE = "Keep the guide on this device", "Remove the guide from this device"
KEPT = "The guide is kept on this device, state of "
PLAN = "planner/#v=1&name=Ours&start=10:00&plan=w08:10,5:Tea"
#: What becomes of the next worker.
UPDATED = """async () => {
  const {installing, waiting} = await (await navigator.serviceWorker.getRegistration()).update();
  if (waiting) return waiting.state;
  return new Promise((done) => { installing.onstatechange = () => done(installing.state) });
}"""


@dataclass
class Host:
    """Has the guide of the folder `site` below a path; `refuses` what has these words in it."""

    site: Path
    path: str = ""
    refuses: str = "nothing"


class Handler(Quiet):
    def __init__(self, host: Host, *given: object) -> None:
        self.host = host
        super().__init__(*given)

    def do_GET(self) -> None:
        self.send_error(503) if self.host.refuses in self.path else super().do_GET()

    def translate_path(self, path: str) -> str:
        self.directory = str(self.host.site)
        return super().translate_path(path.removeprefix(self.host.path))


@pytest.fixture
def host(built: Path) -> Host:
    return Host(built, "/guide")


@pytest.fixture
def home(host: Host) -> Iterator[str]:
    with answering(partial(Handler, host)) as address:
        yield f"{address}{host.path}/"


@pytest.fixture(scope="module")
def newer(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide with another title for an entry, on its page and in search, a day later."""
    site = shutil.copytree(built, tmp_path_factory.mktemp("newer") / "site")
    for old in site.glob("offline.*.json"):
        old.unlink()
    for file in (site / ENTRY[1:] / "index.html", *site.glob("search/*/pages/*.json")):
        file.write_text(file.read_text("utf-8").replace(TITLE, "Newer"), "utf-8")
    (latest := next(site.glob("search/*/"))).rename(site / "search/0123456789")
    told = site / "search/latest.json"
    told.write_text(told.read_text("utf-8").replace(latest.name, "0123456789"), "utf-8")
    worker = Environment(loader=FileSystemLoader(ROOT / "overrides")).get_template("guide/sw.js")
    write_offline(site, worker, date(2023, 11, 15))
    return site


def keep(tab: Page, home: str, day: str = "14 November 2023") -> None:
    tab.goto(f"{home}about/")
    tab.get_by_role("button", name=KEEP).press("Enter")
    expect(tab.locator(".keep [role=status]")).to_have_text(f"{KEPT}{day}.", timeout=20_000)


def search(tab: Page, question: str) -> None:
    tab.keyboard.press("Control+k")
    tab.locator("#search-words").fill(question)


def try_out(tab: Page, home: str) -> None:
    """Home, search, planner and self-check, as a reader uses them."""
    tab.goto(home)
    expect(tab.locator("h1")).to_be_visible()
    assert tab.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Figtree'))")
    search(tab, "trust")
    expect(tab.locator(".search .card").first).to_contain_text("rust")
    tab.goto(home + PLAN)
    expect(tab.locator("#run")).to_contain_text("Tea")
    tab.get_by_role("button", name="Present", exact=True).click()
    expect(tab.locator(".slide h2").first).to_have_text("Ours")
    tab.goto(f"{home}self-check/")
    tab.get_by_label("mostly").first.check()
    expect(tab.locator("#code")).not_to_be_empty()


def test_what_was_visited_opens_again_without_a_network(tab: Page, built: Path) -> None:
    with answering(partial(Handler, Host(built))) as address:
        for path in (f"{address}/", f"{address}{ENTRY}", f"{address}/{PLAN}"):
            tab.goto(path)  # And stays until the worker has what the page loaded.
            wait_until(tab, "caches.match(location.href.split(/[?#]/)[0]).then(Boolean)")
            wait_until(tab, "navigator.serviceWorker.controller !== null")
            tab.wait_for_load_state("networkidle")
        try_out(tab, f"{address}/")
        tab.wait_for_load_state("networkidle")
        tab.context.set_offline(True)
        try_out(tab, f"{address}/")
        tab.goto(address + ENTRY)
        expect(tab.locator("h1")).to_have_text(PAGE.name)
        with pytest.raises(Error, match=r"INTERNET_DISCONNECTED|FAILED"):
            tab.goto(f"{address}/glossary/")


def test_whole_guide_is_kept_and_opens_without_a_network(tab: Page, home: str) -> None:
    keep(tab, home)
    assert barriers(tab) == []
    tab.context.set_offline(True)
    try_out(tab, home)
    tab.goto(f"{home}m05/#try")
    tab.wait_for_url(f"{home}{ENTRY[1:]}#try")
    tab.goto(f"{home}find/?q=trust&collection=lessons")
    expect(tab.locator("#found .card").first).to_be_visible()
    tab.goto(f"{home}lessons/l05-trust/")
    tab.locator(".term").first.focus()
    expect(tab.get_by_role("tooltip")).to_be_visible()
    tab.goto(f"{home}{min(SITE.activities)}/sheet/")
    expect(tab.locator(".paper").first).to_be_visible()
    assert tab.goto(f"{home}nothing/").status == 404
    opened = """paths => Promise.all(paths.map(async (path) =>
      (await (await fetch(path)).text()).includes("<h1") ? "" : path))"""
    paths = [home + page.address[1:] for page in SITE.pages]
    assert set(tab.evaluate(opened, paths)) == {""}


def test_kept_guide_is_replaced_at_once(tab: Page, home: str, host: Host, newer: Path) -> None:
    keep(tab, home)
    host.site = newer
    tab.goto(home + ENTRY[1:])
    expect(tab.locator("h1")).to_have_text(PAGE.name)
    assert tab.evaluate(UPDATED) == "installed"
    assert _title_in_search(tab) == PAGE.name
    other = tab.context.new_page()
    other.goto(home)
    other.wait_for_load_state("networkidle")
    tab.reload()
    expect(tab.locator("h1")).to_have_text(PAGE.name)  # The other page is still open.
    other.close()
    for _ in range(5):  # The other page may take its time to close, and this one is loaded again.
        with suppress(Error, AssertionError):
            tab.goto(home + ENTRY[1:])
            expect(tab.locator("h1")).to_have_text("“Newer”", timeout=4_000)
            break
    expect(tab.locator("h1")).to_have_text("“Newer”")
    tab.context.set_offline(True)
    tab.reload()
    expect(tab.locator("h1")).to_have_text("“Newer”")
    assert _title_in_search(tab) == "“Newer”"
    tab.goto(f"{home}about/")
    expect(tab.locator(".keep [role=status]")).to_have_text(f"{KEPT}15 November 2023.")


def _title_in_search(tab: Page) -> str:
    search(tab, "hand the baton")
    return tab.locator(f".search .card__link[href$='{ENTRY}']").inner_text()


def test_half_a_guide_is_never_served(tab: Page, home: str, host: Host, newer: Path) -> None:
    host.refuses = "/guide/offline."
    tab.goto(f"{home}about/")
    tab.get_by_role("button", name=KEEP).click()
    expect(tab.get_by_text("could not be fetched whole")).to_be_visible()
    host.refuses = "nothing"
    keep(tab, home)
    whole = next(newer.glob("offline.*.json"))
    sound = whole.read_bytes()
    whole.write_bytes(sound[:-1])
    host.site = newer
    tab.goto(home + ENTRY[1:])
    assert tab.evaluate(UPDATED) == "redundant"
    whole.write_bytes(sound)
    tab.context.set_offline(True)
    tab.reload()
    expect(tab.locator("h1")).to_have_text(PAGE.name)
    assert _title_in_search(tab) == PAGE.name
    # Whoever was writing it came to its end before the last entry.
    last = "async (last) => (await caches.open((await caches.keys())[0])).delete(last)"
    assert tab.evaluate(last, f"{home}sw.js")
    with pytest.raises(Error):
        tab.goto(f"{home}glossary/")


def test_kept_guide_is_removed(tab: Page, home: str) -> None:
    keep(tab, home)
    tab.get_by_role("button", name=REMOVE).click()
    expect(tab.get_by_text("no longer kept")).to_be_visible()
    expect(tab.get_by_role("button", name=KEEP)).to_be_focused()
    assert json.dumps(tab.evaluate("caches.keys()")).count("whole") == 0
    tab.context.set_offline(True)
    with pytest.raises(Error):
        tab.goto(f"{home}glossary/")


def test_browser_that_cannot_keep_it_says_so(tab: Page, home: str) -> None:
    tab.add_init_script("delete Navigator.prototype.serviceWorker")
    tab.goto(f"{home}about/")
    expect(tab.get_by_text("This browser can't keep the guide")).to_be_visible()
    expect(tab.get_by_role("button", name=KEEP)).to_be_hidden()
