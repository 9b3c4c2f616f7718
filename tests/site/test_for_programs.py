"""What assistants and scripts take: each page as Markdown, llms.txt, data and an example call."""

import contextlib
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from playwright.sync_api import Page, expect

from guide.links.permalinks import anchors_of
from real import ENTRY, SITE

ADDRESS = {SITE.whole_address(page): page for page in SITE.pages}


@cache
def tokens(file: Path) -> list[Token]:
    return MarkdownIt().enable("table").parse(file.read_text("utf-8"))


def inline(file: Path) -> Iterator[Token]:
    return (child for token in tokens(file) for child in token.children or ())


def links(file: Path) -> list[str]:
    kinds = {"link_open": "href", "image": "src"}
    return [str(t.attrGet(kinds[t.type])) for t in inline(file) if t.type in kinds]


def leads_somewhere(built: Path, link: str) -> bool:
    address, _, fragment = link.partition("#")
    if address in ADDRESS:
        page = ADDRESS[address]
        return not fragment or fragment in anchors_of(SITE, page)
    return (built / link.removeprefix(SITE.url)).is_file()


def test_every_page_stands_beside_its_html_as_markdown(built: Path) -> None:
    for page in SITE.pages:
        file = built / page.address[1:] / "index.html.md"
        heading, *_ = (t for t in tokens(file) if t.type == "inline")
        assert heading.content.endswith(page.name)
        words = " ".join(t.content for t in inline(file) if t.type == "text")
        assert not re.search(r"\[@|\{ ?[#.]|\{\{", words), page.path
        assert all("://" in link for link in links(file)), page.path
        ours = [link for link in links(file) if link.startswith(SITE.url)]
        assert [k for k in ours if k != SITE.url and not leads_somewhere(built, k)] == [], page.path
        html = (file.parent / "index.html").read_text("utf-8")
        assert '<link rel="alternate" type="text/markdown" href="index.html.md">' in html


def test_markdown_of_an_entry_has_its_citations_and_whose_words_they_are(built: Path) -> None:
    text = (built / ENTRY[1:] / "index.html.md").read_text("utf-8")
    assert "(Deering and Murphy 1998, cited in Ten lessons, no. 5)" in text
    assert "\n## Our reading (from the editors, not from a source)\n" in text
    assert "\n## The antidote\n" in text
    _, _, works = text.partition("\n## Works cited\n")
    cited = {cite.key for c in SITE.page[f"{ENTRY[1:-1]}.md"].markup.citations for cite in c.cites}
    assert works.count("\n- ") == len(cited)
    assert "- **Mindsets**: Chesterman, D." in works
    manual = (built / "contribute/index.html.md").read_text("utf-8")
    assert "Write `[@chesterman2005, no. 5]`:" in manual


def test_llms_txt_lists_every_page_once_in_order(built: Path) -> None:
    listed = [link for link in links(built / "llms.txt") if link.endswith("index.html.md")]
    pages = [ADDRESS[link.removesuffix("index.html.md")] for link in listed]
    assert sorted(page.path for page in pages) == sorted(SITE.page)
    for collection in SITE.schema.collections:
        entries = [page for page in pages if page.collection is collection]
        assert entries == list(SITE.listed(collection))
    items = re.findall(r"^- \[.+\]\(.+\): \S.+$", (built / "llms.txt").read_text("utf-8"), re.M)
    assert len(items) == len(links(built / "llms.txt"))


def test_one_page_describes_all_data_files(tab: Page, built: Path, address: str) -> None:
    tab.goto(f"{address}/citing/#data")
    rows = tab.get_by_role("main").get_by_role("table")
    told = set(rows.get_by_role("link").all_inner_texts())
    kinds = ("json", "bib", "ris", "txt", "xml")
    assert told == {path.name for kind in kinds for path in built.glob(f"*.{kind}")}
    example = tab.locator("main pre").inner_text()
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(example.replace(SITE.url, f"{address}/"), {})
    on_trust = [p for p in SITE.entries if "trust" in p.front.words("themes")]
    assert len(printed.getvalue().splitlines()) == len(on_trust)
    assert SITE.short_address(on_trust[0]) in printed.getvalue()
    expect(tab.get_by_role("link", name="llms.txt")).to_be_visible()
