"""KB11x: entries among each other and in the guide."""

from collections.abc import Iterator

from guide.links.navigation import reached_pages
from guide.links.permalinks import next_id
from guide.problems import Problem
from guide.rules import Told, rule
from guide.rules.subjects import entries, fields, pages
from guide.source.model import WITHDRAWN, Page, Site
from guide.source.reader import SCHEMA


@rule("KB110", entries, fatal=True, unread=True)
def file_name_begins_with_the_id(_: Site, page: Page) -> Told:
    """An entry's file name is its id, a hyphen and a few plain words, or a name of a list."""
    prefix, names = page.collection.prefix.lower(), page.names
    if names and not page.id:
        hint = "name it by the one it is about; `make new` takes that as SLUG="
        return f"the file is named by none of {', '.join(names)}", hint
    if not names and (page.is_misnamed or len(page.id) < 3):
        hint = "small letters, digits and hyphens only, no accents; the id has two digits or more"
        hint = "put it back, or give it a number of this folder and `former:`" if page.id else hint
        return f"the file name is no id such as `{prefix}05` and plain words behind it", hint


@rule("KB111", entries)
def id_is_used_once(site: Site, page: Page) -> Told:
    """No two entries have the same id."""
    first = site.entry.get(page.id)
    if first and first is not page:
        hint = "" if page.names else f"the next free id is `{next_id(site, page.collection)}`"
        return f"the id `{page.id}` is taken by `{first.file}`", hint


@rule("KB117")
def item_is_covered(site: Site) -> Iterator[Problem]:
    """Every item of a paper that the guide holds whole is covered by an entry."""
    if any(page.front.faults for page in site.entries):
        return  # What those entries cover is not known until KB101 is mended.
    standing = [page for page in site.entries if not page.is_withdrawn]
    covered = {name for page in standing for name in page.front.words("covers")}
    whole = [o for o in site.outlines if o.name in site.schema.sources.complete]
    for outline, item in ((one, item) for one in whole for item in one.items):
        if outline.name_of(item) not in covered:
            fact = f"no entry covers `{outline.name_of(item)}` ({item.label})"
            hint = "name it under `covers:` in the entry that treats it"
            yield Problem(outline.path, item.line, fact, hint)


@rule("KB118")
def page_is_there(site: Site) -> Iterator[Problem]:
    """Every outline has a page on its paper, and every name of a closed list its page."""
    for outline in site.outlines:
        wanted = f"{site.schema.sources.folder}/{outline.name}.md"
        if wanted not in site.page:
            fact = f"there is no page `docs/{wanted}` on this paper"
            yield Problem(outline.path, 1, fact, "add it")
    for collection in site.schema.collections:
        there = {page.id for page in site.entries_of(collection)}
        for name in (n for n in site.schema.ids(collection.named_by) if n not in there):
            fact = f"there is no page `docs/{collection.folder}/{name}.md`"
            yield Problem(SCHEMA, 1, fact, f"write it, or take `{name}` out of its list")


@rule("KB119")
def page_is_reached(site: Site) -> Iterator[Problem]:
    """Every page is in the navigation, in a collection's index, or linked from a page that is."""
    reached = reached_pages(site)
    for file, line, page in pages(site):
        if page.path not in reached:
            hint = "link to it from a page where its reader is likely to be"
            yield Problem(file, line, "no navigation and no link leads to this page", hint)


@rule("KB606", fields)
def withdrawn_entry_leads_on(site: Site, page: Page, name: str, values: tuple[str, ...]) -> Told:
    """An entry that is withdrawn, and no other, says why and names one in its place that is not."""
    if name == "status" and page.is_withdrawn and not page.front.text("why"):
        return "the entry is withdrawn without a reason", "add `why:`"
    if name in ("why", "replaced") and not page.is_withdrawn:
        fact = f"`{name}` is for an entry that is withdrawn"
        return fact, f"add `status: {WITHDRAWN}`, or take it out"
    for other in (site.entry.get(id) for id in values if name == "replaced"):
        if other and other.is_withdrawn:
            return f"`{other.id}` is withdrawn too", "name an entry that a reader should read now"
