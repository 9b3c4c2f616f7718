"""A new entry: its collection, its path and what is wrong with it, before anything is written."""

from dataclasses import replace
from pathlib import Path

import yaml
from markdown.extensions.toc import slugify

from guide.desk import sound_site
from guide.links.permalinks import next_id
from guide.problems import RefusedError, did_you_mean
from guide.rules import UNFINISHED, find_problems
from guide.source.model import TODO, Site
from guide.source.reader import parse_page
from guide.source.schema import Collection, Schema, Section

_LONGEST_NAME = 60


def collection_named(schema: Schema, given: str) -> Collection:
    """The collection whose folder is `given`. Raises RefusedError where there is none."""
    known = {collection.folder: collection for collection in schema.collections}
    name = given.strip().casefold()
    if name not in known:
        hint = did_you_mean(name, known) or f"one of {', '.join(known)}"
        raise RefusedError(f"there is no collection `{name}`", hint)
    return known[name]


def new_path(site: Site, collection: Collection, words: str) -> str:
    """Where the entry will stand, relative to docs/; `words` become its file name."""
    name = slugify(words, "-").replace("_", "-")[:_LONGEST_NAME].strip("-")
    if not name:
        fact = f"`{words}` has no letter from a to z to make a file name of"
        raise RefusedError(fact, "give the name as well: SLUG=a-few-words")
    begin = "" if collection.named_by else f"{next_id(site, collection)}-"
    return f"{collection.folder}/{begin}{name}.md"


def begin_entry(root: Path, folder: str, title: str, slug: str) -> None:
    """Write an entry of the collection in `folder`.

    Raises RefusedError, and writes nothing, where the entry cannot be made.
    """
    site = sound_site(root)
    collection, title = collection_named(site.schema, folder), " ".join(title.split())
    path = new_path(site, collection, slug or title)
    write(root, site, path, entry_text(site.schema, collection, title))


def write(root: Path, site: Site, path: str, text: str) -> None:
    page = parse_page(path, text, site.schema, site.outlines)
    grown = replace(site, pages=(*site.pages, page))
    problems = [problem for problem in find_problems(grown) if problem.path == page.file]
    for problem in problems:
        if problem.code not in UNFINISHED:
            raise RefusedError(problem.fact, problem.hint)
    with (root / page.file).open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    fewest, most = page.collection.words
    print(f"{page.file} is begun; it should have {fewest} to {most} words. Still to do:")
    for problem in problems:
        print(f"    line {problem.line}: {problem.fact}")


def entry_text(schema: Schema, collection: Collection, title: str) -> str:
    """The entry with its title; each place to write is marked."""
    fields: dict[str, str | list[str]] = {}
    for name, field in schema.fields_of(collection).items():
        if field.required:
            known = f": {', '.join(schema.ids(field.values))}" if field.values else ""
            text = title if name == "title" else f"{TODO} {field.about}{known}"
            fields[name] = text if field.is_text else [text]
    form = {"sort_keys": False, "allow_unicode": True, "width": float("inf")}
    head = yaml.safe_dump(fields, default_flow_style=None, **form)  # Lists stand in brackets.
    parts = [
        f"## {section.heading} {{ #{section.id} }}\n\n{TODO} {section_note(section)}\n"
        for section in collection.sections
    ]
    return "\n".join([f"---\n{head}---\n", *parts])


def section_note(section: Section) -> str:
    """What a contributor is told about a section."""
    says = "what the sources say, in your own words, each paragraph with its citation"
    adds = "what you add to the sources, as advice or as questions"
    usual = says if section.reports else adds if section.voice else "the text of this section"
    return section.about or usual
