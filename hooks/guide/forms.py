"""The form for a new entry as plain text, made from the schema.

Each question is a line `:: Name ::`; the answer stands below it. Nothing else in the form
matters, so that e-mail may wrap and quote the rest.
"""

from textwrap import wrap

from guide.schema import Collection, Field, Section
from guide.template import field_note, section_note

COLLECTION = "Collection"
END = "End"

_HEAD = """\
THE PARTNERSHIP FIELD GUIDE: a new page under {name}

Write below the lines that stand between colons, and leave those lines
as they are. Leave empty what you do not know: an editor will see to it.
A citation names the work and the place, as in [@bcg-lessons, no. 5].
If you do not know the short name of the work, write its author, its
year and the page. Text is written in plain paragraphs; a line that
begins with a hyphen and a space is an item of a list.

What goes where:
"""


def questions(collection: Collection) -> dict[str, Field | Section]:
    """What the form asks, by the name that it shows."""
    fields = {field.name.capitalize(): field for field in collection.fields if not field.later}
    return fields | {section.heading: section for section in collection.sections}


def form_text(collection: Collection) -> str:
    """The empty form for an entry of the collection."""
    notes = "\n".join(_note(name, asked) for name, asked in questions(collection).items())
    asked = "".join(f":: {name} ::\n\n\n" for name in questions(collection))
    return (
        f"{_HEAD.format(name=collection.name)}\n{notes}\n\n"
        f":: {COLLECTION} ::\n{collection.folder}\n\n{asked}:: {END} ::\n"
    )


def _note(name: str, asked: Field | Section) -> str:
    note = section_note(asked) if isinstance(asked, Section) else field_note(asked)
    optional = " (may be left out)" if isinstance(asked, Field) and not asked.required else ""
    return "\n".join(wrap(f"- {name}{optional}: {note}", 70, subsequent_indent="  "))
