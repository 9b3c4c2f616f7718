"""Diagrams drawn into the page, so that they take its colours in both schemes."""

import posixpath
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString


class DiagramProcessor(Treeprocessor):
    """An image with the class `diagram` becomes the drawing itself, its description included."""

    def __init__(self, md: Markdown, diagrams: Mapping[str, str]) -> None:
        super().__init__(md)
        self._diagrams = {posixpath.basename(path): svg for path, svg in diagrams.items()}

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for place, image in enumerate(parent):
                if image.tag == "img" and "diagram" in image.get("class", "").split():
                    svg = self._diagrams.get(posixpath.basename(image.get("src", "")))
                    if svg:
                        parent[place] = _figure(svg, image)


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
