"""The guide as data for others: entries.json, llms.txt, metadata and citations of its pages."""

import json
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

import rispy
from pydantic import Field, TypeAdapter

from guide.source.data_files import Text
from guide.source.documents import shape
from guide.source.model import HOME, Page, Site
from guide.source.schema import Id
from guide.works.references import Reference, ris_text

ENTRIES_SCHEMA = "entries.schema.json"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


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


def llms_txt(site: Site) -> str:
    """A plain list of all pages in the form that language models are given."""
    home = site.page[HOME]
    parts = [f"# {site.name}\n\n> {home.summary}\n"]
    for collection in site.schema.collections:
        lines = [
            f"- [{page.name}]({site.whole_address(page)}): {page.summary}"
            for page in site.listed(collection)
        ]
        parts.append("\n".join([f"## {collection.name}\n", *lines, ""]))
    return "\n".join(parts)


def linked_data(site: Site, page: Page, works: tuple[str, ...]) -> str:
    """schema.org metadata of a page as JSON-LD. `works` are the references it cites, as text."""
    about = {
        "@context": "https://schema.org",
        "@type": "Article" if page.is_entry else "WebPage",
        "name": page.name,
        "description": page.summary,
        "url": site.whole_address(page),
        "inLanguage": "en-GB",
        "license": LICENCE,
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": site.url},
    }
    if page.is_entry:
        about |= {"headline": page.name, "identifier": page.id, "citation": list(works)}
    return json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")


#: The form below .github/ISSUE_TEMPLATE/, and the id of its field for the page.
FORM, FIELD = "page.yml", "page"


def improve_address(site: Site, page: Page) -> str:
    filled = urlencode(
        {"template": FORM, FIELD: site.url.rstrip("/") + page.address}, quote_via=quote
    )
    return f"{site.repository.rstrip('/')}/issues/new?{filled}"
