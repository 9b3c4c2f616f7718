"""The text of pages for those who read it elsewhere: in Markdown that any program reads."""

import re
from collections.abc import Callable, Mapping

from guide.pages.markdown_extension import EDITORS_LABEL, CitationProcessor
from guide.source.citations import CLUSTER
from guide.source.markup import blank_code
from guide.source.model import Page, Site
from guide.works.references import Reference

#: What only our own Markdown has: citations, links between files, ids and classes in braces.
_OURS = re.compile(
    rf"(?P<cited>{CLUSTER})"
    r"|(?<=\]\()(?![a-z]+:)(?P<path>[^()\s#]*)(?P<rest>[^()\s]*)"
    r"|[ ]*\{:?[ ]?(?P<named>[#.][^{}\n]*)\}"
)


class Portable:
    """Makes citations words and links whole ones; `address` says where a page stands.

    A heading of the editors' own says so.
    """

    def __init__(
        self, site: Site, references: Mapping[str, Reference], address: Callable[[Page], str]
    ) -> None:
        self._site, self._address = site, address
        self._editors = site.schema.editors_sections | {"ours"}
        self._citations = CitationProcessor(site, references)

    def __call__(self, page: Page, markdown: str) -> str:
        """`markdown`, which stands on `page`."""
        parts, done = [], 0
        for found in _OURS.finditer(blank_code(markdown)):
            parts += markdown[done : found.start()], self._elsewhere(page, found)
            done = found.end()
        return "".join((*parts, markdown[done:]))

    def _elsewhere(self, page: Page, found: re.Match[str]) -> str:
        if found["cited"]:
            element = self._citations.handleMatch(re.match(CLUSTER, found[0]), "")[0]
            return found[0] if element is None else "".join(element.itertext())
        if found["named"]:
            is_ours = self._editors.intersection(re.findall(r"[\w-]+", found["named"]))
            return f" ({EDITORS_LABEL.lower()})" if is_ours else ""
        path = page.path_to(found["path"]) or page.path
        if to := self._site.page.get(path):
            return self._address(to) + found["rest"]
        return f"{self._site.url}{path}" if path in self._site.assets else found[0]
