"""`make serve`: what it shows is what a clean build makes, at once, with the problems."""

import json
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from builds import build
from guide.source.model import Site
from guide.preview import Edition, Preview, make_server
from guides import ROOT, SMALL_GUIDE, files_below
from serve import MkDocsEdition

L01, L02 = "docs/lessons/l01-trust.md", "docs/lessons/l02-power.md"
PAGE = "---\ntitle: {0}\nsummary: This is about {0}. Read it.\n---\n\nIt is {0}.\n"
#: Pages that the templates lead to and the small guide has not.
PAGES = {
    "docs/find.md": PAGE.format("finding"),
    "docs/themes/index.md": PAGE.format("themes"),
    "docs/stages/index.md": PAGE.format("stages"),
    "docs/themes/trust.md": PAGE.format("trust"),
    "docs/themes/power.md": PAGE.format("power"),
    "docs/stages/starting.md": PAGE.format("starting"),
}
KIND = (
    "  - folder: {0}\n    named_by: {0}\n    name: {0}\n    words: [1, 40]\n"
    "    fields: [title, summary]\n"
    '    colour: {{light: "#222222", dark: "#dddddd"}}\n    sections: [{{id: a, heading: A}}]\n'
)
L03 = (ROOT / "tests/guide" / L01).read_text("utf-8").replace("Trust follows", "Time is short")
WORK = "@book{taylor1995,\n  author = {Taylor, T.},\n  title = {T},\n  citedin = {smith2001},\n}\n"

#: What someone does: for each file what is replaced, the whole text, or None where it is deleted.
EDITS: dict[str, dict[str, tuple[str, str] | str | None]] = {
    "a sentence": {L01: ("Trust grows out of work", "Trust comes of work")},
    "a title, shown on other pages": {L01: ("Trust follows", "Trust comes later")},
    "a summary": {L01: ("Begin with something small", "Begin somewhere")},
    "a theme": {L02: ("themes: [power]", "themes: [power, trust]")},
    "a relation taken out": {L02: ("related: [l01]\n", "")},
    "a citation": {L02: ("Name what", "As he says [@smith2001, no. 1]. Name what")},
    "a link to another entry": {L02: ("Name what", "See [trust](l01-trust.md). Name what")},
    "a heading": {L01: ("## Try this", "## More { #more }\n\nMore.\n\n## Try this")},
    "a new entry": {"docs/lessons/l03-time.md": L03},
    "an entry with a former address": {
        "docs/lessons/l03-time.md": None,
        "docs/lessons/l03-hurry.md": L03.replace("covers", "former: [/lessons/l03-time/]\ncovers"),
    },
    "an entry withdrawn": {L02: ("covers:", "status: deprecated\nwhy: it is old\ncovers:")},
    "an entry taken out": {L02: None},
    "a meaning in the glossary": {"data/glossary.yml": ("Reliance on others", "Relying on others")},
    "the title of a work": {"bibliography.bib": ("{The paper}", "{The whole paper}")},
    "a new work": {"bibliography.bib": ("year = {2001},\n}\n", "year = {2001},\n}\n\n" + WORK)},
    "how references are printed": {
        "data/harvard.csl": ('<layout suffix="."', '<layout suffix="!"')
    },
    "an item of an outline": {"data/outlines/paper.yml": ('"Power"', '"Much power"')},
    "the name of a collection": {"data/schema.yml": ("name: Lessons", "name: Things learnt")},
    "words that mean the same": {"data/search.yml": ("[trust, faith]", "[trust, faith, belief]")},
    "a template": {"overrides/guide/entry.html": ("{%", "<!-- new -->{%")},
    "a style sheet": {"docs/assets/guide.css": (":root", ":root{--new:1}:root")},
    "a script": {"docs/assets/guide.js": ("", "// New.\n")},
    "a drawing": {"docs/assets/circles.svg": ("0 0 9 9", "0 0 8 8")},
    "the address of the site": {"mkdocs.yml": ("site_url: https://p", "site_url: https://new.p")},
    "a line of the ledger": {"permalinks.txt": ("", "/a/\n")},
    "a page mended after it could not be shown": {L01: ("Trust comes later", "Trust is later")},
}


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """The small guide with all that a build of it needs."""
    root = tmp_path / "guide"
    shutil.copytree(SMALL_GUIDE, root)
    left_out = shutil.ignore_patterns("__pycache__")
    for name in ("overrides", "hooks", "docs/assets"):
        shutil.copytree(ROOT / name, root / name, dirs_exist_ok=True, ignore=left_out)
    shutil.rmtree(root / "docs/assets/diagrams")
    kinds = KIND.format("themes") + KIND.format("stages")
    change(root, {"data/schema.yml": ("sources:\n", kinds + "sources:\n")})
    for name in ("data/harvard.csl", "mkdocs.yml"):
        shutil.copy(ROOT / name, root / name)
    (root / "overrides/guide/home.html").write_text('{% include "guide/page.html" %}', "utf-8")
    for path, text in PAGES.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@pytest.fixture
