"""The form on paper, as the text of its page: one sheet, made from the schema."""

from collections.abc import Iterator

from guide.source.model import Site
from guide.source.schema import Schema


def form_markdown(site: Site) -> str:
    """A table with room to write by hand."""
    rows = "".join(f"| {asked} |\n" + "| |\n" * empty for asked, empty in _rows(site.schema))
    return f"\n| Write in the boxes |\n| --- |\n{rows}"


def _rows(schema: Schema) -> Iterator[tuple[str, int]]:
    """What is asked for, and how many empty boxes are below it."""
    kinds = ", ".join(collection.name for collection in schema.collections)
    yield f"**Kind of page.** Mark one: {kinds}", 0
    for field in schema.fields:
        if field.required and field.kind != "items":
            asked = f"**{field.name.capitalize()}:** {field.about}"
            if field.values:
                yield f"{asked}. Mark what fits: {', '.join(schema.ids(field.values))}", 0
            else:
                yield asked, 1
    yield "**What the source says**, each statement with paper and page", 2
    yield "**What you add yourself**", 1
    yield "**How to reach you**, if you wish", 0


def glossary_markdown(site: Site) -> str:
    """A heading, a definition with its citation, and a link to the entry for each term."""
    return "".join(
        f"\n## {term.term} {{ #{term.anchor} }}\n\n{term.means} {term.cite} "
        f"More: [{site.entry[term.entry].title}]({site.entry[term.entry].path})\n"
        for term in site.terms
        if term.entry in site.entry
    )
