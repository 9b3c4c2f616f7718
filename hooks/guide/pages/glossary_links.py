"""The first use of a glossary term on a page leads to its definition and carries it along."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from guide.source.data_files import GlossaryTerm
from guide.source.model import GLOSSARY_PAGE, Site

_WORD = re.compile(r"(?<![\w-])\w+")
_LEFT_ALONE = {"a", "code", "pre", "blockquote", "svg", "h1", "h2", "h3", "h4", "h5", "h6", "th"}


class TermFinder:
    """Finds terms in a text by their forms, the longest first. Made once for the whole guide."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self._terms = {form: term for term in terms for form in term.forms}
        by_first: dict[str, list[str]] = {}
        for form in sorted(self._terms, key=lambda form: (-len(form), form)):
            by_first.setdefault(re.split(r"\W", form, maxsplit=1)[0], []).append(re.escape(form))
        # One pattern of all forms would try every form at every word.
        self._patterns = {
            first: re.compile(rf"(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)
            for first, forms in by_first.items()
        }

    def find(self, text: str) -> Iterator[tuple[GlossaryTerm, int, int]]:
        """Each term in the text, with the offsets at which it begins and ends."""
        done = 0
        for word in _WORD.finditer(text):
            pattern = self._patterns.get(word[0].lower())
            if pattern and word.start() >= done and (found := pattern.match(text, word.start())):
                done = found.end()
                yield self._terms[found[0].lower()], found.start(), done


class GlossaryProcessor(Treeprocessor):
    """`page` is the path of the page being rendered, relative to docs/."""

    def __init__(self, md: Markdown, finder: TermFinder, page: str) -> None:
        super().__init__(md)
        self._finder = finder
        self._page = page
        self._used: set[str] = set()

    def run(self, root: Element) -> None:
        self._used.clear()
        if self._page != GLOSSARY_PAGE:
            self._link_in(root)

    def _link_in(self, element: Element) -> None:
        if element.tag in _LEFT_ALONE or element.get("class") == "citation":
            return
        children = list(element)
        element.text, element[:0] = self._split(element.text)
        for child in children:
            self._link_in(child)
            after = list(element).index(child) + 1
            child.tail, element[after:after] = self._split(child.tail)

    def _split(self, text: str | None) -> tuple[str | None, list[Element]]:
        """The text up to the first new term, and a link for each such term with what follows it."""
        if not text or text.isspace() or isinstance(text, AtomicString):
            return text, []
        lead, links, done = text, [], 0
        for term, start, end in self._finder.find(text):
            if term.anchor not in self._used:
                self._used.add(term.anchor)
                self._end(links, text[done:start])
                lead = text[:start] if not links else lead
                links.append(self._link(term, text[start:end]))
                done = end
        self._end(links, text[done:])
        return lead, links

    @staticmethod
    def _end(links: list[Element], text: str) -> None:
        if links:
            links[-1].tail = text

    def _link(self, term: GlossaryTerm, form: str) -> Element:
        path = posixpath.relpath(GLOSSARY_PAGE, posixpath.dirname(self._page) or ".")
        attributes = {"class": "term", "href": f"{path}#{term.anchor}", "data-means": term.means}
        link = Element("a", attributes)
        link.text = AtomicString(form)
        return link


def glossary_markdown(site: Site) -> str:
    """A heading, a definition with its citation, and a link to the entry for each term."""
    return "".join(
        f"\n## {term.term} {{ #{term.anchor} }}\n\n{term.means} {term.cite} "
        f"More: [{site.entry[term.entry].name}]({site.entry[term.entry].path})\n"
        for term in site.terms
        if term.entry in site.entry
    )
