"""The shape of data/schema.yml, which is the one home of what an entry may and must contain."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from annotated_types import Gt, Len
from pydantic import StrictBool, StrictInt, StringConstraints, model_validator

from guide.source.documents import keyed, shape

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
_Hex = Annotated[str, StringConstraints(pattern="^#[0-9a-f]{6}$")]
_Prefix = Annotated[str, StringConstraints(pattern="^[A-Z]$")]
#: A page in the navigation: the folder of a collection, or a name with a page below docs/.
_Place = str | Annotated[dict[str, str], Len(1, 1)]
#: How many or how large at the most.
_Most = Annotated[StrictInt, Gt(0)]


@shape
class Field:
    """A front-matter field. Its `values` are those of a closed list, which is named there.

    `most` bounds the length of a list; 0 is no bound. `only` names the one
    collection that has the field.
    """

    name: str
    kind: Literal["text", "choice", "ids", "words", "terms", "items"]
    required: StrictBool
    about: str
    values: str = ""
    most: _Most = 0
    only: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it holds one text, and no list."""
        return self.kind in ("text", "choice")


@shape
class Section:
    """A section that every page of its kind has.

    One that `reports` holds what sources say; each of its paragraphs cites one. `about` tells who
    begins a page what to write.
    """

    id: Id
    heading: str
    about: str = ""
    voice: Literal["editors"] = ""
    reports: StrictBool = False


@shape
class Term:
    """A value of a closed list: a theme, a stage or a kind of reader."""

    id: str
    name: str
    about: str = ""


@shape
class Colour:
    """The accent of a collection as CSS colours, one for each scheme."""

    light: _Hex
    dark: _Hex


@shape
class Collection:
    """A folder of entries of one form. `words` bounds the length of an entry's text.

    Files begin with `prefix` and a number, or are named by the ids of the list `named_by`. `titles`
    says what their titles are where they are not the guide's own view; `fields`, where an entry has
    not all of them, which it has.
    """

    folder: Id
    name: str
    words: tuple[StrictInt, StrictInt]
    colour: Colour
    sections: tuple[Section, ...]
    fields: tuple[str, ...] = ()
    prefix: _Prefix = ""
    named_by: Literal["statuses", "stages", "themes", "readers"] = ""
    titles: str = ""
    icon: str = ""

    @model_validator(mode="after")
    def _says_how_files_are_named(self) -> "Collection":
        if bool(self.prefix) == bool(self.named_by):
            raise ValueError("needs `prefix` or `named_by`, and not both")
        if self.words[0] > self.words[1]:
            raise ValueError("needs `words` as the fewest, then the most")
        return self


@shape
class SourcePages:
    """The pages on the source papers; outlines in `complete` must be covered whole."""

    folder: str
    complete: tuple[str, ...]
    sections: tuple[Section, ...]


@shape
class Limits:
    """How many sentences a summary has, and how large a summary, quotation or image may be."""

    summary_sentences: _Most
    summary_characters: _Most
    quotation_words: _Most
    image_kilobytes: _Most


@dataclass(frozen=True)
class Destination:
    """An item of the navigation: its name and the page (relative to docs/) it leads to."""

    name: str
    path: str


_Terms = Annotated[tuple[Term, ...], keyed("id")]


@shape
class Schema:
    """Every rule of form that is data."""

    limits: Limits
    fields: Annotated[tuple[Field, ...], keyed("name")]
    page_fields: tuple[str, ...]
    statuses: _Terms
    stages: _Terms
    themes: _Terms
    collections: tuple[Collection, ...]
    sources: SourcePages
    navigation: dict[str, tuple[_Place, ...]]
    plain_acronyms: tuple[str, ...]
    work_fields: dict[str, tuple[str, ...]]
    optional_work_fields: tuple[str, ...]
    spelling: dict[str, str]
    groups: _Terms = ()
    readers: _Terms = ()
    footer: tuple[_Place, ...] = ()

    @cached_property
    def known_work_fields(self) -> frozenset[str]:
        """Fields that a work may have."""
        needed = {part for row in self.work_fields.values() for f in row for part in f.split("/")}
        return frozenset(needed | {*self.optional_work_fields})

    @cached_property
    def editors_sections(self) -> frozenset[str]:
        """Ids of the sections in which the editors speak."""
        kinds = (*(c.sections for c in self.collections), self.sources.sections)
        return frozenset(s.id for sections in kinds for s in sections if s.voice == "editors")

    @cached_property
    def tabs(self) -> dict[str, tuple[Destination, ...]]:
        """The parts of the guide that the navigation shows as a whole, by name."""
        rows = self.navigation.items()
        return {name: tuple(map(self.destination, row)) for name, row in rows}

    @cached_property
    def foot(self) -> tuple[Destination, ...]:
        return tuple(map(self.destination, self.footer))

    def destination(self, place: _Place) -> Destination:
        if isinstance(place, dict):
            return Destination(*next(iter(place.items()), ("", "")))
        names = {collection.folder: collection.name for collection in self.collections}
        return Destination(names.get(place, place), f"{place}/index.md")

    def ids(self, name: str) -> tuple[str, ...]:
        """The ids of the closed list `name`; none where there is no such list."""
        return tuple(term.id for term in getattr(self, name, ()) if isinstance(term, Term))

    def collection_of(self, path: str) -> Collection | None:
        """The collection whose folder holds the page `path` (relative to docs/)."""
        folder = path.partition("/")[0] if "/" in path else ""
        return next((c for c in self.collections if c.folder == folder), None)

    def fields_of(self, collection: Collection | None) -> dict[str, Field]:
        """The fields of the collection's entries by name, or those of all other pages."""
        return self._fields[collection.folder if collection else ""]

    @cached_property
    def _fields(self) -> dict[str, dict[str, Field]]:
        all_fields = {field.name: field for field in self.fields}
        rows = {"": self.page_fields}
        for c in self.collections:
            common = c.fields or tuple(name for name, f in all_fields.items() if not f.only)
            own = (name for name, f in all_fields.items() if f.only == c.folder)
            rows[c.folder] = (*common, *own)
        return {
            folder: {name: field for name, field in all_fields.items() if name in row}
            for folder, row in rows.items()
        }


#: That of a project of which nothing is known.
NOTHING = Schema(
    limits=Limits(1, 1, 1, 1),
    sources=SourcePages("", (), ()),
    **dict.fromkeys(("fields", "page_fields", "statuses", "stages", "themes", "collections"), ()),
    **dict.fromkeys(("plain_acronyms", "optional_work_fields"), ()),
    navigation={},
    work_fields={},
    spelling={},
)
