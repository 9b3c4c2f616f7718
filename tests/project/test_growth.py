"""A guide four times as large takes four times the work, in every function of ours."""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FrameType

import pytest
from markdown import Markdown

from guide.files.assets import data_files, reference_downloads
from guide.links.permalinks import redirects
from guide.pages.markdown_extension import GuideExtension
from guide.pages.views import Views
from guide.rules import find_problems
from guide.search.index import index_files
from guide.source.model import Page, Site
from guide.source.reader import read_site
from guide.works.references import format_references
from guides import ROOT, copy_small_guide
from inflate import inflate

#: Pages of the small guide that are not copied, and entries that are.
KEPT, COPIED = 5, 2
#: What a linear step may grow by when the guide grows fourfold: the rest is rounding.
AT_MOST = 4.4
#: Lines that a function may run more often for other reasons, such as a number of three digits.
SLACK = 200


def run_everything(root: Path) -> None:
    """All that a build asks of our package: read, check, derive, render."""
    site = read_site(root)
    assert find_problems(site) == []
    references = format_references(site.works, ROOT)
    views = Views(site, references, day=date(2026, 1, 1))
    extension = GuideExtension(site, references)
    for page in site.pages:
        text = page.markup.plain + views.of(page.path).generated
        extension.page = page.path
        assert Markdown(extensions=["attr_list", "tables", extension]).convert(text)
    assert views.works
    assert index_files(views.site, views.references)
    assert data_files(site) | reference_downloads(references)
    assert redirects(site)


def lines_run(run: Callable[[Path], None], root: Path) -> Counter[str]:
    """How many lines each function of our package runs meanwhile."""
    names: dict[CodeType, str] = {}
    ran: Counter[str] = Counter()

    def enter(frame: FrameType, event: str, argument: object) -> Callable | None:
        module = frame.f_globals.get("__name__", "")
        if module not in (__name__, "guide") and not module.startswith("guide."):
            return None
        names[frame.f_code] = f"{module}.{frame.f_code.co_qualname}"
        return line

    def line(frame: FrameType, event: str, argument: object) -> Callable:
        ran[names[frame.f_code]] += event == "line"
        return line

    forget_all()
    before = sys.gettrace()
    sys.settrace(enter)
    try:
        run(root)
    finally:
        sys.settrace(before)
    return ran


def forget_all() -> None:
    """Empty the caches of our functions: what ran before must not make a guide cheap."""
    ours = [module for name, module in sys.modules.items() if name.startswith("guide.")]
    for thing in (thing for module in ours for thing in vars(module).values()):
        if isinstance(thing, _lru_cache_wrapper):
            thing.cache_clear()


def too_steep(small: Counter[str], large: Counter[str]) -> dict[str, tuple[int, int]]:
    """Functions that run out of proportion: their lines in the small and the large guide."""
    steep = (name for name, ran in large.items() if ran > AT_MOST * small[name] + SLACK)
    return {name: (small[name], large[name]) for name in steep}


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small guide inflated, and the same with four times as many entries."""
    folder = tmp_path_factory.mktemp("guides")
    small = copy_small_guide(folder / "small")
    for rounds in (20, 80):
        inflate(small, folder / str(rounds), KEPT + COPIED * rounds)
    return folder / "20", folder / "80"


def test_every_step_is_linear(guides: tuple[Path, Path]) -> None:
    small, large = (lines_run(run_everything, root) for root in guides)
    assert small.total() > 10_000
    assert too_steep(small, large) == {}
    assert lines_run(run_everything, guides[0]) == small  # What ran before does not count.


def compare_all_pages(root: Path) -> None:
    pages = read_site(root).pages
    assert not [1 for page in pages for other in pages if _is_namesake(page, other)]


def _is_namesake(page: Page, other: Page) -> bool:
    return page is not other and page.title == other.title


def look_through_all_pages(root: Path) -> None:
    """Quadratic without a call: a list is gone through for each page."""
    site: Site = read_site(root)
    assert all([p for p in site.pages if p.path == page.path] for page in site.pages)


@pytest.mark.parametrize("quadratic", [compare_all_pages, look_through_all_pages])
def test_quadratic_step_is_noticed(quadratic: Callable, guides: tuple[Path, Path]) -> None:
    found = too_steep(*(lines_run(quadratic, root) for root in guides))
    assert any(name.startswith(f"{__name__}.") for name in found)
