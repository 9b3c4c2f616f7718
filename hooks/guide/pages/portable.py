"""The text of pages for those who read it elsewhere: in Markdown that any program reads."""

import re
from collections.abc import Callable, Iterable, Mapping
from textwrap import dedent
from urllib.parse import quote
from xml.etree.ElementTree import Element

from guide.pages.markdown_extension import EDITORS_LABEL, CitationProcessor
from guide.source.citations import CLUSTER
from guide.source.markup import blank_code
from guide.source.model import REFERENCES, Page, Site
from guide.works.references import Reference

#: What only our own Markdown has: citations, links between files, ids and classes in braces.
_OURS = re.compile(
    rf"(?P<cited>{CLUSTER})"
    r"|(?<=\]\()(?![a-z]+:)(?P<path>[^()\s#]*)(?P<rest>[^()\s]*)"
    r"|[ ]*\{:?[ ]?(?P<named>[#.][^{}\n]*)\}"
)
#: A note as Material writes it, folded or not.
_NOTE = re.compile(
    r"""^(?:!!!|\?\?\?\+?) (?P<kind>\w+)[^"\n]*(?:"(?P<name>.*)")?\n(?P<text>(?:(?:    .*)?\n)+)""",
    re.M,
)


class Portable:
    """Makes citations words, links whole ones and notes text; `stands` says where a page stands.

    A heading of the editors' own says so.
    """

    def __init__(
        self, site: Site, references: Mapping[str, Reference], stands: Callable[[Page], str]
    ) -> None:
        self._site, self._stands = site, stands
        self._editors = site.schema.editors_sections | {"ours"}
        self._citations = CitationProcessor(site, references)

    def __call__(self, page: Page, markdown: str) -> str:
        """`markdown`, which stands on `page`."""
        parts, done = [], 0
        for found in _OURS.finditer(blank_code(markdown)):
            parts += markdown[done : found.start()], self._elsewhere(page, found)
            done = found.end()
        return _NOTE.sub(_as_text, "".join((*parts, markdown[done:])))

    def address(self, page: Page, fragment: str = "") -> str:
        """Where a page, or the place of it that `fragment` names, is read."""
        return self._stands(page) + (f"#{fragment}" if fragment else "")

    def _elsewhere(self, page: Page, found: re.Match[str]) -> str:
        if found["cited"]:
            element = self._citations.handleMatch(re.match(CLUSTER, found[0]), "")[0]
            return found[0] if element is None else self._cited(element)
        if found["named"]:
            names = re.findall(r"[\w-]+", found["named"])
            return self._named(page, found["named"], bool(self._editors.intersection(names)))
        path = page.path_to(found["path"]) or page.path
        if to := self._site.page.get(path):
            return self.address(to, found["rest"][1:])
        return self._asset(path) if path in self._site.assets else found[0]

    def _cited(self, citation: Element) -> str:
        return "".join(citation.itertext())

    def _named(self, _page: Page, _named: str, is_ours: bool) -> str:
        return f" ({EDITORS_LABEL.lower()})" if is_ours else ""

    def _asset(self, path: str) -> str:
        return f"{self._site.url}{path}"


class Bound(Portable):
    """For the pages of one book: links between them, and citations, stay in the book."""

    label = EDITORS_LABEL

    def __init__(
        self,
        site: Site,
        references: Mapping[str, Reference],
        pages: Iterable[Page],
        drawings: Mapping[str, bytes],
    ) -> None:
        """`drawings` are pictures, SVG by path."""
        super().__init__(site, references, site.short_address)
        self.pages, self._drawings = {page.path for page in pages}, drawings

    def id(self, page: Page, fragment: str = "") -> str:
        """What a page, or a place of it, is called in the book: `m05`, `m05.try`."""
        name = page.id or page.path.removesuffix(".md").replace("/", ".")
        return f"{name}.{fragment}" if fragment else name

    def address(self, page: Page, fragment: str = "") -> str:
        if page.path in self.pages:
            return f"#{self.id(page, fragment)}"
        return super().address(page, fragment)

    def _cited(self, citation: Element) -> str:
        works = self._site.page[REFERENCES]
        for link in citation:
            to = self.address(works, link.get("href", "").replace("#cites-", "ref-"))
            link.text = f"[{link.text}]({to})"
        return super()._cited(citation)

    def _named(self, page: Page, named: str, is_ours: bool) -> str:
        id = re.match(r"#([\w-]+)", named)
        if not id:
            return ""
        attributes = f" {{#{self.id(page, id[1])}{' .editors' if is_ours else ''}}}"
        return attributes + (f"\n\n::: label\n{EDITORS_LABEL}\n:::\n" if is_ours else "")

    def _asset(self, path: str) -> str:
        drawing = self._drawings.get(path)
        return f"data:image/svg+xml,{quote(drawing)}" if drawing else super()._asset(path)


def _as_text(note: re.Match[str]) -> str:
    return f"**{note['name'] or note['kind'].capitalize()}**\n\n{dedent(note['text'])}"
