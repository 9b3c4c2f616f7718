"""Which pages have slides or a book, and what stands in them."""

import re

from markupsafe import Markup

from guide.links.navigation import pages_below
from guide.pages.portable import Portable
from guide.source.model import HOME, Page, Site

#: Collections each entry of which has slides of its own, and those of which some are cards.
_WITH_SLIDES = ("paths", "plans", "themes")
PRINTED_AS_CARDS = ("mindsets", "lessons", "mobius")


def deck_of(site: Site, page: Page) -> str:
    """The path of the slides on a page; empty where it has none."""
    kind = page.collection or site.schema.collection_of(page.path)
    has_slides = not page.id or kind.folder in _WITH_SLIDES or page.id in site.activities
    return f"decks/{page.id or kind.folder}.pptx" if kind and has_slides else ""


def book_of(site: Site, page: Page) -> str:
    """The path of the book that a page begins; empty where it begins none."""
    kind = None if page.id else site.schema.collection_of(page.path)
    if page.path == HOME:
        return "field-guide.epub"
    return f"{kind.folder}/{kind.folder}.epub" if kind else ""


def chapters(site: Site, page: Page) -> list[tuple[Page, tuple[Page, ...]]]:
    """The parts of the book that a page begins, each with its pages in order."""
    tabs = (place.path for row in site.schema.tabs.values() for place in row)
    paths = tabs if page.path == HOME else (page.path,)
    return [(site.page[path], pages) for path in paths if (pages := pages_below(site, path))]


def for_slide(portable: Portable, page: Page, markdown: str) -> Markup:
    """A block of a page as a slide or a document has it, a quotation in quotation marks."""
    if markdown.startswith(">"):
        words, _, cited = markdown[1:].replace("\n>", "").strip().rpartition(" [")
        markdown = f"“{words}” [{cited}"
    text = portable(page, re.sub(r"(?m)[ \t]*\{[^{}]*\}$", "", markdown))
    return Markup(re.sub(r"\. (?=\d)", ".\u00a0", text))
