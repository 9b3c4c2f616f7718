"""KB11x and KB12x: entries among each other and in the guide."""

from collections.abc import Iterator

from guide.links.navigation import reached_pages
from guide.links.permalinks import next_id, taken_numbers
from guide.nearest import did_you_mean
from guide.problems import Finding
from guide.rules import rule
from guide.source.model import Page, Site
from guide.source.reader import SCHEMA


@rule("KB110", fatal=True)
def file_name_begins_with_the_id(site: Site) -> Iterator[Finding]:
    """An entry's file name is its id, a hyphen and a few plain words.

    Bad:  docs/lessons/Trust.md
    Good: docs/lessons/l05-trust.md
    """
    for page in site.entries:
        if page.collection.names:
            if not page.id:
                fact = f"the file is named by none of {', '.join(page.collection.names)}"
                yield Finding(page.file, 1, fact, "name it by the one that it is about")
            continue
        prefix = page.collection.prefix.lower()
        if not page.id.startswith(prefix) or len(page.id) < 3:
            fact = f"the file name does not begin with an id such as `{prefix}05-`"
            hint = "small letters, digits and hyphens only; the id has two digits or more"
            yield Finding(page.file, 1, fact, hint)


@rule("KB111")
def id_is_used_once(site: Site) -> Iterator[Finding]:
    """No two entries have the same id.

    Bad:  l05-trust.md and l05-power.md
    Good: l05-trust.md and l11-power.md
    """
    for page in site.entries:
        first = site.entry.get(page.id)
        if first and first is not page:
            fact = f"the id `{page.id}` is taken by `{first.file}`"
            hint = f"the next free id is `{next_id(site, page.collection)}`"
            yield Finding(page.file, 1, fact, hint)


@rule("KB112")
def numbering_has_no_gap(site: Site) -> Iterator[Finding]:
    """The entries of a collection are numbered 1, 2, 3 and so on; a number once given counts.

    Bad:  l01, l02, l04
    Good: l01, l02, l03
    """
    for collection in (c for c in site.schema.collections if c.prefix):
        taken = taken_numbers(site, collection)
        expected = 1
        for page in site.entries_of(collection):
            number = int(page.id[1:])
            while expected < number and expected in taken:
                expected += 1
            if number > expected:
                missing = f"{collection.prefix.lower()}{expected:02}"
                yield Finding(
                    page.file,
                    1,
                    f"there is no `{missing}` before `{page.id}`",
                    f"number this entry `{missing}`",
                )
            expected = number + 1


@rule("KB113")
def named_entry_exists(site: Site) -> Iterator[Finding]:
    """Every id under `related` or `replaced` is that of an entry.

    Bad:  related: [l5]
    Good: related: [l05]
    """
    for page in site.entries:
        for field in (field for field in page.collection.fields if field.kind == "ids"):
            for id in page.front.words(field.name):
                if id not in site.entry:
                    fact = f"`{field.name}` names `{id}`, which is no entry"
                    line = page.front.line(field.name)
                    yield Finding(page.file, line, fact, did_you_mean(id, site.entry))


@rule("KB114")
def relation_is_to_another_entry(site: Site) -> Iterator[Finding]:
    """An entry is not related to itself.

    Bad:  related: [l05] in l05-trust.md
    Good: related: [m05] in l05-trust.md
    """
    for page, id, line in _relations(site):
        if id == page.id:
            yield Finding(page.file, line, "the entry is related to itself", f"take `{id}` out")


@rule("KB115")
def relation_is_written_once(site: Site) -> Iterator[Finding]:
    """A relation is written in one of its two entries; the site shows it in both.

    Bad:  related: [m05] in l05 and related: [l05] in m05
    Good: related: [m05] in l05 only
    """
    written: dict[frozenset[str], Page] = {}
    for page, id, line in _relations(site):
        pair = frozenset({page.id, id})
        first = written.setdefault(pair, page)
        if first is not page or page.front.words("related").count(id) > 1:
            fact = f"the relation to `{id}` is written in `{first.file}` already"
            yield Finding(page.file, line, fact, "it shows on both pages: take it out here")


def _relations(site: Site) -> Iterator[tuple[Page, str, int]]:
    for page in site.entries:
        for id in dict.fromkeys(page.front.words("related")):
            yield page, id, page.front.line("related")


@rule("KB116")
def covered_item_exists(site: Site) -> Iterator[Finding]:
    """Every outline item under `covers` stands in one of data/outlines/.

    Bad:  covers: [ten-lessons#11]
    Good: covers: [ten-lessons#10]
    """
    for page in site.entries:
        for name in page.front.words("covers"):
            if name not in site.item:
                fact = f"`covers` names `{name}`, which no outline has"
                yield Finding(
                    page.file, page.front.line("covers"), fact, did_you_mean(name, site.item)
                )


@rule("KB117")
def item_is_covered(site: Site) -> Iterator[Finding]:
    """Every item of a paper that the guide holds whole is covered by an entry.

    Bad:  no entry with `covers: [ten-lessons#7]`
    Good: an entry with `covers: [ten-lessons#7]`
    """
    if any(page.front.faults for page in site.entries):
        return  # What those entries cover is not known until KB101 is mended.
    standing = [page for page in site.entries if not page.is_withdrawn]
    covered = {name for page in standing for name in page.front.words("covers")}
    for outline in site.outlines:
        if outline.name in site.schema.sources.complete:
            for item in outline.items:
                if item.name not in covered:
                    fact = f"no entry covers `{item.name}` ({item.label})"
                    yield Finding(
                        outline.path,
                        item.line,
                        fact,
                        "name it under `covers:` in the entry that treats it",
                    )


@rule("KB127")
def name_has_its_page(site: Site) -> Iterator[Finding]:
    """Where a collection is named by a closed list, every name of the list has its page.

    Bad:  a theme in data/schema.yml without docs/themes/
    Good: docs/themes/trust.md for the theme `trust`
    """
    for collection in site.schema.collections:
        there = {page.id for page in site.entries_of(collection)}
        for name in collection.names:
            if name not in there:
                fact = f"there is no page `docs/{collection.folder}/{name}.md`"
                yield Finding(SCHEMA, 1, fact, f"write it, or take `{name}` out of its list")


@rule("KB118")
def outline_has_its_page(site: Site) -> Iterator[Finding]:
    """Every outline has a page on its paper.

    Bad:  data/outlines/ten-lessons.yml without docs/sources/ten-lessons.md
    Good: both
    """
    for outline in site.outlines:
        wanted = f"{site.schema.sources.folder}/{outline.name}.md"
        if wanted not in site.page:
            yield Finding(
                outline.path, 1, f"there is no page `docs/{wanted}` on this paper", "add it"
            )


@rule("KB119")
def page_is_reached(site: Site) -> Iterator[Finding]:
    """Every page is in the navigation, in a collection's index, or linked from a page that is.

    Bad:  docs/notes.md that no page links to
    Good: docs/notes.md with a link from docs/about.md
    """
    reached = reached_pages(site)
    for page in site.pages:
        if page.path not in reached:
            yield Finding(
                page.file,
                1,
                "no navigation and no link leads to this page",
                "link to it from a page where its reader is likely to be",
            )
