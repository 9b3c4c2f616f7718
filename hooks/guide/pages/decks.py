"""Which pages have slides, and the text of pages for those who read it elsewhere."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from guide.pages.markdown_extension import CitationProcessor
from guide.source.citations import CLUSTER
from guide.source.model import Page, Site
from guide.works.references import Reference

#: Collections each entry of which has slides of its own.
_WITH_SLIDES = ("paths", "plans", "themes")
#: Collections of which entries are printed as cards.
PRINTED_AS_CARDS = ("mindsets", "lessons", "mobius")
_TARGET = re.compile(r"(?<=\]\()(?P<path>[^()\s#]*)(?P<rest>[^()\s]*)")
_ID = re.compile(r"[ \t]*\{[^{}]*\}$", re.M)


def deck_of(site: Site, page: Page) -> str:
    """The path of the slides on a page; empty where it has none."""
    collection = page.collection or site.schema.collection_of(page.path)
    if not page.id:
        return f"decks/{collection.folder}.pptx" if collection else ""
    has_slides = collection.folder in _WITH_SLIDES or page.id in site.activities
    return f"decks/{page.id}.pptx" if has_slides else ""


class Portable:
    """Makes a block of a page's Markdown one that stands by itself: citations become words, links
    whole addresses, a quotation stands in quotation marks; ids go.
    """

    def __init__(self, site: Site, references: Mapping[str, Reference]) -> None:
        self._site = site
        short = {outline.work: outline.short for outline in site.outlines}
        self._citations = CitationProcessor(CLUSTER, None, references, short)

    def __call__(self, page: Page, markdown: str) -> Markup:
        if markdown.startswith(">"):
            words, _, cited = markdown[1:].replace("\n>", "").strip().rpartition(" [")
            markdown = f"“{words}” [{cited}"
        text = _ID.sub("", re.sub(CLUSTER, self._cited, markdown))
        return Markup(_TARGET.sub(lambda found: self._address(page, found), text))

    def lead(self, page: Page, section: str) -> Markup:
        """The first quotation of a section, or else what it begins with."""
        said = [b.text for b in page.markup.blocks if b.section == section and b.text[0] != "#"]
        first = "\n".join(said[: 1 + said[0].endswith(":")])
        return self(page, next((text for text in said if text[0] == ">"), first))

    def _cited(self, found: re.Match[str]) -> str:
        element = self._citations.handleMatch(found, "")[0]
        return found[0] if element is None else "".join(element.itertext())

    def _address(self, page: Page, found: re.Match[str]) -> str:
        to = self._site.page.get(page.path_to(found["path"]))
        return self._site.short_address(to) + found["rest"] if to else found[0]
