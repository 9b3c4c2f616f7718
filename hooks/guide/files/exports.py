"""The guide as data for others: entries.json."""

import json
from dataclasses import fields
from typing import Annotated

from pydantic import Field, TypeAdapter

from guide.source.data_files import Text
from guide.source.documents import shape
from guide.source.model import Site
from guide.source.schema import Id

ENTRIES_SCHEMA = "entries.schema.json"


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
