"""The guide in a browser while it is written: pages as they stand on the disk, with their problems.

A page is made when it is asked for. Browsers are told of a new edition at once, and of its
problems as soon as they are known.
"""

import json
import mimetypes
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from guide.source.model import Site
from guide.problems import Problem
from guide.source.reader import read_site
from guide.rules import FATAL, find_problems
from guide.files.serving import LASTING, is_fingerprinted

#: Where the preview's own files are served, below no page of the guide.
OWN = "/-/"
EVENTS = f"{OWN}events"
_OWN_FILES = Path(__file__).parents[1] / "preview"
_NOTICE = '<!doctype html><html lang="en-GB"><title>No page</title><body><p>{}</p></body></html>'
_NO_EDITION = "The guide cannot be shown until the problems below are mended."
_NOT_MADE = "This page could not be made. The terminal says why."
#: Seconds after which a silent browser is asked whether it is still there.
_PULSE = 15


class Edition(Protocol):
    """The files of the site as of one reading of the project, by path: `lessons/index.html`."""

    def content(self, path: str) -> bytes | None:
        """The bytes that a clean build would write there; None where it writes nothing."""

    def source(self, path: str) -> str:
        """The file, relative to the project, that the page at `path` is written in, or nothing."""


@dataclass(frozen=True)
class State:
    """What browsers are told. `problems` are None until they have been looked for."""

    version: str = ""
    problems: tuple[Problem, ...] | None = None

    def as_json(self) -> str:
        told = self.problems and [(p.path, p.line, p.code, p.fact, p.hint) for p in self.problems]
        return json.dumps({"version": self.version, "problems": told})


class Preview:
    """The latest edition that could be made, and the state of the project."""

    def __init__(self, root: Path, make_edition: Callable[[Site], Edition]) -> None:
        self._root = root
        self._make_edition = make_edition
        self._news = threading.Condition()
        self.edition: Edition | None = None
        self.state = State()

    def refresh(self) -> None:
        """Read the project anew. Where no pages can be made, the edition before stays."""
        site = read_site(self._root)
        if not find_problems(site, FATAL):
            self.edition = self._make_edition(site)
            self._tell(State(version=str(time.time_ns())))
        self._tell(replace(self.state, problems=tuple(find_problems(site))))

    def _tell(self, state: State) -> None:
        with self._news:
            self.state = state
            self._news.notify_all()

    def wait_for_news(self, known: State) -> State:
        """The state, as soon as it is another than `known` or a while has passed."""
        with self._news:
            self._news.wait_for(lambda: self.state != known, timeout=_PULSE)
            return self.state


def make_server(preview: Preview, address: str, port: int, mount: str) -> ThreadingHTTPServer:
    """A server, not yet running, of the guide below the path `mount`, which ends with `/`."""
    return _Server((address, port), partial(_Handler, preview, mount))


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away before it has its answer is no error."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, preview: Preview, mount: str, *rest: object) -> None:
        self._preview = preview
        self._mount = mount
        super().__init__(*rest)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == EVENTS:
            self._send_events()
        elif path.startswith(OWN):
            self._send_own(path.removeprefix(OWN))
        elif path.startswith(self._mount):
            self._send_file(self._preview.edition, path.removeprefix(self._mount))
        else:
            self._redirect(self._mount)

    def _send_file(self, edition: Edition | None, path: str) -> None:
        """The file, or what a static host sends in its place: the way to a folder, or page 404."""
        file = path + "index.html" if path.endswith("/") or not path else path
        if edition is None:
            self._send_page(503, _NOTICE.format(_NO_EDITION).encode())
            return
        try:
            content = edition.content(file)
            is_folder = content is None and edition.content(f"{path}/index.html") is not None
            lost = b"" if content or is_folder else edition.content("404.html")
        except Exception:  # Whatever a template or an extension raises while somebody works on it.
            traceback.print_exc()
            self._send_page(500, _NOTICE.format(_NOT_MADE).encode())
            return
        if is_folder:
            self._redirect(f"{self._mount}{path}/")
        elif content is None:
            self._send_page(404, lost or b"")
        elif file.endswith(".html"):
            self._send_page(200, content, edition.source(file))
        else:
            self._send(200, file, content)

    def _send_page(self, status: int, html: bytes, source: str = "") -> None:
        """The page with the script that follows edits and shows problems."""
        version = self._preview.state.version
        script = (
            f'<script src="{OWN}preview.js" data-version="{version}" data-file="{source}"></script>'
        )
        before, end, after = html.rpartition(b"</body>")
        self._send(status, "index.html", before + script.encode() + end + after)

    def _send_own(self, name: str) -> None:
        file = next((file for file in _OWN_FILES.iterdir() if file.name == name), None)
        if file:
            self._send(200, name, file.read_bytes())
        else:
            self.send_error(404)

    def _send(self, status: int, name: str, content: bytes) -> None:
        """`content`, of the kind that the ending of `name` says."""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        text = kind.startswith("text/") or kind.endswith(("javascript", "json"))
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        lasting = is_fingerprinted(self.path.removeprefix(self._mount[:-1]))
        self.send_header("Cache-Control", LASTING if lasting else "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def _send_events(self) -> None:
        """Each new state as a line of an event stream, until the browser goes away."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        state = self._preview.state
        while True:
            try:
                self.wfile.write(f"data: {state.as_json()}\n\n".encode())
                self.wfile.flush()
            except OSError:
                return
            state = self._preview.wait_for_news(state)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal is for problems."""
