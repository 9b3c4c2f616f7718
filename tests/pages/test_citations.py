"""Citations as a reader sees them, wherever they stand."""

import markdown
import pytest

from guide.pages.markdown_extension import EDITORS_LABEL, GuideExtension
from guide.source.bibliography import parse_bibliography
from guide.source.markup import parse_markup
from guide.source.reader import read_site
from guide.works.references import format_references
from guides import ROOT, SMALL_GUIDE

WORKS = parse_bibliography("""
@book{huxham1996, author = {Huxham, C.}, title = {Advantage}, year = {1996}}
@book{pritchard2000, author = {Pritchard, P.}, title = {First}, year = {2000}}
@book{pritchard2000b, author = {Pritchard, P.}, title = {Second}, year = {2000}}
""")
REFERENCES = format_references(WORKS, ROOT)
SITE = read_site(SMALL_GUIDE)


def render(text: str) -> str:
    extension = GuideExtension(SITE, REFERENCES)
    return markdown.markdown(text, extensions=["attr_list", "tables", extension])


def link(key: str, text: str) -> str:
    return f'<a href="#cites-{key}">{text}</a>'


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[@huxham1996]", f"({link('huxham1996', 'Huxham 1996')})"),
        ("[@huxham1996, no. 5]", f"({link('huxham1996', 'Huxham 1996, no. 5')})"),
        ("[see @huxham1996, p. 1]", f"(see {link('huxham1996', 'Huxham 1996, p. 1')})"),
        ("[-@huxham1996, p. 1, p. 3]", f"({link('huxham1996', '1996, p. 1, p. 3')})"),
        (
            "[@huxham1996, p. 1; @huxham1996, p. 3]",
            f"({link('huxham1996', 'Huxham 1996, p. 1')}; {link('huxham1996', 'p. 3')})",
        ),
        (
            "[@huxham1996; cited in @pritchard2000, *x*]",
            f"({link('huxham1996', 'Huxham 1996')}, cited in "
            f"{link('pritchard2000', 'Pritchard 2000a, *x*')})",
        ),
        (
            "[@huxham1996; cited in @pritchard2000, p. 2; "
            "@pritchard2000b; cited in @pritchard2000, p. 2]",
            f"({link('huxham1996', 'Huxham 1996')}; {link('pritchard2000b', 'Pritchard 2000b')}, "
            f"all cited in {link('pritchard2000', 'Pritchard 2000a, p. 2')})",
        ),
    ],
)
def test_citation_shows_author_year_and_place(source: str, shown: str) -> None:
    assert render(f"As said {source}.") == f'<p>As said <span class="citation">{shown}</span>.</p>'


@pytest.mark.parametrize(
    "text",
    [
        "| a |\n|---|\n| [@huxham1996] |",
        "Text.[^1]\n\n[^1]: Below [@huxham1996].",
        "> quoted [@huxham1996]",
        "- item **bold [@huxham1996]**",
    ],
)
def test_citation_works_everywhere(text: str) -> None:
    assert link("huxham1996", "Huxham 1996") in render(text)


@pytest.mark.parametrize(
    "text",
    [
        "`[@huxham1996]`",
        "```\n[@huxham1996]\n```",
        "    [@huxham1996]",
        r"\[@huxham1996]",
        "name@example.org",
        "[name@example.org]",
        "[@nobody1999]",
        "[@huxham1996 no. 5]",
    ],
)
def test_what_is_no_citation_is_left_alone(text: str) -> None:
    html = render(text)
    assert "citation" not in html
    assert "@" in html


def test_link_with_an_at_sign_stays_a_link() -> None:
    assert '<a href="a.md">see @huxham1996</a>' in render("[see @huxham1996](a.md)")


def test_reader_and_extension_see_the_same_citations() -> None:
    text = "A [@huxham1996, p. 1] `[@huxham1996]` and [@pritchard2000; @pritchard2000b].\n"
    seen = [cite.key for cluster in parse_markup(text).citations for cite in cluster.cites]
    html = render(text)
    assert seen == ["huxham1996", "pritchard2000", "pritchard2000b"]
    assert html.count('href="#cites-') == len(seen)


def test_works_of_one_year_are_told_apart_everywhere() -> None:
    assert "Pritchard 2000a" in render("[@pritchard2000]")
    assert "Pritchard 2000b" in render("[@pritchard2000b]")


def test_sections_of_the_editors_say_so() -> None:
    html = render(
        "## Said { #says }\n\nA.\n\n## Ours { #mine .ours }\n\nB.\n\n## Try { #try }\n\nC.\n\n"
        "## Said again { #again }\n\nD.\n\n## Also ours { #other .ours }\n\nE."
    )
    assert html.count(EDITORS_LABEL) == html.count('<p class="editors__label">') * 2 == 4
    regions = html.split('<section aria-label="')
    assert "A." in regions[0]
    assert "B." in regions[1].split("</section>")[0]
    assert "C." in regions[1].split("</section>")[0]
    assert "D." in regions[1].split("</section>")[1]
    assert "E." in regions[2].split("</section>")[0]
