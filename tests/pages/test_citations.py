"""Citations as a reader sees them, wherever they stand."""

import re

import markdown
import pytest

from guide.pages.markdown_extension import EDITORS_LABEL, GuideExtension
from guide.source.bibliography import parse_bibliography
from guide.source.markup import parse_markup
from guide.source.reader import read_site
from guide.works.references import format_references
from guides import ROOT, SMALL_GUIDE

WORKS = parse_bibliography("""
@book{huxham, author = {Huxham, C.}, title = {Advantage}, year = {1996}}
@book{first, author = {Pritchard, P.}, title = {First}, year = {2000}}
@book{second, author = {Pritchard, P.}, title = {Second}, year = {2000}}
""")
REFERENCES = format_references(WORKS, ROOT)
SITE = read_site(SMALL_GUIDE)


def render(text: str) -> str:
    extension = GuideExtension(SITE, REFERENCES)
    return markdown.markdown(text, extensions=["attr_list", "tables", extension])


def linked(text: str) -> str:
    """HTML of a text with links such as `[Huxham 1996](huxham)`."""
    return re.sub(r"\[(.+?)\]\((\w+)\)", r'<a href="#cites-\2">\1</a>', text)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("@huxham", "[Huxham 1996](huxham)"),
        ("@huxham, no. 5", "[Huxham 1996, no. 5](huxham)"),
        ("see @huxham, p. 1", "see [Huxham 1996, p. 1](huxham)"),
        ("-@huxham, p. 1, p. 3", "[1996, p. 1, p. 3](huxham)"),
        ("@huxham, p. 1; @huxham, p. 3", "[Huxham 1996, p. 1](huxham); [p. 3](huxham)"),
        (
            "@huxham; cited in @first, *x*",
            "[Huxham 1996](huxham), cited in [Pritchard 2000a, *x*](first)",
        ),
        (
            "@huxham; cited in @first, p. 2; @second; cited in @first, p. 2",
            "[Huxham 1996](huxham); [Pritchard 2000b](second), "
            "all cited in [Pritchard 2000a, p. 2](first)",
        ),
    ],
)
def test_citation_shows_author_year_and_place(source: str, shown: str) -> None:
    html = f'<p>As said <span class="citation">({linked(shown)})</span>.</p>'
    assert render(f"As said [{source}].") == html


@pytest.mark.parametrize(
    "text",
    [
        "| a |\n|---|\n| [@huxham] |",
        "Text.[^1]\n\n[^1]: Below [@huxham].",
        "> quoted [@huxham]",
        "- item **bold [@huxham]**",
    ],
)
def test_citation_works_everywhere(text: str) -> None:
    assert linked("[Huxham 1996](huxham)") in render(text)


@pytest.mark.parametrize(
    "text",
    [
        "`[@huxham]`",
        "```\n[@huxham]\n```",
        "    [@huxham]",
        r"\[@huxham]",
        "name@example.org",
        "[name@example.org]",
        "[@nobody1999]",
        "[@huxham no. 5]",
    ],
)
def test_what_is_no_citation_is_left_alone(text: str) -> None:
    html = render(text)
    assert "citation" not in html
    assert "@" in html


def test_link_with_an_at_sign_stays_a_link() -> None:
    assert '<a href="a.md">see @huxham</a>' in render("[see @huxham](a.md)")


def test_reader_and_extension_see_the_same_citations() -> None:
    text = "A [@huxham, p. 1] `[@huxham]` and [@first; @second].\n"
    seen = [cite.key for cluster in parse_markup(text).citations for cite in cluster.cites]
    assert seen == ["huxham", "first", "second"]
    assert render(text).count('href="#cites-') == len(seen)


def test_sections_of_the_editors_say_so() -> None:
    html = render(
        "## Said { #says }\n\nA.\n\n## Ours { #mine .ours }\n\nB.\n\n## Try { #try }\n\nC.\n\n"
        "## Said again { #again }\n\nD.\n\n## Also ours { #other .ours }\n\nE."
    )
    assert html.count(EDITORS_LABEL) == html.count('<p class="editors__label">') * 2 == 4
    above, first, second = html.split('<section aria-label="')
    ours, between = first.split("</section>")
    assert "A." in above
    assert "B." in ours
    assert "C." in ours
    assert "D." in between
    assert "E." in second.split("</section>")[0]
