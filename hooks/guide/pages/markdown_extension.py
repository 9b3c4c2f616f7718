"""Python-Markdown renders citations and marks what the editors add. No MkDocs needed."""

import posixpath
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from guide.pages.glossary_links import GlossaryProcessor, TermFinder
from guide.source.citations import CLUSTER, Cite, MalformedCitationError, parse_cluster
from guide.source.harmless import clean
from guide.source.model import Site
from guide.works.references import Reference

EDITORS_LABEL = "From the editors, not from a source"

# After code (190) and escapes (180), before links (170 and below).
_CITATION_PRIORITY = 175
# After headings have their ids (toc, 5; attr_list, 8) and before MkDocs resolves links (0).
_TREE_PRIORITY = 2
# After code blocks are put back (raw_html, 30).
_LAST = 0


class GuideExtension(Extension):
    """What the guide adds to Markdown. `page` is the path, below docs/, of the page at hand."""

    def __init__(self, site: Site, references: Mapping[str, Reference]) -> None:
        super().__init__()
        self._citations = CitationProcessor(site, references)
        self._terms = TermFinder(site.glossary)
        drawings = {posixpath.basename(path): svg for path, svg in site.diagrams.items()}
        self._changes = {
            "guide_editors": partial(mark_editors, editors=site.schema.editors_sections),
            "guide_headings": link_headings,
            "guide_tables": name_columns,
            "guide_diagrams": partial(put_drawings, drawings=drawings),
        }
        self.page = ""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        # A page is Markdown alone: what looks like HTML is printed as it was typed.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.postprocessors.register(CleaningPostprocessor(md), "guide_clean", _LAST)
        md.inlinePatterns.register(self._citations, "guide_citation", _CITATION_PRIORITY)
        for name, change in self._changes.items():
            md.treeprocessors.register(TreeChange(md, change), name, _TREE_PRIORITY)
        glossary = GlossaryProcessor(md, self._terms, self.page)
        md.treeprocessors.register(glossary, "guide_glossary", _TREE_PRIORITY)


class CleaningPostprocessor(Postprocessor):
    """Whatever was written, the page holds only what is on the closed lists."""

    def run(self, text: str) -> str:
        return clean(text) if "<" in text else text


class CitationProcessor(InlineProcessor):
    """`[@key, no. 5]` becomes links to the page's list of works. What is no citation stays text."""

    def __init__(self, site: Site, references: Mapping[str, Reference]) -> None:
        super().__init__(CLUSTER)
        short = {outline.work: outline.short for outline in site.outlines}
        self._names = {key: (short.get(key, r.label), r.year) for key, r in references.items()}

    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        try:
            cites = parse_cluster(m[1])
        except MalformedCitationError:
            return None, None, None
        if any(cite.key not in self._names for cite in cites):
            return None, None, None
        return self._render(cites), m.start(0), m.end(0)

    def _render(self, cites: tuple[Cite, ...]) -> Element:
        cites = _with_common_vehicle(cites)
        span = Element("span", {"class": "citation"})
        span.text = AtomicString("(" + _lead(cites[0]))
        for before, cite in pairwise((None, *cites)):
            if before:
                separator = ", " if cite.prefix.endswith("cited in") else "; "
                span[-1].tail = AtomicString(separator + _lead(cite))
            link = SubElement(span, "a", {"href": f"#cites-{cite.key}"})
            link.text = AtomicString(self._label(cite, before))
        span[-1].tail = AtomicString(")")
        return span

    def _label(self, cite: Cite, before: Cite | None) -> str:
        name, year = self._names[cite.key]
        if before and before.key == cite.key and cite.locators:
            return ", ".join(cite.locators)
        return ", ".join((year if cite.suppress_author else name, *cite.locators))


