"""The whole guide in one file, and the service worker that keeps it on a reader's device."""

import hashlib
import json
from base64 import b64encode
from datetime import date
from pathlib import Path

from jinja2 import Template

from guide.files.assets import digest
from guide.files.serving import ANSWERS, HEADERS

#: What pages are, show and load. No download is among it.
_PARTS = ("**/*.html", "assets/**/*.*", "search/**/*.json", "*/qr.svg")


def write_offline(folder: Path, worker: Template, day: date | None) -> None:
    """Add both to the built site in `folder`; `day` is that of the build."""
    content = json.dumps(_texts(folder), ensure_ascii=False).encode()
    name, sha256 = f"offline.{digest(content)}.json", b64encode(hashlib.sha256(content).digest())
    whole = {"file": name, "bytes": len(content), "digest": sha256.decode()}
    whole["day"] = day and f"{day:%-d %B %Y}"
    (folder / name).write_bytes(content)
    fingerprinted = "|".join(ANSWERS["fingerprinted"])
    text = worker.render(whole=whole, headers=HEADERS, fingerprinted=fingerprinted)
    (folder / "sw.js").write_text(text, "utf-8")


def _texts(folder: Path) -> dict[str, str]:
    """By address, as UTF-8; fonts in base64."""
    files = sorted({file for part in _PARTS for file in folder.glob(part)})
    return {
        file.relative_to(folder).as_posix().removesuffix("index.html"): (
            b64encode(file.read_bytes()).decode()
            if file.suffix == ".woff2"
            else file.read_text("utf-8")
        )
        for file in files
        if file.suffix != ".txt"
    }
