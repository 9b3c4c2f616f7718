"""The text of an entry that is begun: what is known of it, and a mark at each place to write."""

import yaml

from guide.source.model import TODO
from guide.source.schema import Collection, Field, Schema, Section


def entry_text(schema: Schema, collection: Collection, title: str) -> str:
    """The entry with its title; each place to write is marked."""
    lines = [
        _field_line(field, title if name == "title" else f"{TODO} {field_note(schema, field)}")
        for name, field in schema.fields_of(collection).items()
        if field.required
    ]
    parts = [
        f"## {section.heading} {{ #{section.id} }}\n\n{TODO} {section_note(section)}\n"
        for section in collection.sections
    ]
    return "\n".join(["---\n" + "".join(lines) + "---\n", *parts])


def field_note(schema: Schema, field: Field) -> str:
    """What a contributor is told about a field."""
    return f"{field.about}: {', '.join(schema.ids(field.values))}" if field.values else field.about


def section_note(section: Section) -> str:
    """What a contributor is told about a section."""
    if section.reports:
        return "what the sources say, in your own words, each paragraph with its citation"
    if section.voice:
        return "what you add to the sources, as advice or as questions"
    return "the text of this section"


def _field_line(field: Field, text: str) -> str:
    value = text if field.is_text else [text]
    flow = False if field.is_text else None  # None: the list in brackets, the field in a line.
    return yaml.safe_dump(
        {field.name: value}, default_flow_style=flow, allow_unicode=True, width=float("inf")
    )
