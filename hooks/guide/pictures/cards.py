"""Slide cards: one 16:9 picture for each entry.

A card is drawn again only when its entry, this module or a typeface changed; the pictures wait in
.cache/cards/, which can be thrown away at any time.
"""

import hashlib
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from guide.pictures.qr_codes import make_code
from guide.source.model import Page, Site

CACHE = ".cache/cards"
FONTS = "docs/assets/fonts"
WIDTH, HEIGHT = 1600, 900
#: Where text begins, how wide a title and a summary may be, and the lowest line of a summary.
LEFT, TITLE_ROOM, SUMMARY_ROOM, LOWEST = 112, 1376, 1010, 735
#: The most room that a code takes, in pixels.
_CODE = 248
_DISPLAY, _TEXT = "bitter-latin-600-normal.woff2", "figtree-latin-wght-normal.woff2"
_PAPER, _INK, _SOFT, _QUIET = "#fdfcf9", "#1f2933", "#3b4753", "#52606d"


@dataclass(frozen=True)
class Card:
    """What a card shows. Equal cards give equal pictures."""

    badge: str
    collection: str
    title: str
    summary: str
    colour: str
    address: str
    guide: str


@dataclass(frozen=True)
class Line:
    """A line of text: its baseline begins at `x`, `y`."""

    x: float
    y: float
    text: str
    font: ImageFont.FreeTypeFont
    fill: str


def card_of(site: Site, page: Page) -> Card:
    return Card(
        badge=page.badge,
        collection=page.kind_of_title or page.collection.name,
        title=page.name,
        summary=page.summary,
        colour=page.collection.colour.light,
        address=site.short_address(page),
        guide=site.name,
    )


class Press:
    """Draws cards with the project's typefaces."""

    def __init__(self, root: Path) -> None:
        self._fonts = {name: (root / FONTS / name).read_bytes() for name in (_DISPLAY, _TEXT)}
        made_with = (Path(__file__).read_bytes(), *self._fonts.values())
        self._made_with = hashlib.sha256(b"".join(made_with)).hexdigest()
        self.display = cache(lambda size: self._face(_DISPLAY, size))
        self.text = cache(lambda size, weight=450: self._face(_TEXT, size, weight))

    def _face(self, name: str, size: int, weight: int = 0) -> ImageFont.FreeTypeFont:
        face = ImageFont.truetype(io.BytesIO(self._fonts[name]), size)
        if weight:
            face.set_variation_by_axes([weight])
        return face

    def key(self, card: Card) -> str:
        """Names the picture by all that it is made from."""
        return hashlib.sha256(f"{self._made_with}{card!r}".encode()).hexdigest()

    def lines(self, card: Card) -> Iterator[Line]:
        """Title and summary, each at the largest size that fits."""
        y = 190.0
        for face, text, room, lowest, sizes, leading, fill in (
            (self.display, card.title, TITLE_ROOM, 460, (92, 80, 70, 62, 54), 1.16, _INK),
            (self.text, card.summary, SUMMARY_ROOM, LOWEST, (42, 39, 36, 33, 30), 1.42, _SOFT),
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

    def png(self, card: Card) -> bytes:
        picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
        draw = ImageDraw.Draw(picture)
        draw.rectangle((0, 0, 35, HEIGHT), card.colour)
        name_at = LEFT
        if card.badge:
            badge = self.text(34, 650)
            name_at += badge.getlength(card.badge) + 36
            draw.rounded_rectangle((LEFT, 76, name_at, 134), 8, card.colour)
            draw.text((LEFT + 18, 118), card.badge, "#ffffff", badge, anchor="ls")
            name_at += 20
        short = card.address.split("//")[1].rstrip("/")
        for line in (
            Line(name_at, 118, card.collection, self.text(36, 650), card.colour),
            *self.lines(card),
            Line(LEFT, 790, card.guide, self.text(34), _QUIET),
            Line(LEFT, 838, short, self.text(34, 650), _INK),
        ):
            draw.text((line.x, line.y), line.text, line.fill, line.font, anchor="ls")
        draw.rounded_rectangle((1208, 548, 1488, 828), 10, "#ffffff")
        code = zxingcpp.write_barcode_to_image(make_code(card.address), add_quiet_zones=False)
        dots = Image.fromarray(code)
        size = dots.width * (_CODE // dots.width)
        corner = (1348 - size // 2, 688 - size // 2)
        picture.paste(dots.resize((size, size), Image.Resampling.NEAREST), corner)
        file = io.BytesIO()
        picture.save(file, "PNG")
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


def make_cards(root: Path, site: Site, site_folder: Path) -> int:
    """The card of every entry in the built site; returns how many had to be drawn."""
    press, made, kept = Press(root), 0, root / CACHE
    entries = [page for page in site.entries if page.id]
    kept.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(entries, 1):
        card = card_of(site, page)
        picture = kept / f"{press.key(card)}.png"
        if not picture.exists():
            write_whole(picture, press.png(card))
            made += 1
            if sys.stderr.isatty() or number % 50 == 0:
                print(f"\rcards: {number} of {len(entries)}", end="", file=sys.stderr, flush=True)
        folder = site_folder / page.id
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, folder / "card.png")
    print(f"\rcards: {made} made, {len(entries) - made} kept", file=sys.stderr)
    return made


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)
