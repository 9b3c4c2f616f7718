"""Headings and links of a page, held to what another reader of Markdown finds."""

from collections import Counter
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from guide.source.model import Page
from guide.source.reader import parse_page, read_site
from guides import CASES, ROOT, SMALL_GUIDE, make_guide

#: Links whose form CommonMark does not know: `<page.md>`, and those that only define others.
OUR_OWN = ("autolink", "definition", "unused")

#: Cases of what readers of Markdown differ in: HTML, underlined headings, forbidden schemes,
#: addresses without brackets, and references or marks without their end.
APART = {
    *((name, "docs/lessons/l01-trust.md") for name in ("KB305", "KB309", "KB310-b", "KB332")),
    *((name, "docs/lessons/l01-trust.md") for name in ("KB330-i", "KB330-f", "KB336", "KB330-g")),
    *((name, "docs/lessons/l01-trust.md") for name in ("KB305-b", "KB310-d", "KB310-e")),
    ("KB702", "docs/index.md"),
    ("KB710", "docs/lessons/l02-power.md"),
}


def second_opinion(text: str) -> tuple[Counter, Counter]:
    """Headings (level, line) and links or images (address) of a text."""
    headings, links = Counter(), Counter()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "heading_open":
            headings[int(token.tag[1]), token.map[0] + 1] += 1
        for part in token.children or ():
            if part.type in ("link_open", "image"):
                links[part.attrs.get("href") or part.attrs.get("src")] += 1
    return headings, links


def differs(page: Page) -> bool:
    """Whether the other reader finds other headings or links."""
    above = page.markup.plain[: -len(page.body) or None].count("\n")
    ours = Counter((h.level, h.line - above) for h in page.markup.headings)
    named = Counter(k.target for k in page.markup.links if k.form not in OUR_OWN)
    return (ours, named) != second_opinion(page.body)


def test_headings_and_links_of_the_guide_are_those_of_commonmark() -> None:
    site = read_site(ROOT)
    assert [page.file for page in site.pages if differs(page)] == []
    assert sum(len(page.markup.links) for page in site.pages) > 1_000


#: The pages that the cases write or edit, each with its case.
PAGES = sorted(
    {
        (name, path)
        for name, case in CASES.items()
        for what, path, _ in case.changes
        if what in ("edit", "file") and path.endswith(".md")
    }
)


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_those_of_a_case_too(name: str, path: str, tmp_path: Path) -> None:
    root = make_guide(CASES[name], tmp_path)
    text = (root / path).read_text("utf-8-sig", "replace")
    page = parse_page(path.removeprefix("docs/"), text, read_site(SMALL_GUIDE).schema, ())
    assert differs(page) == ((name, path) in APART)
