"""What the templates show: frozen data made from the Site, with no HTML in it."""

import math
from dataclasses import dataclass

from guide.assets import loaded_files
from guide.backlinks import BackLink, backlinks
from guide.cited_works import CitedWork, CitedWorks
from guide.exports import PageCitation, cite_page, linked_data, prefixes_json, short_address
from guide.faults_page import faults_markdown
from guide.finder import filters
from guide.fingerprints import fingerprint
from guide.form_page import form_markdown
from guide.glossary_page import glossary_markdown
from guide.improve import improve_address
from guide.licences import licences_markdown
from guide.manual import rule_notes
from guide.markup import Heading
from guide.model import Item, Outline, Page, Site
from guide.navigation import Walk, neighbours, walks
from guide.permalinks import MovedHeading, former_headings
from guide.references import Reference
from guide.schema import Collection, Destination, Term
from guide.search_index import index_files
from guide.serving import policy_in_page
from guide.special_pages import (
    COLLECTIONS,
    FAULTS_PAGE,
    FINDER,
    FORM,
    GLOSSARY_PAGE,
    HOME,
    LICENCES_PAGE,
    MANUAL,
    REFERENCES,
)

#: Words that a reader takes in each minute.
_WORDS_A_MINUTE = 200
#: A page with fewer sections needs no list of them.
_SECTIONS_TO_LIST = 3

#: Text that is added to a page's own.
_GENERATED = {
    GLOSSARY_PAGE: glossary_markdown,
    FORM: form_markdown,
    FAULTS_PAGE: faults_markdown,
    LICENCES_PAGE: lambda site: licences_markdown(site.licences),
}


@dataclass(frozen=True)
class CoveredItem:
    """An outline item with the entries that cover it."""

    item: Item
    entries: tuple[Page, ...]


@dataclass(frozen=True)
class PageView:
    """What the template of one page needs beside the page's text. Empty where it has none."""

    page: Page
    kind: str
    stages: tuple[Term, ...] = ()
    themes: tuple[Term, ...] = ()
    covers: tuple[tuple[Page, tuple[str, ...]], ...] = ()
    related: tuple[Page, ...] = ()
    before: Page | None = None
    after: Page | None = None
    walks: tuple[Walk, ...] = ()
    useful: Page | None = None
    used: tuple[BackLink, ...] = ()
    cited: tuple[CitedWork, ...] = ()
    entries: tuple[Page, ...] = ()
    collection: Collection | None = None
    paper: CitedWork | None = None
    outline: tuple[CoveredItem, ...] = ()
    replaced: tuple[Page, ...] = ()
    rests_on: tuple[Reference, ...] = ()
    generated: str = ""

    @property
    def minutes(self) -> int:
        """How long the text takes to read."""
        return math.ceil(sum(self.page.markup.words) / _WORDS_A_MINUTE)

    @property
    def contents(self) -> tuple[Heading, ...]:
        """The sections to choose from, where there are enough of them."""
        sections = tuple(h for h in self.page.markup.headings if h.level == 2 and h.id)
        return sections if len(sections) >= _SECTIONS_TO_LIST else ()

    @property
    def moved_headings(self) -> tuple[MovedHeading, ...]:
        return former_headings(self.page)


