"""What the templates ask for, made from the Site and its references."""

import math
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment

from guide.files.assets import drawings, fingerprint, loaded_files, qr_svg
from guide.files.serving import POLICY_IN_PAGE
from guide.links.backlinks import BackLink, backlinks
from guide.links.navigation import (
    Walk,
    entries_by,
    most_alike,
    neighbours,
    related_entries,
    steps,
    walks,
)
from guide.links.permalinks import former_headings
from guide.pages.decks import PRINTED_AS_CARDS, deck_of, for_slide
from guide.pages.glossary_links import glossary_markdown
from guide.pages.portable import Portable
from guide.pages.sessions import PEOPLE, parts, planner, to_bring
from guide.problems import Problem
from guide.rules import truths
from guide.search.finder import filters
from guide.source.markup import Heading, plain_text
from guide.source.model import GLOSSARY_PAGE, HOME, Item, Page, Site
from guide.source.schema import Collection, Term
from guide.works.cited_works import CitedWork, cited_on_pages, cited_works
from guide.works.references import Reference

#: Pages that have a template of their own, which bears their name.
_OF_THEIR_OWN = ("index", "collections", "find", "planner", "self-check", "references")
_OF_THEIR_OWN += ("contribute", "form", "licences", "glossary")
#: What a book comes as, for a screen and for paper.
BOUND_AS = (".epub", ".pdf")
#: Words that a reader takes in each minute.
_WORDS_A_MINUTE = 200
#: A page with fewer sections needs no list of them.
_SECTIONS_TO_LIST = 3


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
    steps: tuple[Page, ...] = ()
    useful: Page | None = None
    used: tuple[BackLink, ...] = ()
    cited: tuple[CitedWork, ...] = ()
    entries: tuple[Page, ...] = ()
    collection: Collection | None = None
    paper: CitedWork | None = None
    outline: tuple[tuple[Item, tuple[Page, ...]], ...] = ()
    replaced: tuple[Page, ...] = ()
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


