"""KB32x: drawings that are put into pages."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from guide.problems import Problem
from guide.rules import rule
from guide.rules.subjects import drawings
from guide.source.harmless import SHAPES, is_own_reference
from guide.source.model import Site

#: The one drawing that is no part of a page, and so has a colour of its own.
_FAVICON = "docs/assets/favicon.svg"
_DEEPEST = 10


@rule("KB320", fatal=True)
def diagram_only_draws(site: Site) -> Iterator[Problem]:
    """A diagram is an SVG with a viewBox and plain shapes and text, no style, script or links."""
    for file, line, _, svg in drawings(site):
        strange = re.search(r"<!(?!--)\w*|<\?(?!xml )[\w-]*", svg)
        if strange:
            line = svg.count("\n", 0, strange.start()) + 1
            fact = f"`{strange[0]}` does not belong in a diagram"
            yield Problem(file, line, fact, "begin with `<svg`")
            continue
        try:
            root = ElementTree.fromstring(svg.encode())
        except (ElementTree.ParseError, LookupError, ValueError) as error:
            line = error.position[0] if isinstance(error, ElementTree.ParseError) else 1
            fact = f"the diagram is not XML: {error}"
            yield Problem(file, line, fact, "look for an open tag, or a `&` that is no `&amp;`")
            continue
        if root.find("/".join("*" * _DEEPEST)) is not None:
            fact = f"shapes stand within each other more than {_DEEPEST} deep"
            yield Problem(file, line, fact, "take groups out")
        if "viewBox" not in root.attrib or "width" in root.attrib:
            fact = "the diagram has no viewBox, or has a width of its own"
            yield Problem(file, line, fact, 'write `<svg viewBox="0 0 360 …">`')
        for element in root.iter():
            yield from _foreign(file, element)


def _foreign(file: str, element: ElementTree.Element) -> Iterator[Problem]:
    """What the element is or carries beyond the list of shapes."""
    name = str(element.tag).removeprefix("{http://www.w3.org/2000/svg}")
    if name not in SHAPES:
        hint = f"plain shapes only: {', '.join(sorted(SHAPES))}"
        yield Problem(file, 1, f"`<{name}>` does not belong in a diagram", hint)
    for attribute, value in element.attrib.items() if name in SHAPES else ():
        is_fill = (file, attribute) == (_FAVICON, "fill") and re.fullmatch("#[0-9a-f]{6}", value)
        if not is_fill and (attribute not in SHAPES[name] or not is_own_reference(value)):
            fact = f"`{attribute}` does not belong in a diagram"
            yield Problem(file, 1, fact, "colours come by class, as `d-line` or `d-accent`")


@rule("KB322")
def diagram_is_shown(site: Site) -> Iterator[Problem]:
    """A page shows each drawing but the icon of the site."""
    links = ((page, link) for page in site.pages for link in page.markup.links)
    shown = {page.path_to(link.target).casefold() for page, link in links if link.form == "image"}
    for file, line, path, _ in drawings(site):
        if file != _FAVICON and path.casefold() not in shown:
            yield Problem(file, line, "no page shows this drawing", "show it, or take it out")
