"""Compressed copies beside every text of a built site.

The same text gives the same bytes, so that a copy changes only when its text does.
"""

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from guide.pictures.cards import write_whole

TEXTS = {".bib", ".css", ".html", ".js", ".json", ".map", ".ris", ".svg", ".txt", ".xml"}
#: A smaller file fits into one packet either way.
SMALLEST = 1024


def precompress(folder: Path) -> tuple[int, int, int]:
    """Writes the copies; returns the bytes of the texts, of their .gz and of their .br."""
    texts = [
        path
        for path in folder.rglob("*")
        if path.suffix in TEXTS and path.stat().st_size >= SMALLEST
    ]
    # Both libraries let go of the interpreter while they compress.
    with ThreadPoolExecutor() as threads:
        sizes = list(threads.map(_compress, texts))
    plain, zipped, brotlied = (sum(column) for column in zip(*sizes, strict=True))
    return plain, zipped, brotlied


def _compress(path: Path) -> tuple[int, int, int]:
    text = path.read_bytes()
    # Quality 11 would take many times as long for an eighth less.
    zipped, brotlied = gzip.compress(text, mtime=0), brotli.compress(text, quality=9)
    write_whole(path.with_name(path.name + ".gz"), zipped)
    write_whole(path.with_name(path.name + ".br"), brotlied)
    return len(text), len(zipped), len(brotlied)
