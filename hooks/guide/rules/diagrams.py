"""KB32x: drawings that are put into pages."""

from collections.abc import Iterator
from xml.etree import ElementTree

from guide.model import Site
from guide.problems import Finding
from guide.rules import rule

_SHAPES = {"svg", "g", "defs", "marker", "path", "line", "polyline", "polygon"} | {
    *("rect", "circle", "ellipse", "text", "tspan")
}
_REFUSED = ("on", "style", "href", "src")


@rule("KB320")
def diagram_only_draws(site: Site) -> Iterator[Finding]:
    """A diagram is an SVG of plain shapes and text, without style, script or links.

    Bad:  <script> or onclick= in docs/assets/diagrams/mobius-model.svg
    Good: <path class="d-line" d="M8 8h40"/>
    """
    for path, svg in site.diagrams.items():
        file = f"docs/{path}"
        try:
            root = ElementTree.fromstring(svg)
        except ElementTree.ParseError as error:
            fact = f"the diagram is not XML: {error}"
            yield Finding(file, error.position[0], fact, "look for a tag that is not closed")
            continue
        for element in root.iter():
            name = str(element.tag).rpartition("}")[2]
            if name not in _SHAPES:
                fact = f"`<{name}>` does not belong in a diagram"
                yield Finding(file, 1, fact, f"plain shapes only: {', '.join(sorted(_SHAPES))}")
            for attribute in element.attrib:
                if attribute.rpartition("}")[2].lower().startswith(_REFUSED):
                    fact = f"`{attribute}` does not belong in a diagram"
                    yield Finding(file, 1, fact, "colours come by class, as `d-line` or `d-accent`")


@rule("KB321")
def diagram_has_a_frame(site: Site) -> Iterator[Finding]:
    """A diagram says how large it is by its viewBox alone, so that it fits every screen.

    Bad:  <svg width="500" height="300">
    Good: <svg viewBox="0 0 360 240">
    """
    for path, svg in site.diagrams.items():
        root = svg[svg.find("<svg") :].partition(">")[0]
        if "viewBox=" not in root or " width=" in root:
            fact = "the diagram has no viewBox, or has a width of its own"
            yield Finding(f"docs/{path}", 1, fact, 'write `<svg viewBox="0 0 360 …">`')
