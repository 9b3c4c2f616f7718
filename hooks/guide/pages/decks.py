"""Which pages have slides, and the text of pages for those who read it elsewhere."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from guide.pages.markdown_extension import CitationProcessor
from guide.source.citations import CLUSTER
from guide.source.model import Page, Site
from guide.works.references import Reference

#: Collections each entry of which has slides of its own, and those of which some are cards.
_WITH_SLIDES = ("paths", "plans", "themes")
PRINTED_AS_CARDS = ("mindsets", "lessons", "mobius")
_TARGET = re.compile(r"(?<=\]\()(?P<path>[^()\s#]*)(?P<rest>[^()\s]*)")
_ID = re.compile(r"[ \t]*\{[^{}]*\}$", re.M)


def deck_of(site: Site, page: Page) -> str:
    """The path of the slides on a page; empty where it has none."""
    kind = page.collection or site.schema.collection_of(page.path)
    has_slides = not page.id or kind.folder in _WITH_SLIDES or page.id in site.activities
    return f"decks/{page.id or kind.folder}.pptx" if kind and has_slides else ""


class Portable:
    """Makes a block of Markdown stand alone: citations in words, whole addresses, no marks."""

    def __init__(self, site: Site, references: Mapping[str, Reference]) -> None:
        self._site = site
        short = {outline.work: outline.short for outline in site.outlines}
        self._citations = CitationProcessor(CLUSTER, None, references, short)

    def __call__(self, page: Page, markdown: str) -> Markup:
        def address(found: re.Match[str]) -> str:
            to = self._site.page.get(page.path_to(found["path"]))
            return self._site.short_address(to) + found["rest"] if to else found[0]

        if markdown.startswith(">"):
            words, _, cited = markdown[1:].replace("\n>", "").strip().rpartition(" [")
            markdown = f"“{words}” [{cited}"
        text = _ID.sub("", re.sub(CLUSTER, self._cited, markdown))
        return Markup(_TARGET.sub(address, text))

    def _cited(self, found: re.Match[str]) -> str:
        element = self._citations.handleMatch(found, "")[0]
        text = found[0] if element is None else "".join(element.itertext())
        return re.sub(r"\. (?=\d)", ".\u00a0", text)