class Views:
    """Every page's view, from one Site and its references."""

    def __init__(self, site: Site, references: dict[str, Reference]) -> None:
        self.site = site
        self.references = references
        self.policy = policy_in_page()
        self.fingerprints = fingerprint(loaded_files(site))
        self.rule_notes = rule_notes()
        self.filters = filters(site)
        self._used = backlinks(site)
        self._works = CitedWorks(site, references)
        self._made: dict[str, PageView] = {}
        self._neighbours = neighbours(site)
        self._related = _related(site)
        self._covering = _group(site, "covers")
        self._choosing = {field: _group(site, field) for field in ("themes", "stages")}
        self._walks = walks(site)

    def of(self, path: str) -> PageView:
        """The view of the page at `path`, made once."""
        if path not in self._made:
            self._made[path] = self._view(self.site.page[path])
        return self._made[path]

    def _view(self, page: Page) -> PageView:
        path = page.path
        used, cited = self._used.get(path, ()), self._works.on(page)
        if page.is_entry:
            return self._entry(page, used, cited)
        if page.outline:
            return PageView(
                page,
                "source",
                used=used,
                cited=cited,
                paper=self._works.work(page.outline.work),
                outline=self._covered(page.outline),
            )
        collection = self.index_of(path)
        return PageView(
            page,
            self._kind(path),
            generated=_GENERATED[path](self.site) if path in _GENERATED else "",
            used=used,
            cited=cited,
            collection=collection,
            entries=self.site.listed(collection) if collection else (),
        )

    def asset(self, name: str) -> str:
        """The path of a file below docs/assets/ under the name that it is published by."""
        return self.fingerprints.names[f"assets/{name}"]

    def is_within(self, page: Page, place: Destination) -> bool:
        """Whether an item of the navigation leads to the page or to the folder that it is in."""
        return page.path == place.path or (
            place.path.endswith("/index.md")
            and page.path.startswith(place.path.removesuffix("index.md"))
        )

    def search_files(self) -> dict[str, str]:
        """The search index: text by path."""
        return index_files(self.site, self.references)

    def prefixes(self) -> str:
        return prefixes_json(self.site)

    def short_address(self, page: Page) -> str:
        return short_address(self.site, page)

    def improve_address(self, page: Page) -> str:
        return improve_address(self.site, page)

    def cite_page(self, page: Page) -> PageCitation:
        return cite_page(self.site, page)

    def linked_data(self, view: PageView) -> str:
        works = tuple(work.reference.text for work in view.cited)
        return linked_data(self.site, view.page, works)

    def works(self) -> tuple[CitedWork, ...]:
        """All works in the order of the style."""
        return self._works.all()

    def papers(self) -> tuple[Page, ...]:
        """The pages on the source papers."""
        return tuple(page for page in self.site.pages if page.outline)

    def collection(self, folder: str) -> tuple[Page, Collection]:
        """One collection with its index page."""
        return next(pair for pair in self.collections() if pair[1].folder == folder)

    def collections(self) -> tuple[tuple[Page, Collection], ...]:
        """Each collection with its index page, in the order of the schema."""
        site = self.site
        return tuple((site.page[f"{c.folder}/index.md"], c) for c in site.schema.collections)

    def index_of(self, path: str) -> Collection | None:
        """The collection whose index `path` is."""
        return self.site.schema.collection_of(path) if path.endswith("/index.md") else None

    def _kind(self, path: str) -> str:
        special = {
            HOME: "home",
            COLLECTIONS: "collections",
            FINDER: "find",
            REFERENCES: "references",
            MANUAL: "manual",
            f"{self.site.schema.sources.folder}/index.md": "sources",
        }
        return special.get(path) or ("collection" if self.index_of(path) else "page")

    def _entry(
        self, page: Page, used: tuple[BackLink, ...], cited: tuple[CitedWork, ...]
    ) -> PageView:
        site, front = self.site, page.front
        before, after = self._neighbours.get(page.path, (None, None))
        return PageView(
            page,
            "entry",
            used=used,
            cited=cited,
            before=before,
            after=after,
            walks=self._walks.get(page.path, ()),
            useful=self._useful(page, before, after),
            collection=page.collection,
            entries=self._choosing.get(page.collection.folder, {}).get(page.id, ()),
            stages=_terms(site.schema.stages, front.words("stages")),
            themes=_terms(site.schema.themes, front.words("themes")),
            covers=self._covers(page),
            rests_on=tuple(self.references[paper.outline.work] for paper, _ in self._covers(page)),
            replaced=tuple(site.entry[id] for id in front.words("replaced") if id in site.entry),
            related=tuple(site.entry[id] for id in self._related.get(page.id, ())),
        )

    def _useful(self, page: Page, *near: Page | None) -> Page | None:
        """Of the entries related or linked to, the one most like this one; not a neighbour."""
        site = self.site
        named = (page.path_to(link.target) for link in page.markup.links)
        related = (site.entry[id].path for id in self._related.get(page.id, ()))
        apart = {page.path, *(other.path for other in near if other)}
        paths = (path for path in (*related, *named) if path in site.page and path not in apart)
        others = [site.page[path] for path in dict.fromkeys(paths)]
        fitting = (other for other in others if other.is_entry and not other.is_withdrawn)
        return max(fitting, key=lambda other: _likeness(page, other), default=None)

    def _covers(self, page: Page) -> tuple[tuple[Page, tuple[str, ...]], ...]:
        """The papers that an entry rests on, each with its places."""
        places: dict[str, list[str]] = {}
        for name in page.front.words("covers"):
            if item := self.site.item.get(name):
                places.setdefault(item.outline, []).append(item.locator)
        folder = self.site.schema.sources.folder
        return tuple(
            (self.site.page[f"{folder}/{outline}.md"], tuple(dict.fromkeys(locators)))
            for outline, locators in places.items()
        )

    def _covered(self, outline: Outline) -> tuple[CoveredItem, ...]:
        return tuple(CoveredItem(i, self._covering.get(i.name, ())) for i in outline.items)


def _terms(known: tuple[Term, ...], ids: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(term for term in known if term.id in ids)


def _likeness(page: Page, other: Page) -> int:
    """How many themes and stages two entries share; a theme's page is like all that name it."""
    return sum(
        len(set(page.front.words(field)) & {*other.front.words(field), other.id})
        for field in ("themes", "stages")
    )


def _related(site: Site) -> dict[str, tuple[str, ...]]:
    """Relations by id, seen from both sides."""
    both: dict[str, set[str]] = {}
    for page in site.entries:
        for id in page.front.words("related"):
            if id in site.entry:
                both.setdefault(page.id, set()).add(id)
                both.setdefault(id, set()).add(page.id)
    return {id: tuple(sorted(others)) for id, others in both.items()}


def _group(site: Site, field: str) -> dict[str, tuple[Page, ...]]:
    """Entries by the values of a field that is a list, in the order of the collections."""
    found: dict[str, list[Page]] = {}
    for collection in site.schema.collections:
        for page in site.listed(collection):
            for value in page.front.words(field):
                found.setdefault(value, []).append(page)
    return {value: tuple(pages) for value, pages in found.items()}
