"""Which pages have slides, and what stands on them."""

import re

from markupsafe import Markup

from guide.pages.portable import Portable
from guide.source.model import Page, Site

#: Collections each entry of which has slides of its own, and those of which some are cards.
_WITH_SLIDES = ("paths", "plans", "themes")
PRINTED_AS_CARDS = ("mindsets", "lessons", "mobius")


def deck_of(site: Site, page: Page) -> str:
    """The path of the slides on a page; empty where it has none."""
    kind = page.collection or site.schema.collection_of(page.path)
    has_slides = not page.id or kind.folder in _WITH_SLIDES or page.id in site.activities
    return f"decks/{page.id or kind.folder}.pptx" if kind and has_slides else ""


def for_slide(portable: Portable, page: Page, markdown: str) -> Markup:
    """A block of a page as a slide or a document has it, a quotation in quotation marks."""
    if markdown.startswith(">"):
        words, _, cited = markdown[1:].replace("\n>", "").strip().rpartition(" [")
        markdown = f"“{words}” [{cited}"
    text = portable(page, re.sub(r"(?m)[ \t]*\{[^{}]*\}$", "", markdown))
    return Markup(re.sub(r"\. (?=\d)", ".\u00a0", text))
