"""The text of pages for those who read it elsewhere: in Markdown that any program reads."""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
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
_NOTE = re.compile(r'(?m)^(?:!!!|\?{3}\+?) (\w+)[^"\n]*(?:"(.*)")?\n((?:(?:    .*)?\n)+)')


@dataclass
class Portable:
    """Makes citations words, links whole ones and notes text; `stands` says where a page stands.

    A heading of the editors' own says so. Links between the `pages` of a book, by path, and
    citations stay in it, and it shows `drawings`, SVG by path.
    """

    site: Site
    references: Mapping[str, Reference]
    stands: Callable[[Page], str]
    pages: Container[str] = ()
    drawings: Mapping[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._editors = self.site.schema.editors_sections | {"ours"}
        self._citations = CitationProcessor(self.site, self.references)

    def __call__(self, page: Page, markdown: str) -> str:
        """`markdown`, which stands on `page`."""
        parts, done = [], 0
        for found in _OURS.finditer(blank_code(markdown)):
            parts += markdown[done : found.start()], self._elsewhere(page, found)
            done = found.end()
        text = "".join((*parts, markdown[done:]))
        return _NOTE.sub(lambda n: f"**{n[2] or n[1].capitalize()}**\n\n{dedent(n[3])}", text)

    def address(self, page: Page, fragment: str = "") -> str:
        """Where a page, or a place of it, is read; in a book as `#m05`, `#m05.try`."""
        if page.path in self.pages:
            return f"#{page.id or page.path[:-3].replace('/', '.')}.{fragment}".rstrip(".")
        return self.stands(page) + (f"#{fragment}" if fragment else "")

    def _elsewhere(self, page: Page, found: re.Match[str]) -> str:
        if found["cited"]:
            element = self._citations.handleMatch(re.match(CLUSTER, found[0]), "")[0]
            return found[0] if element is None else self._cited(element)
        if found["named"]:
            return self._named(page, found["named"])
        path = page.path_to(found["path"]) or page.path
        if to := self.site.page.get(path):
            return self.address(to, found["rest"][1:])
        if drawing := self.drawings.get(path):
            return f"data:image/svg+xml,{quote(drawing)}"
        return f"{self.site.url}{path}" if path in self.site.assets else found[0]

    def _cited(self, citation: Element) -> str:
        for link in citation if self.pages else ():
            name = link.get("href", "").replace("#cites-", "ref-")
            link.text = f"[{link.text}]({self.address(self.site.page[REFERENCES], name)})"
        return "".join(citation.itertext())

    def _named(self, page: Page, names: str) -> str:
        ours = not self._editors.isdisjoint(re.findall(r"[\w-]+", names))
        if not self.pages:
            return f" ({EDITORS_LABEL.lower()})" if ours else ""
        says_so = f" .editors}}\n\n::: label\n{EDITORS_LABEL}\n:::\n" if ours else "}"
        return f" {{{self.address(page, names[1:].split()[0])}{says_so}" if names[0] == "#" else ""
