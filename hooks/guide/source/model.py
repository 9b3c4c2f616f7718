"""The guide as it was read: frozen data, the same for checks, pages and tests."""

import posixpath
import re
from collections.abc import Collection as Known
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import SplitResult, unquote, urlsplit

from guide.problems import Problem
from guide.source.bibliography import Work
from guide.source.data_files import (
    Activity,
    GlossaryTerm,
    Item,
    Licensed,
    News,
    Outline,
    Plan,
    Slips,
    Statements,
)
from guide.source.documents import Document
from guide.source.frontmatter import FrontMatter
from guide.source.markup import NOTES_TO_SELF, Link, Markup, lines_found
from guide.source.readable import decode
from guide.source.schema import NOTHING, Collection, Field, Schema, Section
from guide.source.search_words import NO_WORDS, SearchWords

HOME = "index.md"
REFERENCES = "references.md"
GLOSSARY_PAGE = "glossary.md"
SELFCHECK_PAGE = "self-check.md"

TODO = "TODO:"
#: The status of an entry that is withdrawn.
WITHDRAWN = "deprecated"
#: A note to oneself, with the rest of its line; `???` at a line's start begins a note that folds.
_NOTE = re.compile(rf"(?:\b(?:{NOTES_TO_SELF}|[Ll]orem ipsum)\b|\?(?<!\n\?)\?\?)[^\n]*")
_IN_NOTES = (*NOTES_TO_SELF.split("|"), "orem ipsum", "???")
_NAME = re.compile(r"(?P<id>[a-z]\d+)-[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_RELATIVE = re.compile(r"(?!/|[a-zA-Z][\w+.-]*:).")


@dataclass(frozen=True)
class Page:
    """A Markdown file below docs/; `path` is relative to docs/, `body` what follows its fields.

    `names` are those of the closed list by which the collection's files are named.
    """

    path: str
    front: FrontMatter
    body: str
    markup: Markup
    collection: Collection | None
    outline: Outline | None
    sections: tuple[Section, ...]
    names: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The path relative to the project, as problems name it."""
        return f"docs/{self.path}"

    @property
    def is_entry(self) -> bool:
        return self.collection is not None

    @cached_property
    def id(self) -> str:
        """The entry's id in lower case, from its file name; empty where it has none."""
        if not self.collection:
            return ""
        name = posixpath.basename(self.path)
        if self.names:
            stem = name.removesuffix(".md")
            return stem if stem in self.names else ""
        found = _NAME.fullmatch(name)
        return found["id"] if found else ""

    @property
    def is_misnamed(self) -> bool:
        """Whether the file of an entry has no id of its own collection."""
        return bool(self.collection) and not self.id.startswith(self.collection.prefix.lower())

    @property
    def badge(self) -> str:
        """The id as a reader sees it; empty for an entry that has only a name."""
        return self.id.upper() if self.collection and self.collection.prefix else ""

    @property
    def is_withdrawn(self) -> bool:
        return self.front.text("status") == WITHDRAWN

    @cached_property
    def address(self) -> str:
        """Where the page stands on the site, as `/lessons/l05-trust/`."""
        place = self.path.removesuffix(".md").removesuffix("index").rstrip("/")
        return f"/{place}/" if place else "/"

    def path_to(self, target: str) -> str:
        """The path below docs/ that a link's target names from here; empty where it names none."""
        try:
            path = unquote(urlsplit(target).path)
        except ValueError:  # An address that is not well formed; KB310 tells of it.
            return ""
        folder = posixpath.dirname(self.path)
        return posixpath.normpath(posixpath.join(folder, path)) if path else ""

    @property
    def title(self) -> str:
        return self.front.text("title")

    @property
    def kind_of_title(self) -> str:
        """What the title is, where it is not the guide's own view; else empty."""
        return self.collection.titles if self.collection else ""

    @property
    def name(self) -> str:
        """The title as pages print it: in quotation marks where it is not the guide's own view."""
        return f"“{self.title}”" if self.kind_of_title else self.title

    @property
    def way_out(self) -> str:
        """The last sentence of the summary; the one before it tells the difficulty."""
        return re.split(r"(?<=[.?!])\s+(?=[A-Z“])", self.summary)[-1]

    @property
    def summary(self) -> str:
        return self.front.text("summary")

    @cached_property
    def unwritten(self) -> dict[int, str]:
        """What is still to be written on the page, by line; code does not count."""
        front, plain = self.front, self.markup.plain
        notes = [
            (front.line(n), _NOTE.search(text)) for n in front.fields for text in front.texts(n)
        ]
        if any(part in plain for part in _IN_NOTES):
            notes += lines_found(_NOTE, plain)
        return {line: note[0] for line, note in reversed(notes) if note}


@dataclass(frozen=True)
class Site:
    """Everything the project's files say; without arguments, a project of which nothing is known.

    `assets` are the other files below docs/, by path: `diagrams` drawings as SVG, `loaded` what
    pages load by themselves as bytes. `phrases` are what people type, `activities` and `plans` what
    a trainer runs, by the id of the entry; `selfcheck` is what a group says, by letter. `ledger` is
    permalinks.txt line by line. `documents` are the data files and mkdocs.yml by path, `raw` the
    bytes of every file that people write as text; `unread` tells of those that nobody can read.
    """

    schema: Schema = NOTHING
    pages: tuple[Page, ...] = ()
    outlines: tuple[Outline, ...] = ()
    works: tuple[Work, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    licences: tuple[Licensed, ...] = ()
    diagrams: dict[str, str] = field(default_factory=dict)
    loaded: dict[str, bytes] = field(default_factory=dict)
    search_words: SearchWords = NO_WORDS
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    news: tuple[News, ...] = ()
    slips: Slips = field(default_factory=Slips)
    selfcheck: dict[str, Statements] = field(default_factory=dict)
    ledger: tuple[str, ...] = ()
    assets: frozenset[str] = frozenset()
    name: str = ""
    url: str = ""
    documents: dict[str, Document] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    unread: tuple[Problem, ...] = ()

    def text(self, path: str) -> str:
        """The text of a file that people write; empty where there is no such file."""
        raw = self.raw.get(path, b"")
        return decode(raw, len(raw))[0]

    def whole_address(self, page: Page) -> str:
        """A page's address with scheme and host."""
        return self.url.rstrip("/") + page.address

    def short_address(self, page: Page) -> str:
        """The whole address of a page's short link, for slides and print."""
        return f"{self.url.rstrip('/')}/{page.id}/" if page.id else self.whole_address(page)

    @cached_property
    def page(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages}

    @cached_property
    def files(self) -> dict[str, str]:
        """Every file below docs/, by its path in small letters."""
        return {path.casefold(): path for path in sorted((*self.page, *self.assets))}

    @cached_property
    def relative_links(self) -> tuple[tuple[Page, Link, SplitResult, str], ...]:
        """Links within docs/, each with its address taken apart and the file it leads to."""
        return tuple(
            (page, link, urlsplit(link.target), page.path_to(link.target) or page.path)
            for page in self.pages
            for link in page.markup.links
            if link.form not in ("reference", "unused") and _RELATIVE.match(link.target)
        )

    @cached_property
    def entries(self) -> tuple[Page, ...]:
        return tuple(page for page in self.pages if page.is_entry)

    @cached_property
    def entry(self) -> dict[str, Page]:
        """Entries by id, lower case; of two, the one that was published."""
        known, named = {*self.ledger}, [page for page in reversed(self.entries) if page.id]
        return {p.id: p for p in named} | {p.id: p for p in named if p.address in known}

    @cached_property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        """The glossary from a to z."""
        return tuple(sorted(self.glossary, key=lambda term: term.term.casefold()))

    @cached_property
    def work(self) -> dict[str, Work]:
        return {work.key: work for work in reversed(self.works)}

    @cached_property
    def outline_of(self) -> dict[str, Outline]:
        """The outline of each source paper, by the paper's key."""
        return {outline.work: outline for outline in self.outlines}

    @cached_property
    def item(self) -> dict[str, Item]:
        """Items of outlines by what entries call them."""
        return {outline.name_of(i): i for outline in self.outlines for i in outline.items}

    @cached_property
    def cited_keys(self) -> frozenset[str]:
        """Keys of all works that a page cites."""
        clusters = (cluster for page in self.pages for cluster in page.markup.citations)
        return frozenset(cite.key for cluster in clusters for cite in cluster.cites)

    def fields_of(self, page: Page) -> dict[str, Field]:
        """The fields that a page may have, by name."""
        return self.schema.fields_of(page.collection)

    def known_values(self, field: Field) -> Known[str] | None:
        """What may stand in a field; None where that is open."""
        kinds = {"ids": self.entry, "items": self.item}
        return self.schema.ids(field.values) if field.values else kinds.get(field.kind)

    def sought_by(self, page: Page) -> tuple[str, ...]:
        """What people type when they look for a page: its aliases, then further phrases."""
        return (*page.front.words("aliases"), *self.phrases.get(page.id, ()))

    def entries_of(self, collection: Collection) -> tuple[Page, ...]:
        """A collection's entries in the order of their numbers, or of the list that names them."""
        return self._row[collection.folder]

    def listed(self, collection: Collection) -> tuple[Page, ...]:
        """A collection's entries without those that are withdrawn."""
        return tuple(page for page in self.entries_of(collection) if not page.is_withdrawn)

    @cached_property
    def _row(self) -> dict[str, tuple[Page, ...]]:
        rows: dict[str, list[Page]] = {c.folder: [] for c in self.schema.collections}
        for page in self.entries:
            if page.collection and page.id:
                rows[page.collection.folder].append(page)
        return {folder: tuple(sorted(row, key=_order)) for folder, row in rows.items()}


def _order(page: Page) -> tuple[int, str]:
    return page.names.index(page.id) if page.names else int(page.id[1:]), page.path