def preview(guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preview:
    """The guide's preview, with the first edition made."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # As `build` has it.

    def make(site: Site) -> Edition:
        return MkDocsEdition(guide, tmp_path / "made", site)

    preview = Preview(guide, make)
    preview.refresh()
    return preview


def change(root: Path, edit: dict[str, tuple[str, str] | str | None]) -> None:
    for path, what in edit.items():
        file = root / path
        if what is None:
            file.unlink()
        elif isinstance(what, str):
            file.write_text(what, "utf-8")
        else:
            text = file.read_text("utf-8")
            assert what[0] in text, path
            file.write_text(text.replace(*what, 1), "utf-8")


def clean_build(root: Path) -> dict[str, bytes]:
    site = root.parent / "site"
    shutil.rmtree(site, ignore_errors=True)
    done = build(root, site, strict=False)
    assert done.returncode == 0, done.stderr
    return files_below(site)


def test_every_kind_of_edit_shows_what_a_clean_build_makes(guide: Path, preview: Preview) -> None:
    before = clean_build(guide)
    known = set(before)
    assert {path for path in known if preview.edition.content(path) != before[path]} == set()
    for name, edit in EDITS.items():
        change(guide, edit)
        preview.refresh()
        clean = clean_build(guide)
        known |= set(clean)
        wrong = {path for path in known if preview.edition.content(path) != clean.get(path)}
        assert wrong == set(), name
        assert clean != before, f"{name} changes nothing"
        before = clean


def test_edition_stays_while_no_page_can_be_made(guide: Path, preview: Preview) -> None:
    before, version = preview.edition, preview.state.version
    change(guide, {"bibliography.bib": ("title = {The paper}", "title = {The paper")})
    preview.refresh()
    assert preview.edition is before
    assert preview.state.version == version
    assert "KB220" in {problem.code for problem in preview.state.problems}
    change(guide, {"bibliography.bib": ("title = {The paper", "title = {A paper}")})
    preview.refresh()
    assert preview.edition is not before
    assert preview.state.version != version
    assert "KB220" not in {problem.code for problem in preview.state.problems}


@contextmanager
def served(preview: Preview, mount: str = "/") -> Iterator[str]:
    with make_server(preview, "127.0.0.1", 0, mount) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def fetch(address: str) -> tuple[int, str, str]:
    """Status, final address and text."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.url, answer.read().decode("utf-8")
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.status, answer.url, answer.read().decode("utf-8")


def test_server_answers_as_a_static_host_does(preview: Preview) -> None:
    with served(preview, "/guide/") as address:
        status, at, text = fetch(f"{address}/guide/lessons/l01-trust")
        assert (status, at) == (200, f"{address}/guide/lessons/l01-trust/")
        assert "<h1>Trust follows</h1>" in text
        assert fetch(address)[:2] == (200, f"{address}/guide/")
        status, _, text = fetch(f"{address}/guide/nowhere/")
        assert (status, "There is no page here" in text) == (404, True)
        assert json.loads(fetch(f"{address}/guide/entries.json")[2])["entries"]
        for outside in ("/guide/../mkdocs.yml", "/guide/%2e%2e/mkdocs.yml", "/-/../serve.py"):
            assert fetch(address + outside)[0] == 404, outside


def test_page_that_cannot_be_made_says_so(
    guide: Path, preview: Preview, capsys: pytest.CaptureFixture
) -> None:
    change(guide, {"overrides/guide/entry.html": ("{%", "{% nonsense %}{%")})
    preview.refresh()
    with served(preview) as address:
        status, _, text = fetch(f"{address}/lessons/l01-trust/")
        assert (status, "This page could not be made" in text) == (500, True)
    assert "nonsense" in capsys.readouterr().err


def test_guide_without_an_edition_shows_what_to_mend(guide: Path, browser: Browser) -> None:
    change(guide, {"mkdocs.yml": ("site_name:", "site_name")})
    preview = Preview(guide, lambda site: pytest.fail("nothing can be made of this"))
    preview.refresh()
    with served(preview) as address:
        tab = browser.new_page()
        assert tab.goto(address).status == 503
        panel = tab.get_by_role("status")
        expect(panel).to_contain_text("mkdocs.yml:2 KB801")
        tab.close()


def test_browser_follows_edits_and_shows_problems(
    guide: Path, preview: Preview, browser: Browser
) -> None:
    with served(preview) as address:
        tab = browser.new_page()
        complaints: list[str] = []
        tab.on("console", lambda message: complaints.append(message.text))
        tab.goto(f"{address}/lessons/l01-trust/")
        expect(tab.get_by_role("heading", level=1)).to_have_text("Trust follows")
        change(guide, {L01: ("Trust grows out of work [@smith2001", "It grows [@smith")})
        preview.refresh()
        expect(tab.get_by_text("It grows")).to_be_visible()
        panel = tab.locator("#preview-problems")
        expect(panel).to_contain_text("in this page")
        told = panel.get_by_role("listitem").filter(has_text="KB201")
        expect(told).to_contain_text(f"{L01}:11 KB201 unknown citation key `smith`")
        expect(told).to_be_visible()
        change(guide, {L01: ("[@smith", "[@smith2001")})
        preview.refresh()
        expect(told).to_have_count(0)
        assert complaints == []
        tab.close()
