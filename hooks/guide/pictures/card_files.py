"""Slide cards for a built site.

A card is made again only when its entry, the template or a typeface changed; the pictures
wait in .cache/cards/, which can be thrown away at any time.
"""

import shutil
import sys
import tempfile
from contextlib import suppress
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
        if not kept.exists():
            begun, svg = Path(tempfile.mkdtemp(dir=cache)), press.svg(card)
            (begun / "card.svg").write_text(svg, "utf-8")
            (begun / "card.png").write_bytes(png(svg))
            with suppress(OSError):  # Another build was first.
                begun.rename(kept)
            made += 1
            if sys.stderr.isatty() or number % 50 == 0:
                print(f"\rcards: {number} of {len(entries)}", end="", file=sys.stderr, flush=True)
        folder = site_folder / page.id
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("card.svg", "card.png"):
            shutil.copyfile(kept / name, folder / name)
    print(f"\rcards: {made} made, {len(entries) - made} kept", file=sys.stderr)
    return made
