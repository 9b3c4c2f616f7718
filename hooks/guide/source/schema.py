"""The schema as typed data; data/schema.yml is its one home."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Field:
    """A front-matter field. `kind` is text, choice, words, terms, ids or items.

    `most` bounds the length of a list; 0 is no bound. Only an entry that was published can have a
    field that comes `later`.
    """

    name: str
    kind: str
    required: bool
    about: str
    terms: tuple[str, ...] = ()
    later: bool = False
    most: int = 0

    @property
    def is_text(self) -> bool:
        """Whether it holds one text, and no list."""
        return self.kind in ("text", "choice")


@dataclass(frozen=True)
class Section:
    """A section that every page of its kind has. `voice` is "editors" or empty.

    One that `reports` holds what sources say; each of its paragraphs cites one.
    """

    id: str
    heading: str
    voice: str = ""
    reports: bool = False


@dataclass(frozen=True)
class Term:
    """A value of a closed list: a theme, a stage or a kind of reader."""

    id: str
    name: str
    about: str = ""


@dataclass(frozen=True)
class Colour:
    """The accent of a collection as CSS colours, one for each scheme."""

    light: str
    dark: str


@dataclass(frozen=True)
class Collection:
    """A folder of entries of one form. `words` bounds the length of an entry's text.

    Files begin with `prefix` and a number, or are named by one of `names`. `titles` says what
    their titles are where they are not the guide's own view.
    """

    folder: str
    name: str
    words: tuple[int, int]
    colour: Colour
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    prefix: str = ""
    titles: str = ""
    icon: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourcePages:
    """The pages on the source papers; outlines in `complete` must be covered whole."""

    folder: str
    complete: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Destination:
    """An item of the navigation: its name and the page (relative to docs/) it leads to."""

    name: str
    path: str


@dataclass(frozen=True)
class Tab:
    """A part of the guide that the navigation shows as a whole."""

    name: str
    places: tuple[Destination, ...]


@dataclass(frozen=True)
class Schema:
    """Every rule of form that is data; without arguments, that of a guide without entries.

    Lengths: summary in characters, quotation in words, image in kilobytes.
    """

    summary_sentences: int = 0
    summary_longest: int = 0
    quotation_longest: int = 0
    image_heaviest: int = 0
    fields: tuple[Field, ...] = ()
    page_fields: tuple[Field, ...] = ()
    stages: tuple[Term, ...] = ()
    groups: tuple[Term, ...] = ()
    themes: tuple[Term, ...] = ()
    readers: tuple[Term, ...] = ()
    collections: tuple[Collection, ...] = ()
    sources: SourcePages = SourcePages("", (), ())
    navigation: tuple[Tab, ...] = ()
    footer: tuple[Destination, ...] = ()
    plain_acronyms: tuple[str, ...] = ()
    work_fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    optional_work_fields: tuple[str, ...] = ()
    spelling: dict[str, str] = field(default_factory=dict)

    @property
    def known_work_fields(self) -> frozenset[str]:
        """Fields that a work may have."""
        needed = {part for row in self.work_fields.values() for f in row for part in f.split("/")}
        return frozenset(needed | {*self.optional_work_fields})

    @property
    def editors_sections(self) -> frozenset[str]:
        """Ids of the sections in which the editors speak."""
        kinds = (*(c.sections for c in self.collections), self.sources.sections)
        return frozenset(s.id for sections in kinds for s in sections if s.voice == "editors")

    def collection_of(self, path: str) -> Collection | None:
        """The collection whose folder holds the page `path` (relative to docs/)."""
        folder = path.partition("/")[0] if "/" in path else ""
        return next((c for c in self.collections if c.folder == folder), None)


def make_schema(raw: dict) -> Schema:
    """The schema from the data of its file, which has its form."""
    terms = {
        name: tuple(Term(id, **about) for id, about in raw.get(name, {}).items())
        for name in ("stages", "groups", "statuses", "themes", "readers")
    }

    def make_field(name: str, given: dict) -> Field:
        known = tuple(term.id for term in terms.get(given.get("from", ""), ()))
        later, most = given.get("later", False), given.get("most", 0)
        return Field(name, given["kind"], given["required"], given["about"], known, later, most)

    def sections(given: list[dict[str, str]]) -> tuple[Section, ...]:
        return tuple(Section(**section) for section in given)

    def destination(given: str | dict[str, str]) -> Destination:
        if isinstance(given, dict):
            return Destination(*next(iter(given.items())))
        names = {collection["folder"]: collection["name"] for collection in raw["collections"]}
        return Destination(names.get(given, given), f"{given}/index.md")

    def collection(given: dict) -> Collection:
        folder = given["folder"]
        default = [name for name, f in raw["fields"].items() if f.get("only", folder) == folder]
        names = given.get("fields", default)
        return Collection(
            folder=given["folder"],
            name=given["name"],
            words=tuple(given["words"]),
            colour=Colour(**given["colour"]),
            sections=sections(given["sections"]),
            fields=tuple(field for field in fields if field.name in names),
            prefix=given.get("prefix", ""),
            titles=given.get("titles", ""),
            icon=given.get("icon", ""),
            names=tuple(term.id for term in terms[given["named_by"]])
            if "named_by" in given
            else (),
        )

    fields = tuple(make_field(name, given) for name, given in raw["fields"].items())
    return Schema(
        summary_sentences=raw["summary"]["sentences"],
        summary_longest=raw["summary"]["longest"],
        quotation_longest=raw["quotation"]["longest"],
        image_heaviest=raw["image"]["heaviest"],
        fields=fields,
        page_fields=tuple(f for f in fields if f.name in raw["page_fields"]),
        stages=terms["stages"],
        groups=terms["groups"],
        themes=terms["themes"],
        readers=terms["readers"],
        collections=tuple(collection(given) for given in raw["collections"]),
        sources=SourcePages(
            raw["sources"]["folder"],
            tuple(raw["sources"]["complete"]),
            sections(raw["sources"]["sections"]),
        ),
        navigation=tuple(
            Tab(name, tuple(destination(given) for given in places))
            for name, places in raw["navigation"].items()
        ),
        footer=tuple(destination(given) for given in raw.get("footer", [])),
        plain_acronyms=tuple(raw["plain_acronyms"]),
        work_fields={kind: tuple(names) for kind, names in raw["work_fields"].items()},
        optional_work_fields=tuple(raw["optional_work_fields"]),
        spelling=dict(raw["spelling"]),
    )
