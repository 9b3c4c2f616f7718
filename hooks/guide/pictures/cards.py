"""Slide cards: one 16:9 picture for each entry."""

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from guide.pictures.qr_codes import make_code
from guide.source.model import Page, Site

FONTS = "docs/assets/fonts"
WIDTH, HEIGHT = 1600, 900
#: Where text begins, how wide a title and a summary may be, and the lowest line of a summary.
LEFT, TITLE_ROOM, SUMMARY_ROOM, LOWEST = 112, 1376, 1010, 735
#: The most room that a code takes, in pixels.
_CODE = 248
_DISPLAY, _TEXT = "bitter-latin-600-normal.woff2", "figtree-latin-wght-normal.woff2"
_PAPER, _INK, _SOFT, _QUIET = "#fdfcf9", "#1f2933", "#3b4753", "#52606d"


@dataclass(frozen=True)
class Line:
    """A line of text: its baseline begins at `x`, `y`."""

    x: float
    y: float
    text: str
    font: ImageFont.FreeTypeFont
    fill: str


class Press:
    """Draws the cards of a site with the typefaces of the project below `root`."""

    def __init__(self, root: Path, site: Site) -> None:
        self._site = site
        self._fonts = {name: (root / FONTS / name).read_bytes() for name in (_DISPLAY, _TEXT)}
        self.display = cache(lambda size: self._face(_DISPLAY, size))
        self.text = cache(lambda size, weight=450: self._face(_TEXT, size, weight))

    def _face(self, name: str, size: int, weight: int = 0) -> ImageFont.FreeTypeFont:
        face = ImageFont.truetype(io.BytesIO(self._fonts[name]), size)
        if weight:
            face.set_variation_by_axes([weight])
        return face

    def lines(self, page: Page) -> Iterator[Line]:
        """Title and summary, each at the largest size that fits."""
        y = 190.0
        for face, text, room, lowest, sizes, leading, fill in (
            (self.display, page.name, TITLE_ROOM, 460, (92, 80, 70, 62, 54), 1.16, _INK),
            (self.text, page.summary, SUMMARY_ROOM, LOWEST, (42, 39, 36, 33, 30), 1.42, _SOFT),
        ):
            for size in sizes:
                rows = _wrapped(text, face(size).getlength, room)
                if y + size * (0.8 + leading * (len(rows) - 1)) <= lowest:
                    break
            y += size * 0.8
            for row in rows:
                yield Line(LEFT, y, row, face(size), fill)
                y += size * leading
            y += 56 - size * leading

    def png(self, page: Page) -> bytes:
        colour, address = page.collection.colour.light, self._site.short_address(page)
        picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
        draw = ImageDraw.Draw(picture)
        draw.rectangle((0, 0, 35, HEIGHT), colour)
        name_at = LEFT
        if page.badge:
            badge = self.text(34, 650)
            name_at += badge.getlength(page.badge) + 36
            draw.rounded_rectangle((LEFT, 76, name_at, 134), 8, colour)
            draw.text((LEFT + 18, 118), page.badge, "#ffffff", badge, anchor="ls")
            name_at += 20
        short = address.split("//")[1].rstrip("/")
        for line in (
            Line(
                name_at, 118, page.kind_of_title or page.collection.name, self.text(36, 650), colour
            ),
            *self.lines(page),
            Line(LEFT, 790, self._site.name, self.text(34), _QUIET),
            Line(LEFT, 838, short, self.text(34, 650), _INK),
        ):
            draw.text((line.x, line.y), line.text, line.fill, line.font, anchor="ls")
        draw.rounded_rectangle((1208, 548, 1488, 828), 10, "#ffffff")
        code = zxingcpp.write_barcode_to_image(make_code(address), add_quiet_zones=False)
        dots = Image.fromarray(code)
        size = dots.width * (_CODE // dots.width)
        corner = (1348 - size // 2, 688 - size // 2)
        picture.paste(dots.resize((size, size), Image.Resampling.NEAREST), corner)
        file = io.BytesIO()
        picture.save(file, "PNG", compress_level=3)  # The next takes twice the time.
        return file.getvalue()


def _wrapped(text: str, width: Callable[[str], float], room: float) -> list[str]:
    """`text` in as few lines as fit `room`, and those of even length."""
    rows = _filled(text, width, room)
    while len(rows) > 1 and len(even := _filled(text, width, room * 0.97)) == len(rows):
        rows, room = even, room * 0.97
    return rows


def _filled(text: str, width: Callable[[str], float], room: float) -> list[str]:
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and width(longer) > room:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def write_cards(root: Path, site: Site, folder: Path) -> None:
    """The card of every entry, beside its short link in the site that is built in `folder`."""
    press, entries = Press(root, site), [page for page in site.entries if page.id]
    print(f"drawing {len(entries)} slide cards", file=sys.stderr)
    for page in entries:
        (folder / page.id).mkdir(parents=True, exist_ok=True)
        (folder / page.id / "card.png").write_bytes(press.png(page))
