"""Slide cards for a built site.

A card is made again only when its entry, the template or a typeface changed; the pictures
wait in .cache/cards/, which can be thrown away at any time.
"""

import os
import shutil
import sys
from pathlib import Path

from guide.pictures.cards import Press, card_of, png
from guide.source.model import Site

CACHE = ".cache/cards"


def make_cards(root: Path, site: Site, site_folder: Path) -> int:
    """Card and picture of every entry in the built site; returns how many had to be made."""
    press, made, cache = Press(root), 0, root / CACHE
    entries = [page for page in site.entries if page.id]
    cache.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(entries, 1):
        card = card_of(site, page)
        kept = cache / press.key(card)
        if not (kept / "card.png").exists():
            kept.mkdir(exist_ok=True)
            svg = press.svg(card)
            write_whole(kept / "card.svg", svg.encode())
            write_whole(kept / "card.png", png(svg))
            made += 1
            if sys.stderr.isatty() or number % 50 == 0:
                print(f"\rcards: {number} of {len(entries)}", end="", file=sys.stderr, flush=True)
        folder = site_folder / page.id
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("card.svg", "card.png"):
            shutil.copyfile(kept / name, folder / name)
    print(f"\rcards: {made} made, {len(entries) - made} kept", file=sys.stderr)
    return made


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)
