"""What the templates show: frozen data made from the Site, with no HTML in it."""

from dataclasses import dataclass

from guide.backlinks import BackLink, backlinks
from guide.cited_works import CitedWork, CitedWorks
from guide.exports import PageCitation, addresses_json, cite_page, linked_data, short_address
from guide.glossary_page import glossary_markdown
from guide.manual import rule_notes
from guide.model import Item, Outline, Page, Site
from guide.navigation import neighbours
from guide.permalinks import MovedHeading, former_headings
from guide.references import Reference
from guide.schema import Collection, Term
from guide.special_pages import COLLECTIONS, GLOSSARY_PAGE, HOME, MANUAL, REFERENCES

#: Templates whose output belongs to the text of a page, so that search finds it.
IN_TEXT = {REFERENCES: "guide/works.html"}


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
    def meta(self) -> dict[str, object]:
        """What the theme reads from a page's front matter, in Material's words."""
        toc = [] if len(self.page.markup.headings) > 1 else ["toc"]
        return {
            "description": self.page.summary,
            "hide": ["navigation", *toc],
            "search": {"exclude": self.page.is_withdrawn},
        }

    @property
    def moved_headings(self) -> tuple[MovedHeading, ...]:
        return former_headings(self.page)


class Views:
    """Every page's view, from one Site and its references."""

    def __init__(self, site: Site, references: dict[str, Reference]) -> None:
        self.site = site
        self.references = references
        self.rule_notes = rule_notes()
        self._used = backlinks(site)
        self._works = CitedWorks(site, references)
        self._made: dict[str, PageView] = {}
        self._related = _related(site)
        self._covering = _group(site, "covers")
        self._by_theme = _group(site, "themes")

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
            generated=glossary_markdown(self.site) if path == GLOSSARY_PAGE else "",
            used=used,
            cited=cited,
            collection=collection,
            entries=self.site.listed(collection) if collection else (),
        )

    def addresses(self) -> str:
        return addresses_json(self.site)

    def short_address(self, page: Page) -> str:
        return short_address(self.site, page)

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
            REFERENCES: "references",
            MANUAL: "manual",
            f"{self.site.schema.sources.folder}/index.md": "sources",
        }
        return special.get(path) or ("collection" if self.index_of(path) else "page")

    def _entry(
        self, page: Page, used: tuple[BackLink, ...], cited: tuple[CitedWork, ...]
    ) -> PageView:
        site, front = self.site, page.front
        before, after = neighbours(site, page)
        return PageView(
            page,
            "entry",
            used=used,
            cited=cited,
            before=before,
            after=after,
            collection=page.collection,
            entries=self._by_theme.get(page.id, ()) if page.collection.names else (),
            stages=_terms(site.schema.stages, front.words("stages")),
            themes=_terms(site.schema.themes, front.words("themes")),
            covers=self._covers(page),
            rests_on=tuple(self.references[paper.outline.work] for paper, _ in self._covers(page)),
            replaced=tuple(site.entry[id] for id in front.words("replaced") if id in site.entry),
            related=tuple(site.entry[id] for id in self._related.get(page.id, ())),
        )

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
