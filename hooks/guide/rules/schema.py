"""KB80x: what data/schema.yml says, beyond its form."""

from collections.abc import Iterable, Iterator

from guide.nearest import did_you_mean
from guide.problems import Finding
from guide.rules import rule
from guide.source.documents import Path
from guide.source.model import Site
from guide.source.reader import SCHEMA

#: What WCAG 2 asks of text, level AA.
_READABLE = 4.5
#: The grounds on which an accent stands: the paper of the light scheme and of the dark, as in
#: docs/assets/guide.css.
GROUNDS = {"light": "#fdfcf9", "dark": "#161d24"}


def _at(site: Site, path: Path, fact: str, hint: str) -> Finding:
    return Finding(SCHEMA, site.documents[SCHEMA].line(*path), fact, hint)


def _repeated(values: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    """Those that an earlier one equals."""
    seen: set[str] = set()
    for path, value in values:
        if value in seen:
            yield path, value
        seen.add(value)


@rule("KB803", first=True)
def collection_is_told_apart(site: Site) -> Iterator[Finding]:
    """No two collections share a folder, a prefix or a name.

    Bad:  prefix: L for lessons and for leaflets
    Good: prefix: L for lessons, prefix: F for leaflets
    """
    raw = list(enumerate(site.schema.collections))
    for name in ("folder", "prefix", "name"):
        values = [(("collections", n, name), getattr(c, name)) for n, c in raw if getattr(c, name)]
        for path, value in _repeated(values):
            fact = f"the {name} `{value}` belongs to another collection already"
            yield _at(site, path, fact, f"give this one a {name} of its own")


@rule("KB804", fatal=True, first=True)
def schema_names_what_it_has(site: Site) -> Iterator[Finding]:
    """A field, list, folder, outline or page that the schema names is there.

    Bad:  fields: [title, sumary]
    Good: fields: [title, summary]
    """
    if not site.schema.fields:
        return  # The schema could not be read: KB801 or KB802 tells why.
    raw, fields = site.documents[SCHEMA].data, [field.name for field in site.schema.fields]
    named = [(("page_fields", n), f, fields) for n, f in enumerate(raw["page_fields"])]
    for n, collection in enumerate(raw["collections"]):
        given = enumerate(collection.get("fields", ()))
        named += [(("collections", n, "fields", i), name, fields) for i, name in given]
    lists = [name for name in ("groups", "statuses", "stages", "themes", "readers") if name in raw]
    for name, field in raw["fields"].items():
        if "from" in field:
            named.append((("fields", name, "from"), field["from"], lists))
    outlines = [outline.name for outline in site.outlines]
    complete = enumerate(raw["sources"]["complete"])
    named += [(("sources", "complete", n), name, outlines) for n, name in complete]
    for tab in site.schema.navigation:
        places = enumerate(tab.places)
        named += [(("navigation", tab.name, n), to.path, site.page) for n, to in places]
    named += [(("footer", n), to.path, site.page) for n, to in enumerate(site.schema.footer)]
    for path, name, known in named:
        if name not in known:
            yield _at(site, path, f"there is no `{name}`", did_you_mean(name, known))


@rule("KB805", first=True)
def section_stands_once(site: Site) -> Iterator[Finding]:
    """No collection has two sections with the same id.

    Bad:  {id: try, …} twice
    Good: {id: try, …} once
    """
    for n, collection in enumerate(site.schema.collections):
        ids = [(("collections", n, "sections", i), s.id) for i, s in enumerate(collection.sections)]
        for path, id in _repeated(ids):
            fact = f"the section `{id}` stands twice in `{collection.folder}`"
            yield _at(site, path, fact, "a page can have an id only once")


@rule("KB806")
def accent_can_be_read(site: Site) -> Iterator[Finding]:
    """A collection's colour is readable on the paper of its scheme: a contrast of 4.5 to 1.

    Bad:  light: "#b8d4c8"
    Good: light: "#1d5c4d"
    """
    for n, collection in enumerate(site.schema.collections):
        for scheme, ground in GROUNDS.items():
            ratio = contrast(getattr(collection.colour, scheme), ground)
            if ratio < _READABLE:
                fact = f"the {scheme} colour of `{collection.folder}` has a contrast of {ratio:.1f}"
                hint = f"at least {_READABLE} on {ground}: take a {_stronger(scheme)} one"
                yield _at(site, ("collections", n, "colour", scheme), fact, hint)


def _stronger(scheme: str) -> str:
    return "darker" if scheme == "light" else "lighter"


@rule("KB807", fatal=True, first=True)
def collection_has_its_index(site: Site) -> Iterator[Finding]:
    """Every collection has an index page, `index.md` in its folder.

    Bad:  a new collection `leaflets` and nothing more
    Good: docs/leaflets/index.md
    """
    for n, collection in enumerate(site.schema.collections):
        if f"{collection.folder}/index.md" not in site.page:
            fact = f"there is no page `docs/{collection.folder}/index.md`"
            yield _at(site, ("collections", n), fact, "write it: what the collection holds")


def contrast(one: str, other: str) -> float:
    """Between 1 and 21; colours are written `#rrggbb`."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
