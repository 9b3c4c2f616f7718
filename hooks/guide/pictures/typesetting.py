"""Text as outlines: lines that fit a width, drawn with the guide's own typefaces."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import uharfbuzz as hb
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont


@dataclass(frozen=True)
class Line:
    """A line of text as the path of an SVG in font units, and its width in them."""

    path: str
    width: int


class Face:
    """A typeface at one weight. Sizes are in the units of the drawing."""

    def __init__(self, woff2: bytes, weight: int | None = None) -> None:
        font = TTFont(BytesIO(woff2))
        font.flavor = None
        plain = BytesIO()
        font.save(plain)
        self._font = hb.Font(hb.Face(plain.getvalue()))
        if weight:
            self._font.set_variations({"wght": weight})
        self.units = self._font.face.upem

    @lru_cache(maxsize=4096)  # noqa: B019 (a Face lives as long as the cards are made)
    def width(self, text: str) -> int:
        return sum(position.x_advance for _, position in self._shape(text))

    def draw(self, text: str) -> Line:
        pen = SVGPathPen(None, ntos=lambda number: str(round(number)))
        x = 0
        for glyph, position in self._shape(text):
            offset = (1, 0, 0, 1, x + position.x_offset, position.y_offset)
            self._font.draw_glyph_with_pen(glyph.codepoint, TransformPen(pen, offset))
            x += position.x_advance
        return Line(pen.getCommands(), x)

    def wrap(self, text: str, size: float, room: float) -> list[str]:
        """`text` in as few lines as fit `room` at `size`, and those of even length."""
        widest = room * self.units / size
        lines = self._fill(text, widest)
        while len(shorter := self._fill(text, widest * 0.97)) == len(lines):
            lines, widest = shorter, widest * 0.97
            if len(lines) == 1:
                break
        return lines

    def _fill(self, text: str, widest: float) -> list[str]:
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.width(longer) > widest:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _shape(self, text: str) -> list[tuple[hb.GlyphInfo, hb.GlyphPosition]]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        return list(zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True))
