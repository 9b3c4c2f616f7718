"""Slide cards: one 16:9 picture for each entry, from one template."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import resvg_py
from jinja2 import Environment, FileSystemLoader

from guide.pictures.qr_codes import make_code
from guide.pictures.typesetting import Face, Line
from guide.source.model import Page, Site

WIDTH, HEIGHT = 1600, 900
TEMPLATE = "data/card.svg"
FONTS = "docs/assets/fonts"
_DISPLAY, _TEXT = "bitter-latin-600-normal.woff2", "figtree-latin-wght-normal.woff2"

#: Where text stands, in units of the drawing. A text is set at the first size that fits.
_LEFT = 112


@dataclass(frozen=True)
class Box:
    """Room for a text: top and bottom, width, the sizes to try, leading in sizes."""

    top: float
    bottom: float
    width: float
    sizes: tuple[int, ...]
    leading: float


_TITLE = Box(190, 460, 1376, (92, 80, 70, 62, 54), 1.16)
_SUMMARY = Box(56, 735, 1010, (42, 39, 36, 33, 30), 1.42)  # its top is below the title


@dataclass(frozen=True)
class Set:
    """A line set at its place: outlines, baseline, scale from font units."""

    line: Line
    x: float
    y: float
    scale: float


@dataclass(frozen=True)
class Card:
    """What a card shows. Equal cards give equal pictures."""

    id: str
    badge: str
    collection: str
    title: str
    summary: str
    colour: str
    address: str
    guide: str


def card_of(site: Site, page: Page) -> Card:
    collection = page.collection
    return Card(
        id=page.id,
        badge=page.badge,
        collection=page.kind_of_title or collection.name,
        title=page.name,
        summary=page.summary,
        colour=collection.colour.light,
        address=site.short_address(page),
        guide=site.name,
    )


class Press:
    """Makes the pictures of cards with the project's template and typefaces."""

    def __init__(self, root: Path) -> None:
        fonts = {name: (root / FONTS / name).read_bytes() for name in (_DISPLAY, _TEXT)}
        self._display = Face(fonts[_DISPLAY])
        self._text = Face(fonts[_TEXT], 450)
        self._strong = Face(fonts[_TEXT], 650)
        loader = FileSystemLoader(root)
        self._template = Environment(loader=loader, autoescape=True).get_template(TEMPLATE)
        code = [Path(__file__), Path(__file__).with_name("typesetting.py")]
        made_with = [path.read_bytes() for path in (root / TEMPLATE, *code)]
        self._made_with = hashlib.sha256(b"".join([*made_with, *fonts.values()])).hexdigest()

    def key(self, card: Card) -> str:
        """Names the picture by all that it is made from."""
        return hashlib.sha256(f"{self._made_with}{card!r}".encode()).hexdigest()

    def svg(self, card: Card) -> str:
        code = make_code(card.address)
        title, summary = self.set_text(card)
        badge = self._set(self._strong, card.badge, 34, _LEFT + 18, 118)
        badge_width = badge.line.width * badge.scale + 36 if card.badge else 0
        name_at = _LEFT + badge_width + (20 if card.badge else 0)
        short = card.address.split("//")[1].rstrip("/")
        return self._template.render(
            card=card,
            width=WIDTH,
            height=HEIGHT,
            title=title,
            summary=summary,
            badge=badge,
            badge_width=badge_width,
            collection=self._set(self._strong, card.collection, 36, name_at, 118),
            name=self._set(self._text, card.guide, 34, _LEFT, 790),
            address=self._set(self._strong, short, 34, _LEFT, 838),
            code=code.path,
            modules=code.size,
        )

    def set_text(self, card: Card) -> tuple[list[Set], list[Set]]:
        """The lines of the title, and those of the summary below it."""
        title, end = self._fit(self._display, card.title, _TITLE)
        box = replace(_SUMMARY, top=end + _SUMMARY.top)
        return title, self._fit(self._text, card.summary, box)[0]

    def _fit(self, face: Face, text: str, box: Box) -> tuple[list[Set], float]:
        """The text in its box at the largest size that fits, and its last baseline."""
        for size in box.sizes:
            lines = face.wrap(text, size, box.width)
            first = box.top + size * 0.8
            end = first + size * box.leading * (len(lines) - 1)
            if end <= box.bottom:
                break
        step = size * box.leading
        placed = [
            self._set(face, line, size, _LEFT, first + step * number)
            for number, line in enumerate(lines)
        ]
        return placed, end

    @staticmethod
    def _set(face: Face, text: str, size: float, x: float, y: float) -> Set:
        return Set(face.draw(text), x, y, size / face.units)


def png(svg: str) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, width=WIDTH))
