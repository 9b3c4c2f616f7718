"""What the guide adds to Markdown beside citations: terms, diagrams, tables."""

from dataclasses import replace

import markdown
import pytest

from guide.pages.markdown_extension import GuideExtension
from guide.source.data_files import GlossaryTerm
from guide.source.reader import read_site
from guides import SMALL_GUIDE

CITE = "[@smith2001, no. 1]"
FORMS = ("learning set", "learning sets")
LEARNING = GlossaryTerm("Learning set", FORMS, "A <group>.", CITE, "l01", 1)
SETTING = GlossaryTerm("Setting", ("set", "settings"), "A place.", CITE, "l01", 5)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
DRAWING += '<path class="d-line" d="M1 1"/></svg>'
DIAGRAMS = {"assets/diagrams/two.svg": DRAWING}
SITE = replace(read_site(SMALL_GUIDE), glossary=(LEARNING, SETTING), diagrams=DIAGRAMS)


def render(text: str, page: str = "lessons/l01-trust.md") -> str:
    extension = GuideExtension(SITE, {})
    extension.page = page
    return markdown.markdown(text, extensions=["attr_list", "tables", extension])


@pytest.mark.parametrize(
    "text",
    [
        "`code`",
        r"\*no emphasis\*",
        "[text][label]\n\n[label]: l02-power.md",
        "[label]\n\n[label]: l02-power.md",
        "![text][label]\n\n[label]: ../assets/circles.svg",
        "![label]\n\n[label]: ../assets/circles.svg",
        "![text](../assets/circles.svg)",
        "<https://example.org/>",
        "<someone@example.org>",
        "one line  \nand another",
        "&copy;",
    ],
)
def test_every_pattern_of_markdown_is_tried_where_its_sign_is(text: str) -> None:
    whole = GuideExtension(SITE, {})
    whole.page = "lessons/l01-trust.md"
    html = markdown.markdown(text, extensions=["attr_list", "tables", whole])
    assert html not in (f"<p>{text}</p>", f"<p>{text.partition(chr(10))[0]}</p>")
    assert render(text) == html


def test_first_use_of_a_term_carries_its_meaning() -> None:
    html = render("Learning sets and a learning set.\n\nOne more *learning set*.")
    assert html.count('class="term"') == 1
    term = 'class="term" data-means="A <group>." href="../glossary.md#term-learning-set"'
    assert f"<a {term}>Learning sets</a> and a learning set." in html


def test_longest_term_wins_and_text_stays_whole() -> None:
    html = render("A learning set, a set and *settings* again.")
    assert html.count('class="term"') == 2
    assert ">learning set</a>, a " in html
    assert ">set</a> and <em>settings</em> again." in html


@pytest.mark.parametrize(
    "text",
    [
        "## A learning set",
        "[a learning set](a.md)",
        "`learning set`",
        "> a learning set",
        "offset, sets, learning-set",
    ],
)
def test_term_is_left_alone_in_headings_links_code_and_quotations(text: str) -> None:
    assert 'class="term"' not in render(text)


def test_terms_are_not_linked_on_the_glossary_itself() -> None:
    assert 'class="term"' not in render("A learning set.", page="glossary.md")


def test_diagram_is_drawn_into_the_page_with_its_description() -> None:
    html = render("![Two things](../assets/diagrams/two.svg){ .diagram }")
    assert '<svg aria-label="Two things" role="img" viewBox="0 0 9 9">' in html
    assert '<path class="d-line" d="M1 1">' in html
    assert "<img" not in html


def test_other_images_stay_images() -> None:
    assert "<img" in render("![Two](../assets/diagrams/two.svg)")
    assert "<img" in render("![Two](../assets/diagrams/three.svg){ .diagram }")


def test_cells_say_which_column_they_stand_in() -> None:
    html = render("| Who | What |\n|---|---|\n| us | *this* |")
    assert '<table data-columns="2" role="table">' in html
    assert '<td data-label="What" role="cell"><em>this</em></td>' in html
    assert '<th data-label="Who" role="columnheader">Who</th>' in html