class Views:
    """Every page's view, from one Site and its references."""

    def __init__(
        self,
        site: Site,
        references: dict[str, Reference],
        *,
        problems: tuple[Problem, ...] = (),
        served: bool = False,
        cards: bool = False,
        day: date | None,
    ) -> None:
        """`day` is that of the build. `served` is for `mkdocs serve`, whose script runs inline;
        then `problems` are shown.
        """
        self.site = site
        self.references = references
        self.problems = problems
        self.served = served
        self.cards = cards
        self.day = day
        self.policy = "" if served else POLICY_IN_PAGE
        self.assets = fingerprint(loaded_files(site))
        self.truths = truths()
        self.portable = Portable(site, references, site.whole_address)
        self.filters = filters(site)
        self._used = backlinks(site)
        self._work = cited_works(site, references)
        self._cited = cited_on_pages(self._work.values())
        #: What templates render once for many pages, by all that it depends on.
        self.once: dict[tuple, str] = {}
        self.people = PEOPLE
        #: The view of the page at a path, made once.
        self.of = cache(self._view)
        self._neighbours = neighbours(site)
        self._related = related_entries(site)
        self._covering = entries_by(site, "covers")
        self._choosing = {field: entries_by(site, field) for field in ("themes", "stages")}
        self._walks = walks(site)
        self.parts, self.to_bring = partial(parts, site), partial(to_bring, site)
        self.planner = partial(planner, site)
        self.deck = partial(deck_of, site)
        self.bound = partial(Portable, site, references, site.short_address)
        self.for_slide = partial(for_slide, Portable(site, references, site.short_address))
        self.plain, self.qr = plain_text, qr_svg
        self.printed_as_cards = [f for f in PRINTED_AS_CARDS if f"{f}/index.md" in site.page]
        #: What the page for lost visitors knows: the prefix of each folder with numbered entries.
        self.prefixes = {c.folder: c.prefix.lower() for c in site.schema.collections if c.prefix}
        self.moved_headings = former_headings
        self.papers = tuple(page for page in site.pages if page.outline)
        self.works = tuple(self._work.values())
        #: Each collection with its index page, in the order of the schema.
        kinds = site.schema.collections
        self.collections = tuple((site.page[f"{c.folder}/index.md"], c) for c in kinds)
        self.collection = {kind.folder: kind for kind in kinds}
        #: The book that begins with the page at a path.
        self.books = {page.path: f"{c.folder}/{c.folder}.epub" for page, c in self.collections}
        self.books[HOME] = "field-guide.epub"

    def _view(self, path: str) -> PageView:
        site, page = self.site, self.site.page[path]
        front, outline, covering = page.front, page.outline, self._covering
        items = outline.items if outline else ()
        near = self._neighbours.get(page.path, (None, None))
        related = self._related.get(page.id, ())
        collection = page.collection or self.index_of(page.path)
        if page.is_entry:
            entries = self._choosing.get(page.collection.folder, {}).get(page.id, ())
        else:
            entries = site.listed(collection) if collection else ()
        return PageView(
            page,
            self._kind(page),
            generated=glossary_markdown(site) if page.path == GLOSSARY_PAGE else "",
            used=self._used.get(page.path, ()),
            cited=tuple(self._cited.get(path, ())),
            before=near[0],
            after=near[1],
            walks=self._walks.get(page.path, ()),
            steps=tuple(steps(site, page)),
            useful=most_alike(site, page, related, near) if page.is_entry else None,
            collection=collection,
            entries=entries,
            stages=tuple(t for t in site.schema.stages if t.id in front.words("stages")),
            themes=tuple(t for t in site.schema.themes if t.id in front.words("themes")),
            covers=self._covers(page),
            replaced=tuple(site.entry[id] for id in front.words("replaced") if id in site.entry),
            related=tuple(site.entry[id] for id in related),
            paper=self._work[outline.work] if outline else None,
            outline=tuple((i, covering.get(outline.name_of(i), ())) for i in items),
        )

    def _kind(self, page: Page) -> str:
        """The name of the page's template."""
        if page.is_entry:
            return "entry"
        if page.outline:
            return "source"
        name = page.path.removesuffix(".md")
        if name in _OF_THEIR_OWN or name == f"{self.site.schema.sources.folder}/index":
            return name.replace("/index", "")
        return "collection" if self.index_of(page.path) else "page"

    def documents(self, env: Environment) -> dict[str, str]:
        """What each book, deck, pack and card is made of, by path."""
        pages = self.site.pages
        books = ((Path(path), self.site.page[page]) for page, path in self.books.items())
        wanted = {str(b.with_suffix(of)): ("book.md", p) for b, p in books for of in BOUND_AS}
        wanted |= {path: ("deck.md", page) for page in pages if (path := self.deck(page))}
        wanted |= {f"{page.id}/card.png": ("card.svg", page) for page in pages if page.id}
        wanted |= {f"{id}/pack.docx": ("pack.md", self.site.entry[id]) for id in self.site.plans}
        given = {"guide": self, "drawings": drawings(self.site)}
        return {
            path: env.get_template(f"guide/{name}").render(given, view=self.of(page.path))
            for path, (name, page) in wanted.items()
        }

    def asset(self, name: str) -> str:
        """The path of a file below docs/assets/ under the name that it is published by."""
        return self.assets[f"assets/{name}"][0]

    def in_groups(self, entries: tuple[Page, ...]) -> list[tuple[str, list[Page]]]:
        """Entries under the name of their group; under no name where they have none."""
        names = {term.id: term.name for term in self.site.schema.groups}
        groups: dict[str, list[Page]] = {name: [] for name in (*names.values(), "")}
        for page in entries:
            groups[names.get(page.front.text("group"), "")].append(page)
        return [(name, pages) for name, pages in groups.items() if pages]

    def index_of(self, path: str) -> Collection | None:
        """The collection whose index `path` is."""
        return self.site.schema.collection_of(path) if path.endswith("/index.md") else None

    def _covers(self, page: Page) -> tuple[tuple[Page, tuple[str, ...]], ...]:
        """The papers that an entry rests on, each with its places."""
        places: dict[str, list[str]] = {}
        for name in page.front.words("covers"):
            if item := self.site.item.get(name):
                places.setdefault(name.partition("#")[0], []).append(item.locator)
        folder = self.site.schema.sources.folder
        return tuple(
            (self.site.page[f"{folder}/{outline}.md"], tuple(dict.fromkeys(locators)))
            for outline, locators in places.items()
        )
