"""A link that was published once leads on, whatever becomes of its page."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.links.permalinks import published, with_new
from guide.rules import RULES, find_problems
from guide.source.model import Site
from guide.source.reader import parse_page
from guides import ROOT, git, run_tool
from real import SITE

OLD = "mindsets/m06-standards-of-behaviour"
PATH, SHORT, HEADING = f"/{OLD}/", "/m06/", f"/{OLD}/#antidote"
TEXT = (ROOT / f"docs/{OLD}.md").read_text("utf-8")


def test_ledger_is_whole() -> None:
    assert SITE.ledger == published(SITE) == with_new(SITE)
    some = {SHORT, PATH, HEADING, "/ref/huxham1996/", "/glossary/#term-alliance"}
    assert some <= set(SITE.ledger)


def changed(path: str, former: str, text: str = TEXT) -> Site:
    """The guide with mindset 6 at `path`, or nowhere, with `former` in its front matter."""
    others = tuple(page for page in SITE.pages if page.path != f"{OLD}.md")
    line = f"---\nformer: {former}\n" if former else "---\n"
    text = text.replace("---\n", line, 1)
    moved = [parse_page(f"{path}.md", text, SITE.schema, SITE.outlines)] if path else []
    return replace(SITE, pages=(*others, *moved))


def told(site: Site) -> list[str]:
    """What the ledger's rules say; the other rules have tests of their own."""
    problems = find_problems(site, [code for code in RULES if code.startswith("KB6")])
    return [f"{problem.code} {problem.fact}" for problem in problems]


@pytest.mark.parametrize(
    ("path", "former", "lost"),
    [
        ("mindsets/m06-codes", "", [PATH]),
        ("mindsets/m06-codes", f"[{PATH}]", []),
        ("lessons/l11-codes", "", [SHORT, PATH]),
        ("lessons/l11-codes", f"[{PATH}, {SHORT}]", []),
        ("", "", [SHORT, PATH]),
    ],
)
def test_page_that_goes_elsewhere_says_so(path: str, former: str, lost: list[str]) -> None:
    gone = [f"KB601 `{line}` was published and leads nowhere now" for line in lost]
    assert told(changed(path, former)) == gone


def test_heading_that_is_renamed_says_so() -> None:
    text = TEXT.replace("{ #antidote }", "{ #remedy }")
    gone = f"KB601 the heading `{HEADING}` was published and is gone"
    assert told(changed(OLD, "", text)) == [gone]
    assert told(changed(OLD, '["#antidote -> #remedy"]', text)) == []


def test_line_taken_out_of_the_ledger_is_told(guide: Path) -> None:
    def missed(*lines: str) -> list[str]:
        (guide / "permalinks.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        told = run_tool(guide, "check").out
        return re.findall(r"permalinks\.txt:1: KB601 `(.+)` was published and stands here no", told)

    git(guide, "init", "-q", "--initial-branch=mine")
    assert missed("/l01/", "/lessons/") == []
    git(guide, "add", ".")
    git(guide, "commit", "-qm", "Published")
    assert missed("/lessons/") == ["/l01/"]
    git(guide, "commit", "-qam", "Taken out")
    assert missed("/lessons/") == []
    # The main branch went another way: what it added since is no line that this one lost.
    git(guide, "checkout", "-q", "HEAD~1")
    assert missed("/l01/", "/l02/", "/lessons/") == []
    git(guide, "commit", "-qam", "Added")
    git(guide, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(guide, "checkout", "-q", "mine")
    assert missed("/lessons/") == ["/l01/"]
    assert missed("/l01/", "/l03/", "/lessons/") == []
    git(guide, "commit", "-qam", "Noted by mistake, and never on the main branch")
    assert missed("/l01/", "/lessons/") == []


def test_short_link_leads_to_the_entry_and_its_heading(tab: Page, address: str) -> None:
    for short, whole in (
        ("m06/", f"{OLD}/"),
        ("m06/#try", f"{OLD}/#try"),
        ("ref/huxham1996/", "references/#ref-huxham1996"),
        ("trust/", "themes/trust/"),
    ):
        tab.goto(f"{address}/{short}")
        expect(tab).to_have_url(f"{address}/{whole}")


def test_short_link_needs_no_script_and_stays_out_of_search(
    plain: Page, address: str, built: Path
) -> None:
    plain.goto(f"{address}/m06/")
    expect(plain).to_have_url(f"{address}/{OLD}/")
    page = (built / "m06/index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="{SITE.url}{OLD}/">' in page
