"""How far a reader has to go, measured on the links of the built pages."""

from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import urlsplit

from real import SITE


class Links(HTMLParser):
    """Folders of the site that a page links to: all, and those from its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.all: set[str] = set()
        self.in_text: set[str] = set()
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside |= tag == "main"
        href = urlsplit(dict(attrs).get("href") or "")
        if tag == "a" and not href.scheme and href.path:
            target = normpath(join(self.page, href.path)).removeprefix(".").strip("/")
            self.all.add(target)
            if self._inside and target != self.page:
                self.in_text.add(target)

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "main"


def folder(path: str) -> str:
    return path.removesuffix(".md").removesuffix("index").rstrip("/")


def read_links(built: Path) -> dict[str, Links]:
    found = {}
    for page in map(folder, (page.path for page in SITE.pages)):
        found[page] = Links(page)
        found[page].feed((built / page / "index.html").read_text("utf-8"))
    return found


def test_every_page_is_three_clicks_from_home(built: Path) -> None:
    links = read_links(built)
    reached, edge = {""}, {""}
    for _ in range(3):
        edge = {target for page in edge for target in links[page].all if target in links} - reached
        reached |= edge
    assert set(links) - reached == set()


def test_every_page_leads_to_two_others(built: Path) -> None:
    pages = set(map(folder, (page.path for page in SITE.pages)))
    few = {page for page, found in read_links(built).items() if len(found.in_text & pages) < 2}
    assert few == set()
