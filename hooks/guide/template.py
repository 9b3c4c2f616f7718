"""The text of an entry that is begun: what is known of it, and a mark at each place to write."""

from collections.abc import Mapping

import yaml

from guide.schema import Collection, Field, Section
from guide.unfinished import TODO


def entry_text(
    collection: Collection,
    fields: Mapping[str, str | list[str]],
    sections: Mapping[str, str],
) -> str:
    """The entry with `fields` by name and `sections` by id; what is missing is marked."""
    lines = [
        _field_line(field, fields.get(field.name))
        for field in collection.fields
        if field.required or fields.get(field.name)
    ]
    parts = [
        f"## {section.heading} {{ #{section.id} }}\n\n"
        f"{sections.get(section.id) or f'{TODO} {section_note(section)}'}\n"
        for section in collection.sections
    ]
    return "\n".join(["---\n" + "".join(lines) + "---\n", *parts])


def field_note(field: Field) -> str:
    """What a contributor is told about a field."""
    return f"{field.about}: {', '.join(field.terms)}" if field.terms else field.about


def section_note(section: Section) -> str:
    """What a contributor is told about a section."""
    if section.reports:
        return "what the sources say, in your own words, each paragraph with its citation"
    if section.voice:
        return "what you add to the sources, as advice or as questions"
    return "the text of this section"


def _field_line(field: Field, given: str | list[str] | None) -> str:
    value = given or f"{TODO} {field_note(field)}"
    if not field.is_text and isinstance(value, str):
        value = [value]
    flow = False if field.is_text else None  # None: the list in brackets, the field in a line.
    return yaml.safe_dump(
        {field.name: value}, default_flow_style=flow, allow_unicode=True, width=float("inf")
    )
