"""A link that was published once leads on, whatever becomes of its page."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from builds import build, copy_project
from guide.links.permalinks import published, with_new
from guide.rules import find_problems
from guide.source.reader import read_site
from guides import ROOT, run_tool

OLD = "mindsets/m06-standards-of-behaviour"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The guide with its ledger, every link to mindset 6 taken along when it moves."""
    return copy_project(tmp_path / "project")


def told(project: Path) -> list[str]:
    """What the ledger's rules say; the other rules have tests of their own."""
    problems = find_problems(read_site(project))
    return [problem.as_text() for problem in problems if problem.code.startswith("KB6")]


def move(project: Path, new: str, former: str) -> None:
    """Mindset 6 under the path `new`, with `former` in its front matter."""
    old = project / f"docs/{OLD}.md"
    text = old.read_text("utf-8")
    old.unlink()
    line = f"former: {former}\n" if former else ""
    (project / f"docs/{new}.md").write_text(text.replace("---\n", f"---\n{line}", 1), "utf-8")


def test_ledger_is_whole() -> None:
    site = read_site(ROOT)
    assert site.ledger == published(site) == with_new(site)
    assert {
        "/m06/",
        f"/{OLD}/",
        f"/{OLD}/#antidote",
        "/ref/huxham1996/",
        "/glossary/#term-alliance",
    } <= set(site.ledger)


def test_renamed_page_is_caught_and_mended(project: Path) -> None:
    move(project, "mindsets/m06-codes", "")
    (problem,) = told(project)
    assert f"KB601 `/{OLD}/` was published and leads nowhere now" in problem
    assert f"list `/{OLD}/` under `former:`" in problem

    (project / "docs/mindsets/m06-codes.md").rename(project / f"docs/{OLD}.md")
    move(project, "mindsets/m06-codes", f"[/{OLD}/]")
    assert told(project) == []


def test_renamed_heading_is_caught_and_mended(project: Path) -> None:
    page = project / f"docs/{OLD}.md"
    text = page.read_text("utf-8").replace("{ #antidote }", "{ #remedy }")
    page.write_text(text, "utf-8")
    (problem,) = told(project)
    assert f"KB601 the heading `/{OLD}/#antidote` was published and is gone" in problem

    page.write_text(text.replace("---\n", '---\nformer: ["#antidote -> #remedy"]\n', 1), "utf-8")
    (problem,) = told(project)
    assert f"KB607 `/{OLD}/#remedy` is published and not in the ledger" in problem

    lines = "".join(f"{line}\n" for line in with_new(read_site(project)))
    (project / "permalinks.txt").write_text(lines, "utf-8")
    assert told(project) == []


def test_deleted_entry_is_caught(project: Path) -> None:
    (project / f"docs/{OLD}.md").unlink()
    assert [line.split(" was")[0].split("KB601 ")[1] for line in told(project)[::1]] == [
        "`/m06/`",
        f"`/{OLD}/`",
    ]


def test_entry_moved_to_another_collection_is_caught_and_mended(project: Path) -> None:
    move(project, "lessons/l11-codes", "")
    assert len(told(project)) == 2
    (project / "docs/lessons/l11-codes.md").rename(project / f"docs/{OLD}.md")
    move(project, "lessons/l11-codes", f"[/{OLD}/, /m06/]")
    # Its sections are those of another collection now: only their ids are still told.
    assert all("KB601" in problem for problem in told(project))


def test_line_taken_out_of_the_ledger_is_told(project: Path) -> None:
    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)

    ledger = project / "permalinks.txt"
    lines = ledger.read_text("utf-8").splitlines(keepends=True)
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Published"]):
        run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", *command)
    kept = run_tool(project, "kept", "HEAD")
    assert (kept.status, kept.out) == (0, "")
    ledger.write_text("".join(lines[1:]), "utf-8")
    gone = run_tool(project, "kept", "HEAD")
    assert gone.status == 1
    assert f"`{lines[0].strip()}` stood in the ledger at HEAD" in gone.out


def test_built_site_keeps_moved_and_withdrawn_pages(project: Path, tmp_path: Path) -> None:
    page = project / f"docs/{OLD}.md"
    text = page.read_text("utf-8")
    status = "status: deprecated\nwhy: The paper took it back.\nreplaced: [m05]\n"
    moved = 'former: [/mindsets/m06-older/, "#remedy -> #antidote"]\n'
    page.write_text(text.replace("---\n", f"---\n{status}{moved}", 1), "utf-8")
    site = tmp_path / "site"
    assert build(project, site, strict=False).returncode == 0

    withdrawn = (site / OLD / "index.html").read_text("utf-8")
    assert "This entry is withdrawn.</strong> The paper took it back." in withdrawn
    assert 'href="../../mindsets/m05-trust-first/"' in withdrawn.partition("Read instead")[2][:600]
    assert '<li id="remedy"' in withdrawn
    assert 'href="#antidote">' in withdrawn.partition('<li id="remedy"')[2][:300]
    assert f"url=../../{OLD}/" in (site / "mindsets/m06-older/index.html").read_text("utf-8")
    title = next(line for line in text.split("\n") if line.startswith("title: "))[7:]
    assert title not in (site / "mindsets/index.html").read_text("utf-8")
    found = "".join(file.read_text("utf-8") for file in site.glob("search/*/pages/*.json"))
    assert OLD not in found
    assert "mindsets/m05" in found


@pytest.fixture
def tab(browser: Browser) -> Page:
    return browser.new_context().new_page()


def test_short_link_leads_to_the_entry_and_its_heading(tab: Page, address: str) -> None:
    tab.goto(f"{address}/m06/")
    expect(tab).to_have_url(f"{address}/{OLD}/")
    tab.goto(f"{address}/m06/#try")
    expect(tab).to_have_url(f"{address}/{OLD}/#try")
    tab.goto(f"{address}/ref/huxham1996/")
    expect(tab).to_have_url(f"{address}/references/#ref-huxham1996")
    tab.goto(f"{address}/trust/")
    expect(tab).to_have_url(f"{address}/themes/trust/")


def test_short_link_needs_no_script_and_stays_out_of_search(
    browser: Browser, address: str, built: Path
) -> None:
    tab = browser.new_context(java_script_enabled=False).new_page()
    tab.goto(f"{address}/m06/")
    expect(tab).to_have_url(f"{address}/{OLD}/")
    page = (built / "m06/index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="{read_site(ROOT).url}{OLD}/">' in page