def _with_common_vehicle(cites: tuple[Cite, ...]) -> tuple[Cite, ...]:
    """Works known through the same place of the same paper name it once, behind the last."""
    kept: list[Cite] = []
    for place, cite in enumerate(cites):
        later = cites[place + 2 : place + 3]
        if not (cite.is_vehicle and later == (cite,)):
            shared = cite.is_vehicle and cites[max(0, place - 2) : place - 1] == (cite,)
            kept.append(replace(cite, prefix="all cited in") if shared else cite)
    return tuple(kept)


def _lead(cite: Cite) -> str:
    return f"{cite.prefix} " if cite.prefix else ""


class TreeChange(Treeprocessor):
    """Changes the elements of a page by a function."""

    def __init__(self, md: Markdown, change: Callable[[Element], None]) -> None:
        super().__init__(md)
        self.run = change


def mark_editors(root: Element, editors: Container[str]) -> None:
    """Neighbouring sections of the editors become one region that says whose voice it is.

    A section is theirs by its id, which is one of `editors`, or by the class `ours` on its heading.
    """
    region: Element | None = None
    for child in list(root):
        if child.get("class") == "footnote":
            region = None
        if child.tag == "h2":
            ours = child.get("id") in editors or "ours" in child.get("class", "").split()
            if not ours:
                region = None
            elif region is None:
                region = _region(root, child)
        if region is not None:
            root.remove(child)
            region.append(child)


def _region(root: Element, heading: Element) -> Element:
    name = f"{EDITORS_LABEL}: {''.join(heading.itertext()).strip()}"
    region = Element("section", {"class": "editors", "aria-label": name})
    label = SubElement(region, "p", {"class": "editors__label"})
    label.text = AtomicString(EDITORS_LABEL)
    root.insert(list(root).index(heading), region)
    return region


def name_columns(root: Element) -> None:
    """Every cell says which column it stands in, so that a phone can stack a row's cells.

    Roles are written out because a table that is laid out otherwise loses them.
    """
    for table in root.iter("table"):
        table.set("role", "table")
        columns = ["".join(cell.itertext()).strip() for cell in table.iter("th")]
        table.set("data-columns", str(len(columns)))
        for row in table.iter("tr"):
            row.set("role", "row")
            for cell, column in zip(row, columns, strict=False):
                if cell.tag == "th" and not column:
                    cell.tag = "td"  # An empty corner is no heading.
                cell.set("role", "columnheader" if cell.tag == "th" else "cell")
                cell.set("data-label", column)


def link_headings(root: Element) -> None:
    """Every heading with an id is a link to itself, so that its name stays its words."""
    for heading in root.iter():
        is_named = heading.tag in ("h2", "h3") and heading.get("id")
        if is_named and heading.find(".//a") is None:
            link = Element("a", {"class": "headerlink", "href": f"#{heading.get('id')}"})
            link.text, heading.text = heading.text, None
            link.extend(heading)
            heading[:] = [link]


def put_drawings(root: Element, drawings: Mapping[str, str]) -> None:
    """An image with the class `diagram` becomes the drawing itself, its description included."""
    drawn, ids = 0, re.compile(r"(?<= id=\")[\w-]+|(?<=url\(#)[\w-]+")
    for parent in list(root.iter()):
        for place, image in enumerate(parent):
            svg = drawings.get(posixpath.basename(image.get("src", "")))
            if image.tag == "img" and svg and "diagram" in image.get("class", "").split():
                drawn += 1  # A drawing may stand on a page twice, an id may not.
                parent[place] = _figure(ids.sub(rf"\g<0>-{drawn}", svg), image)


def _figure(svg: str, image: Element) -> Element:
    drawing = ElementTree.fromstring(svg)
    for element in drawing.iter():
        element.tag = element.tag.rpartition("}")[2]
    drawing.set("role", "img")
    drawing.set("aria-label", image.get("alt", ""))
    figure = Element("span", {"class": "diagram"})
    figure.append(drawing)
    link = SubElement(figure, "a", {"href": image.get("src", ""), "download": ""})
    link.text = AtomicString("Save the drawing")
    figure.tail = image.tail
    return figure
