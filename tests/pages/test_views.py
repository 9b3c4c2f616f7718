"""What pages show beside their text follows from the files."""

from datetime import date
from pathlib import Path

import pytest

from guide.links.backlinks import backlinks
from guide.pages.views import Views
from guide.search.index import index_files
from guide.source.reader import read_site
from guide.works.references import format_references
from guides import ROOT, Case, make_guide

EDIT = """\
- Do one small thing together.
+ Do it [@smith2001, no. 2]. Then, as *always*, see [power](l02-power.md), no. 3. Stop.
"""


def views_of(folder: Path, edit: str) -> Views:
    """Those of the small guide with an edit of its first lesson."""
    case = Case("", (("edit", "docs/lessons/l01-trust.md", edit),), "")
    site = read_site(make_guide(case, folder))
    return Views(site, format_references(site.works, ROOT), day=date(2026, 1, 1))


@pytest.fixture
def views(tmp_path: Path) -> Views:
    return views_of(tmp_path, EDIT)


def test_relation_shows_on_both_sides_and_neighbours_follow_the_numbers(views: Views) -> None:
    first, last = views.of("lessons/l01-trust.md"), views.of("lessons/l02-power.md")
    assert (first.related, last.related) == ((last.page,), (first.page,))
    assert (first.before, first.after) == (None, last.page)
    assert (last.before, last.after) == (first.page, None)


def test_back_link_tells_the_sentence_around_it(views: Views) -> None:
    found = backlinks(views.site)["lessons/l02-power.md"]
    assert [(link.page.id, link.section, link.heading) for link in found] == [
        ("l01", "lesson", "The lesson"),
        ("l01", "try", "Try this"),
    ]
    assert found[0].sentence == "Power is another matter."
    assert found[1].sentence == "Then, as always, see power, no. 3. Stop."


def test_work_knows_its_places_and_locators(views: Views) -> None:
    (paper,) = (work for work in views.works if work.reference.key == "smith2001")
    places = [(place.page.id, place.section, place.locators) for place in paper.places]
    assert ("l01", "try", ("no. 2",)) in places
    assert ("l02", "lesson", ("no. 2",)) in places
    assert ("", "term-trust", ("no. 1",)) in places


def test_page_lists_the_works_it_cites_with_its_own_places(views: Views) -> None:
    cited = views.of("lessons/l02-power.md").cited
    assert [work.reference.key for work in cited] == ["jones1990", "smith2001"]
    assert {place.page.id for work in cited for place in work.places} == {"l02"}


def test_outline_names_the_covering_entries(views: Views) -> None:
    outline = views.of("sources/paper.md").outline
    assert [[page.id for page in entries] for _, entries in outline] == [["l01"], ["l02"]]


def test_paper_is_told_apart_from_works_known_through_it(views: Views) -> None:
    works = {work.reference.key: work for work in views.works}
    assert works["smith2001"].outline is not None
    assert [paper.work for paper in works["jones1990"].papers] == ["smith2001"]


def test_page_that_is_still_to_be_written_is_shown_and_found(tmp_path: Path) -> None:
    """Without strictness, as in `make serve`: KB105 tells of the theme."""
    shown = views_of(tmp_path, "- themes: [trust]\n+ themes: [soon]\n")
    assert shown.of("lessons/l01-trust.md").themes == ()
    assert "search/latest.json" in index_files(shown.site, shown.references)
