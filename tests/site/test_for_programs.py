"""What programs take: pages as Markdown, llms.txt, data, and what reference managers read."""

import contextlib
import io
import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

from markdown_it import MarkdownIt
from markdown_it.token import Token
from playwright.sync_api import Page

from guide.links.permalinks import anchors_of
from real import ENTRY, SITE

ADDRESS = {SITE.whole_address(page): page for page in SITE.pages}


@cache
def inline(file: Path) -> list[Token]:
    tokens = MarkdownIt().enable("table").parse(file.read_text("utf-8"))
    return [child for token in tokens for child in token.children or ()]


def links(file: Path) -> list[str]:
    return [str(t.attrGet("href") or t.attrGet("src")) for t in inline(file) if t.attrs]


def leads_somewhere(built: Path, link: str) -> bool:
    address, _, fragment = link.partition("#")
    if page := ADDRESS.get(address):
        return not fragment or fragment in anchors_of(SITE, page)
    return "://" in link and (
        SITE.url not in link or (built / link.removeprefix(SITE.url)).is_file()
    )


def test_every_page_stands_beside_its_html_as_markdown(built: Path) -> None:
    for page in SITE.pages:
        file = built / page.address[1:] / "index.html.md"
        words = " ".join(t.content for t in inline(file) if t.type == "text")
        assert page.summary.split()[-1] in words, page.path
        assert not re.search(r"\[@|\{ ?[#.]|\{\{", words), page.path
        assert [link for link in links(file) if not leads_somewhere(built, link)] == [], page.path
        html = (file.parent / "index.html").read_text("utf-8")
        assert '<link rel="alternate" type="text/markdown" href="index.html.md">' in html


def test_markdown_of_an_entry_has_its_citations_and_whose_words_they_are(built: Path) -> None:
    text = (built / ENTRY[1:] / "index.html.md").read_text("utf-8")
    assert "(Deering and Murphy 1998, cited in Ten lessons, no. 5)" in text
    assert "\n## The antidote\n" in text
    assert "\n## Our reading (from the editors, not from a source)\n" in text
    assert "- **Mindsets**: Chesterman, D." in text.partition("\n## Works cited\n")[2]
    manual = (built / "contribute/index.html.md").read_text("utf-8")
    assert "Write `[@chesterman2005, no. 5]`:" in manual


def test_llms_txt_lists_every_page_once_in_order(built: Path) -> None:
    listed = [link for link in links(built / "llms.txt") if link.endswith("index.html.md")]
    pages = [ADDRESS[link.removesuffix("index.html.md")] for link in listed]
    assert sorted(page.path for page in pages) == sorted(SITE.page)
    for collection in SITE.schema.collections:
        entries = [page for page in pages if page.collection is collection]
        assert entries == list(SITE.listed(collection))


def test_one_page_describes_all_data_files(tab: Page, built: Path, address: str) -> None:
    tab.goto(f"{address}/citing/#data")
    told = tab.get_by_role("main").get_by_role("table").get_by_role("link").all_inner_texts()
    kinds = ("json", "bib", "ris", "txt", "xml")
    there = {path.name for kind in kinds for path in built.glob(f"*.{kind}")}
    whole = {path.name for path in built.glob("offline.*.json")}
    assert sorted(told) == sorted(there - whole)
    example = tab.locator("main pre").inner_text()
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(example.replace(SITE.url, f"{address}/"), {})
    on_trust = [page for page in SITE.entries if "trust" in page.front.words("themes")]
    assert len(printed.getvalue().splitlines()) == len(on_trust)
    assert all(f" {SITE.short_address(page)}\n" in printed.getvalue() for page in on_trust)


def test_reference_managers_find_the_page_and_the_works_that_it_cites(built: Path) -> None:
    """As Zotero's translators "Embedded Metadata" and "COinS" read them; both were tried on it."""
    html = (built / ENTRY[1:] / "index.html").read_text("utf-8")
    metas = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html)
    head = {name: unescape(content) for name, content in metas}
    title, name = SITE.page[f"{ENTRY[1:-1]}.md"].name, SITE.name
    assert (head["DC.title"], head["og:site_name"], head["og:type"]) == (title, name, "website")
    assert (head["DC.creator"], head["DC.date"]) == (f"{name} contributors,", "2023-11-14")
    assert head["citation_public_url"] == f"{SITE.url}m05/"
    assert head["prism.edition"] == "Version of 14 November 2023"
    spans = re.findall(r'<span class="Z3988" hidden title="([^"]*)"', html)
    page, *works = [parse_qs(unescape(span), strict_parsing=True) for span in spans]
    assert (page["rft.title"], page["rft.aucorp"]) == ([title], [f"{name} contributors"])
    assert (page["rft_id"], page["rft.date"]) == ([f"{SITE.url}m05/"], ["2023-11-14"])
    paper = next(work for work in works if work.get("rft.date") == ["2005"])
    assert paper["rft.au"] == ["Chesterman, Danny", "Pritchard, Sue", "Binns, Peter"]
    assert paper["rft.btitle"] == ["Bath Consultancy Group Conference, September 2005"]
    assert all("[" not in value for work in works for row in work.values() for value in row)
