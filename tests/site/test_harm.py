"""What slipped past the checks runs nothing: attacks built without them and opened in Chromium."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
from playwright.sync_api import Page

from builds import build, copy_project
from guide.pages.markdown_extension import GuideExtension
from guide.source.harmless import clean, scheme_of
from guide.source.reader import read_site
from guides import SMALL_GUIDE, change, wait_until
from real import SITE
from servers import serving

VISITOR = {"bypass_csp": True}
#: Breaks out of text and of attributes, then tells.
BREAK = "'\"></title></script></textarea><img src=x onerror=harmed()><svg onload=harmed()>"
IN_YAML = BREAK.replace('"', '\\"')
IN_BIBTEX = BREAK.replace('"', "")
MARKDOWN, DRAWING, TOUCH, STRANGE = (
    Path(__file__).with_name(name).read_text("utf-8")
    for name in ("attack.md", "attack.svg", "touch.js", "strange.js")
)
FRAME = "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><title>Drawing</title>"
#: Pages on which the attacks show, and where they come from.
VISITED = [
    *("about/", "lessons/l05-trust/", "lessons/", "references/", "glossary/"),
    *("sources/ten-lessons/", "themes/trust/", "", "collections/", "drawing.html", "not-there/"),
]


def draw(svg: str) -> str:
    """A drawing put into a page by our extension."""
    site = replace(read_site(SMALL_GUIDE), diagrams={"assets/a.svg": svg})
    extensions = ["attr_list", GuideExtension(site, {})]
    return markdown.markdown("![A curl, or url(x)](a.svg){ .diagram }", extensions=extensions)


@pytest.fixture(scope="module")
def attacked(made_once: Callable[..., Path]) -> Iterator[str]:
    """The address of the guide, built in spite of the checks with an attack in every place."""
    with serving(made_once("attacked", build_attacked) / "site") as address:
        yield f"{address}/"


def build_attacked(folder: Path) -> None:
    project = copy_project(folder / "project")
    change(project / "docs/about.md", "\n---\n\n", f"\n---\n\n{MARKDOWN}\n")
    entry = project / "docs/lessons/l05-trust.md"
    change(entry, "title: Trust", f"title: |-\n  {BREAK} Trust")
    change(entry, "summary: ", f"status: deprecated\nwhy: |-\n  {BREAK}\nsummary: |-\n  {BREAK} ")
    change(entry, "aliases: [", f'aliases: ["{IN_YAML}", "<!--<script>", ')
    works = project / "bibliography.bib"
    change(works, "title = {", f"title = {{{IN_BIBTEX} ")
    change(works, "note = {", f"url = {{javascript:harmed()}}, note = {{{IN_BIBTEX} ")
    change(project / "data/glossary.yml", 'means: "', f'means: "{IN_YAML} ')
    change(project / "data/outlines/ten-lessons.yml", 'label: "', f'label: "{IN_YAML} ')
    change(project / "mkdocs.yml", f"site_url: {SITE.url}", f"site_url: {SITE.url.rstrip('/')}")
    site = folder / "site"
    done = build(project, site, strict=False)
    assert done.returncode == 0, done.stderr
    assert "KB710" in done.stderr
    (site / "drawing.html").write_text(f"{FRAME}<main>{draw(DRAWING)}</main>", "utf-8")


@pytest.fixture
def tab(tab: Page) -> Page:
    tab.add_init_script("window.harm = 0; window.harmed = () => { window.harm += 1 }")
    return tab


@pytest.mark.parametrize("path", VISITED)
def test_nothing_runs_and_nothing_calls_elsewhere(path: str, attacked: str, tab: Page) -> None:
    told: list[str] = []
    tab.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    tab.on("request", lambda r: r.url.startswith(("data:", attacked)) or told.append(r.url))
    tab.goto(attacked + path)
    assert tab.evaluate(TOUCH) == 0
    tab.wait_for_load_state("networkidle")
    assert tab.url == attacked + path
    assert told == []
    assert tab.evaluate("window.harm") == 0
    assert tab.evaluate(STRANGE) == []


def test_policy_is_there_all_the_same(attacked: str, tab: Page) -> None:
    """Whatever its pages hold, and though the site's address lacks its last slash."""
    assert "Content-Security-Policy" in tab.request.get(attacked).text()
    assert tab.request.get(f"{attacked}_headers").ok


def test_attack_would_be_seen(attacked: str, tab: Page) -> None:
    tab.goto(attacked + "about/")
    tab.evaluate("document.querySelector('main').innerHTML += '<img src=x onerror=harmed()>'")
    wait_until(tab, "window.harm == 1")
    assert tab.evaluate(STRANGE) == ['<img src="x" onerror="harmed()">']
    tab.evaluate("document.querySelector('main').innerHTML = '<b onclick=harmed()>b</b>'")
    assert tab.evaluate(TOUCH) == 2


def test_html_of_a_page_is_printed_as_it_was_typed(attacked: str, tab: Page) -> None:
    tab.goto(attacked + "about/")
    assert "<script>harmed()</script>" in tab.locator("main").inner_text()


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:x", "JaVaScRiPt:x", " javascript:x", "\x01javascript:x", "java\nscript:x"),
        *("java\tscript:x", "&#106;avascript:x", "&#x6A;avascript:x", "javascript&colon;x"),
        *("javascript&#58;x", "java&NewLine;script:x", "javascript\\:x"),
    ],
)
def test_scheme_is_read_as_a_browser_reads_it(address: str) -> None:
    assert scheme_of(address) == "javascript"


def test_path_has_no_scheme() -> None:
    assert {scheme_of(path) for path in ("a.md", "a/b:c", "#a:b", "?a=b:c", "../a b.md", "")} == {
        ""
    }


def test_cleaning_keeps_what_the_guide_itself_writes() -> None:
    drawing = draw(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><marker id="a" refX="1">'
        '<path d="M1 1"/></marker></defs><path class="d-line" d="M1 1" marker-end="url(#a)"/></svg>'
    )
    assert clean(drawing) == drawing
    assert 'marker-end="url(#a-1)"' in drawing
    assert 'refX="1"' in drawing
    assert 'aria-label="A curl, or url(x)"' in drawing
