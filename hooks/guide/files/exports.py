"""The guide as data for others: entries.json, and citations of its pages."""

import json
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated

import rispy
from pydantic import Field, TypeAdapter

from guide.source.data_files import Text
from guide.source.documents import shape
from guide.source.model import Page, Site
from guide.source.schema import Id
from guide.works.references import Reference, ris_text

ENTRIES_SCHEMA = "entries.schema.json"


@dataclass(frozen=True)
class Citation:
    """What a reader copies to cite something: as text, for BibTeX and as RIS."""

    text: str
    bibtex: str
    ris: str


def cite_page(site: Site, page: Page, day: date | None) -> Citation:
    """A page of the guide, in the version of `day` where that is known."""
    part = f", {page.badge}" if page.badge else ""
    by, url = f"{site.name} contributors", site.short_address(page)
    year, version = (day.year, f"Version of {day:%-d %B %Y}") if day else ("n.d.", "")
    record = {
        "type_of_reference": "ELEC",
        "authors": [by],
        "title": page.name,
        "secondary_title": site.name + part,
        "urls": [url],
    }
    if day:
        record |= {"year": str(year), "date": f"{day:%Y/%m/%d}", "edition": version}
    about = "".join(f"{text}. " for text in (f"In: {site.name}{part}", version) if text)
    fields = {
        "author": f"{{{by}}}",
        "title": f"{{{page.name}}}",
        "howpublished": site.name + part,
        "year": year,
        "note": version,
        "url": url,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return Citation(
        text=f"{by} {year}. {page.name}. {about}Available from: {url}",
        bibtex=f"@misc{{field-guide-{page.id},\n{lines}}}\n",
        ris=ris_text(record),
    )


def cite_source(reference: Reference, places: tuple[str, ...]) -> Citation:
    """A work, with the places that an entry rests on."""
    place = ", ".join(places)
    record = rispy.loads(reference.ris)[0] | {"section": place}
    return Citation(
        text=f"{reference.text} At: {place}.",
        bibtex=reference.bibtex.rstrip().removesuffix("}").rstrip().removesuffix(",")
        + f",\n  pages = {{{place}}},\n}}\n",
        ris=ris_text(record),
    )


@shape
class Entry:
    """An entry as entries.json has it: its `id` is never given to another, `short` always leads on.

    `covers` names items of the papers' outlines, `related` ids as they are written in this entry.
    """

    id: Id
    collection: str
    title: Text
    summary: str
    url: str
    short: str
    withdrawn: bool
    themes: tuple[str, ...]
    stages: tuple[str, ...]
    readers: tuple[str, ...]
    aliases: tuple[str, ...]
    covers: tuple[str, ...]
    related: tuple[str, ...]


@shape
class Entries:
    """entries.json: every entry with what lists and searches need, and where its schema is."""

    schema: Annotated[str, Field(alias="$schema")]
    entries: tuple[Entry, ...]


_LISTS = [field.name for field in fields(Entry) if field.type == tuple[str, ...]]
_ENTRIES = TypeAdapter(Entries)


def entries_json(site: Site) -> str:
    entries = tuple(
        Entry(
            id=page.id,
            collection=page.collection.folder,
            title=page.name,
            summary=page.summary,
            url=site.whole_address(page),
            short=site.short_address(page),
            withdrawn=page.is_withdrawn,
            **{name: page.front.words(name) for name in _LISTS},
        )
        for collection in site.schema.collections
        for page in site.entries_of(collection)
    )
    data = Entries(**{"$schema": f"{site.url.rstrip('/')}/{ENTRIES_SCHEMA}"}, entries=entries)
    return _ENTRIES.dump_json(data, indent=1, by_alias=True).decode() + "\n"


def entries_schema() -> str:
    """What entries.json holds, as JSON Schema."""
    return json.dumps(_ENTRIES.json_schema(mode="serialization"), indent=1) + "\n"
