"""What readers fetch, counted from a built site: bytes as sent, and requests."""

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from guide.files.serving import ANSWERS, HEADERS, is_fingerprinted
from guide.source.reader import read_site

ROOT = Path(__file__).resolve().parent.parent
READERS, PAGES_EACH = 1_000_000, 3
#: Status, type, length, date and ETag, which the server adds to our headers.
OWN_HEADERS = 250
TEXTS = {".bib", ".css", ".html", ".js", ".json", ".ris", ".svg", ".txt", ".xml"}
FETCHED = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


@dataclass(frozen=True)
class Site:
    """A built site; `address` is where its pages say that it stands."""

    folder: Path
    address: str

    @cached_property
    def overhead(self) -> int:
        """The bytes of an answer without its body."""
        ours = HEADERS | ANSWERS["secure"]
        return OWN_HEADERS + sum(len(f"{name}: {value}\r\n") for name, value in ours.items())

    def file(self, path: str) -> Path:
        return self.folder / (path[1:] + "index.html" * path.endswith("/"))

    def weight(self, path: str) -> int:
        raw = self.file(path).read_bytes()
        text = self.file(path).suffix in TEXTS
        return self.overhead + len(gzip.compress(raw) if text else raw)

    def fetched_with(self, page: str) -> frozenset[str]:
        """Paths that a browser fetches to show the page, its stylesheets' files included."""
        found = set(self._own(page, _named_in(self.file(page).read_text("utf-8"))))
        for sheet in [path for path in found if path.endswith(".css")]:
            text = self.file(sheet).read_text("utf-8")
            found.update(self._own(sheet, re.findall(r"url\([\"']?([^\"')]+)", text)))
        return frozenset(found)

    def _own(self, base: str, targets: Iterable[str]) -> Iterable[str]:
        urls = (urljoin(self.address.rstrip("/") + base, target) for target in targets)
        return (urlsplit(url).path for url in urls if url.startswith(self.address))


def _named_in(html: str) -> list[str]:
    found: list[str] = []

    class Fetched(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = {name: value or "" for name, value in attrs}
            if tag == "link" and FETCHED.intersection(given.get("rel", "").split()):
                found.append(given["href"])
            elif tag == "script" or (tag == "img" and given.get("loading") != "lazy"):
                found.extend([given["src"]] if "src" in given else [])

    Fetched().feed(html)
    return found


def weights_of(folder: Path) -> str:
    """The weight of an entry, and what a million readers of three pages cost in a month."""
    project = read_site(ROOT)
    site = Site(folder, project.url)
    weights = sorted((site.weight(page.address), page.address) for page in project.entries)
    weight, entry = weights[len(weights) // 2]
    heaviest, _ = weights[-1]
    assets = site.fetched_with(entry)
    asked_again = sum(not is_fingerprinted(path) for path in assets)
    first = sum(site.weight(path) for path in assets)
    later = PAGES_EACH - 1
    requests = 1 + len(assets) + later * (1 + asked_again)
    sent = PAGES_EACH * weight + first + later * asked_again * site.overhead
    return "\n".join(
        [
            f"entry, compressed by gzip, headers included: median {weight / 1000:.1f} kB,"
            f" heaviest {heaviest / 1000:.1f} kB",
            f"files fetched with {entry}: {len(assets)}, {first / 1000:.1f} kB,"
            f" of which {asked_again} are asked for anew with each page",
            f"a reader of {PAGES_EACH} pages: {requests} requests, {sent / 1000:.1f} kB",
            f"{READERS:,} readers a month: {requests * READERS / 1e6:.0f} million requests,"
            f" {sent * READERS / 1e9:.0f} GB, {requests * READERS / (30 * 86400):.1f} requests/s",
        ]
    )
