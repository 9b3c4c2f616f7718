"""KB81x: mkdocs.yml, as far as the guide rests on it."""

import re
from collections.abc import Iterator

from guide.problems import Finding
from guide.rules import rule
from guide.source.documents import Document
from guide.source.model import Site
from guide.source.reader import SETTINGS

_URL = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?/(?:[^\s?#]*/)?")
_NEEDED = {
    "hooks": ("hooks/mkdocs_hooks.py",),
    "plugins": ("bibtex",),
    "markdown_extensions": ("attr_list", "tables"),
}
_WATCHED = (
    *(("nav", what) for what in ("omitted_files", "not_found", "absolute_links")),
    *(("links", what) for what in ("not_found", "anchors", "absolute_links", "unrecognized_links")),
)
_KEPT_AWAY = {
    "nav": "the navigation stands in data/schema.yml",
    "use_directory_urls": "it would change every published address",
    "docs_dir": "the checks read docs/",
}


def _sound(site: Site) -> Iterator[Document]:
    """The configuration, where it could be read."""
    if site.settings.is_sound:
        yield site.settings


def _names(document: Document, field: str) -> Iterator[tuple[int, str]]:
    """What a list names, each with its options or without, and its place in the list."""
    for number, item in enumerate(document.fields.get(field, ())):
        yield from ((number, name) for name in (item if isinstance(item, dict) else [item]))


@rule("KB810")
def site_url_is_whole(site: Site) -> Iterator[Finding]:
    """`site_url` begins with https:// and ends with a slash.

    Bad:  site_url: https://www.example.org/guide
    Good: site_url: https://www.example.org/guide/
    """
    for document in _sound(site):
        if not _URL.fullmatch(site.url):
            fact = f"`site_url` is `{site.url}`" if site.url else "there is no `site_url`"
            hint = "write the address where the guide stands: `https://…/`, with a slash at the end"
            yield Finding(SETTINGS, document.line("site_url"), fact, hint)


@rule("KB811")
def configuration_has_what_the_guide_needs(site: Site) -> Iterator[Finding]:
    """mkdocs.yml lists the hook, the plugin and the Markdown extensions that the guide uses.

    Bad:  markdown_extensions: [attr_list]
    Good: markdown_extensions: [attr_list, tables]
    """
    for document in _sound(site):
        for name, needed in _NEEDED.items():
            given = {given for _, given in _names(document, name)}
            for missing in (item for item in needed if item not in given):
                fact = f"`{name}` does not name `{missing}`"
                yield Finding(SETTINGS, document.line(name), fact, "put it back")


@rule("KB812")
def mkdocs_warns_of_broken_links(site: Site) -> Iterator[Finding]:
    """MkDocs' own validation of links and navigation warns, so that a strict build fails.

    Bad:  anchors: ignore
    Good: anchors: warn
    """
    for document in _sound(site):
        for group, what in _WATCHED:
            level = document.fields.get("validation", {}).get(group, {}).get(what)
            if level != "warn":
                line = document.line("validation", group, what)
                fact = f"`{what}` below `validation: {group}:` is {level or 'missing'}"
                yield Finding(SETTINGS, line, fact, "write `warn`")


@rule("KB813")
def address_and_navigation_are_left_alone(site: Site) -> Iterator[Finding]:
    """mkdocs.yml sets no navigation, no other form of addresses and no other folder of pages.

    Bad:  nav: or use_directory_urls: false
    Good: navigation: in data/schema.yml
    """
    for document in _sound(site):
        for name, why in _KEPT_AWAY.items():
            if name in document.fields:
                fact = f"`{name}` does not belong in mkdocs.yml"
                yield Finding(SETTINGS, document.line(name), fact, why)


@rule("KB814")
def extension_of_markdown_is_known(site: Site) -> Iterator[Finding]:
    """Pages are written in Markdown that can neither include files nor hold HTML.

    Bad:  markdown_extensions: [attr_list, pymdownx.snippets]
    Good: markdown_extensions: [attr_list, tables]
    """
    known = _NEEDED["markdown_extensions"]
    for document in _sound(site):
        for number, name in _names(document, "markdown_extensions"):
            if name not in known:
                line = document.line("markdown_extensions", number)
                fact = f"the extension `{name}` is not known"
                yield Finding(SETTINGS, line, fact, f"one of {', '.join(sorted(known))}")
