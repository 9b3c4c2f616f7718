"""KB100, KB15x and KB70x: which files there are, their names, their size and their bytes."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from guide.links.permalinks import short_links
from guide.problems import Problem
from guide.rules import Told, rule
from guide.rules.subjects import drawings, pages
from guide.source.model import Page, Site

_PLAIN = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*[a-z0-9]+(?:-[a-z0-9]+)*\.(?:md|svg)")


@rule("KB100", fatal=True, unread=True)
def file_is_readable_text(site: Site) -> Iterator[Problem]:
    """Pages, lists and drawings are text files in UTF-8, of bearable length, no symbolic links."""
    return iter(site.unread)


@rule("KB701", fatal=True)
def file_is_of_a_known_kind(site: Site) -> Iterator[Problem]:
    """Below docs/ stand pages in Markdown, and files of a kind that data/licences.yml names."""
    named = [f"/{pattern}" for work in site.licences for pattern in work.files]
    for path in (PurePosixPath("/", path) for path in sorted(site.assets)):
        hidden = path.name.startswith(".")  # MkDocs publishes none of these.
        if not hidden and not any(map(path.match, named)):
            hint = "a page ends in `.md`, a drawing in `.svg`; data/licences.yml names all others"
            yield Problem(f"docs{path}", 1, "files of this kind are not published", hint)


@rule("KB702", pages, fatal=True)
def page_path_is_plain(site: Site, page: Page) -> Told:
    """A page's path is small letters, digits and hyphens, and begins with a folder of the guide."""
    folders = {c.folder for c in site.schema.collections} | {site.schema.sources.folder, ""}
    folder = page.path.rpartition("/")[0]
    if page.is_entry:
        return None  # KB110 looks at the names of entries.
    if not _PLAIN.fullmatch(page.path):
        hint = "small letters without accents, digits, hyphens between words"
        return "the path has a capital, a space or a sign in it", hint
    if folder not in folders:
        known = ", ".join(sorted(folders - {""}))
        return f"`docs/{folder}/` is no folder of the guide", f"the folders are {known}"


@rule("KB703")
def address_is_used_once(site: Site) -> Iterator[Problem]:
    """No two pages have the same address, and no page that of a short link."""
    taken = short_links(site)
    for page in sorted(site.pages, key=lambda page: not page.path.endswith("index.md")):
        other = taken.setdefault(page.address.casefold(), page.file)
        if other != page.file:
            fact = f"the address `{page.address}` already leads to `{other}`"
            yield Problem(page.file, 1, fact, "give the file another name")


@rule("KB704", drawings)
def drawing_is_plain_and_light(site: Site, path: str, _: str) -> Told:
    """A drawing's name is small letters, digits and hyphens; it loads on a slow line too."""
    size, heaviest = len(site.raw.get(f"docs/{path}", b"")), site.schema.limits.image_kilobytes
    if not _PLAIN.fullmatch(path):
        fact = f"`{path.rpartition('/')[2]}` is not small letters, digits and hyphens"
        return fact, "addresses differ by capitals, and spaces break links: give it a plain name"
    if size > heaviest * 1000:
        fact = f"the drawing has {size // 1000} kilobytes, {heaviest} at the most"
        return fact, "draw it with fewer shapes"
