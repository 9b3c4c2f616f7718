"""The whole guide in one file, and the service worker that keeps it on a reader's device."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jinja2 import Template

from guide.files.serving import ANSWERS, HEADERS

#: What pages are, show and load. No download is among it.
_PARTS = ("**/*.html", "assets/**/*.*", "search/**/*.json", "*/qr.svg")


def write_offline(folder: Path, worker: Template, day: date | None) -> None:
    """Add both to the built site in `folder`; `day` is that of the build."""
    sha256, part = hashlib.sha256(), folder / "offline.part"
    with part.open("wb") as whole:
        for row in _rows(folder):
            sha256.update(row)
            whole.write(row)
    file = part.rename(folder / f"offline.{sha256.hexdigest()[:8]}.json")
    told = {"file": file.name, "bytes": file.stat().st_size, "day": day and f"{day:%-d %B %Y}"}
    told["digest"] = b64encode(sha256.digest()).decode()
    text = worker.render(whole=told, headers=HEADERS, fingerprinted=ANSWERS["fingerprinted"])
    (folder / "sw.js").write_text(text, "utf-8")


def _rows(folder: Path) -> Iterator[bytes]:
    """The parts of a JSON object: texts by address, fonts in base64; one after the other."""
    files = {file for part in _PARTS for file in folder.glob(part) if file.suffix != ".txt"}
    before = "{"
    for file in sorted(files):
        is_font, path = file.suffix == ".woff2", file.relative_to(folder).as_posix()
        text = b64encode(file.read_bytes()).decode() if is_font else file.read_text("utf-8")
        row = json.dumps(path.removesuffix("index.html")), json.dumps(text, ensure_ascii=False)
        yield f"{before}{': '.join(row)}".encode()
        before = ", "
    yield b"}"
