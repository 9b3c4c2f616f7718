"""KB70x: which files there are, their names and their size."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from guide.links.permalinks import short_links
from guide.problems import Finding
from guide.rules import rule
from guide.source.model import Page, Site

#: What the site publishes beside its pages. A new script or style is a line here, to be reviewed.
_PUBLISHED = (
    "assets/*.svg",
    "assets/fonts/*.woff2",
    "assets/fonts/*-LICENSE.txt",
    "assets/licences/*.txt",
    "assets/guide.css",
    "assets/finder.js",
    "assets/guide.js",
    "assets/lost.js",
    "assets/redirect.js",
    "assets/scheme.js",
    "assets/search.js",
    "entries.schema.json",
)
_PLAIN = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*[a-z0-9]+(?:-[a-z0-9]+)*\.md")


@rule("KB700", fatal=True, unread=True)
def file_is_no_symbolic_link(site: Site) -> Iterator[Finding]:
    """Every file of the guide is a file itself and no symbolic link to another place.

    Bad:  docs/lessons/l05-trust.md -> ../../../notes.md
    Good: docs/lessons/l05-trust.md with the text in it
    """
    for path in site.shortcuts:
        yield Finding(path, 1, "this is a symbolic link", "put the file itself here")


@rule("KB701", fatal=True)
def file_is_of_a_known_kind(site: Site) -> Iterator[Finding]:
    """Below docs/ stand pages in Markdown, drawings in docs/assets/, and the site's own files.

    Bad:  docs/form.html
    Good: docs/assets/diagrams/mobius-model.svg
    """
    for path in sorted(site.assets):
        hidden = path.rpartition("/")[2].startswith(".")  # MkDocs publishes none of these.
        if not hidden and not any(fnmatchcase(path, known) for known in _PUBLISHED):
            hint = "a page ends in `.md`, a drawing is an `.svg` in docs/assets/"
            yield Finding(f"docs/{path}", 1, "files of this kind are not published", hint)


@rule("KB702", fatal=True)
def page_path_is_plain(site: Site) -> Iterator[Finding]:
    """A page's path is small letters, digits and hyphens, and begins with a folder of the guide.

    Bad:  docs/Our Notes.md
    Good: docs/our-notes.md
    """
    folders = {c.folder for c in site.schema.collections} | {site.schema.sources.folder}
    for page in site.pages:
        folder, inside, _ = page.path.rpartition("/")
        if page.is_entry:
            continue  # KB110 looks at the names of entries.
        if not _PLAIN.fullmatch(page.path):
            hint = "small letters without accents, digits, hyphens between words"
            yield Finding(page.file, 1, "the path has a capital, a space or a sign in it", hint)
        elif inside and folder not in folders:
            fact = f"`docs/{folder}/` is no folder of the guide"
            yield Finding(page.file, 1, fact, f"the folders are {', '.join(sorted(folders))}")


@rule("KB703")
def address_is_used_once(site: Site) -> Iterator[Finding]:
    """No two pages have the same address, and no page that of a short link.

    Bad:  docs/themes.md beside docs/themes/index.md
    Good: docs/themes/index.md alone
    """
    short, first = short_links(site), dict[str, Page]()
    for page in sorted(site.pages, key=lambda page: not page.path.endswith("index.md")):
        other = first.setdefault(page.address.casefold(), page)
        if other is not page:
            fact = f"the page has the address of `{other.file}`"
            yield Finding(page.file, 1, fact, "give the file another name")
        elif page.address in short:
            fact = f"`{page.address}` is a short link that leads to `{short[page.address]}`"
            yield Finding(page.file, 1, fact, "give the file another name")


@rule("KB704")
def name_of_a_drawing_is_plain(site: Site) -> Iterator[Finding]:
    """The name of a drawing is small letters, digits and hyphens.

    Bad:  docs/assets/My diagram.svg
    Good: docs/assets/my-diagram.svg
    """
    for path in site.diagrams:
        if not _PLAIN.fullmatch(path.removesuffix("svg") + "md"):
            fact = f"`{path.rpartition('/')[2]}` is not small letters, digits and hyphens"
            hint = "addresses differ by capitals, and spaces break links: give it a plain name"
            yield Finding(f"docs/{path}", 1, fact, hint)


@rule("KB705")
def drawing_is_light(site: Site) -> Iterator[Finding]:
    """A drawing has at most 200 kilobytes: a phone on a slow line loads it too.

    Bad:  a photograph traced into a drawing, 900 kilobytes
    Good: a drawing of plain shapes, 4 kilobytes
    """
    heaviest = site.schema.image_heaviest
    for path in site.diagrams:
        size = len(site.raw.get(f"docs/{path}", b""))
        if size > heaviest * 1000:
            fact = f"the drawing has {size // 1000} kilobytes, {heaviest} at the most"
            yield Finding(f"docs/{path}", 1, fact, "draw it with fewer shapes")
