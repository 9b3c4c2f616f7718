"""Web servers for a test: of this process, and nginx with the project's configuration.

Root starts nginx as the user nobody, who has no right but to read the site and write to `work`.
"""

import http.server
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from guides import ROOT

SERVED = "/srv/guide/current"
NGINX = "/usr/sbin/nginx"
NOBODY = 65534
GUIDE = (ROOT / "serving/guide.conf").read_text("utf-8")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Sends a whole answer; `Content_Type` is the header of that name."""
        self.send_response(status)
        for name, value in (headers | {"Content_Length": str(len(body))}).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def answering(handler: Callable[..., Quiet]) -> Iterator[str]:
    """The address where `handler` answers until the block ends."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def serving(site: Path, lost: Path | None = None) -> Iterator[str]:
    """The address where a folder is served; what is not there gets `lost`, or its own 404.html."""

    class Site(Quiet):
        def send_error(self, code: int, *args: object) -> None:
            page = (lost or site / "404.html").read_bytes()
            self.answer(code, page, Content_Type="text/html; charset=utf-8")

    with answering(partial(Site, directory=site)) as address:
        yield address


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def nginx(site: Path, work: Path, server: str = GUIDE) -> Iterator[str]:
    """The address of nginx as the container runs it, with its files in the folder `work`."""
    port = free_port()
    prefix = as_nobody(work)
    placed = server.replace(SERVED, str(site)).replace("listen 8080", f"listen 127.0.0.1:{port}")
    (work / "guide.conf").write_text(placed, "utf-8")
    whole = (ROOT / "serving/nginx.conf").read_text("utf-8")
    whole = whole.replace("/etc/nginx/conf.d", str(work)).replace("/run/guide", str(work))
    (work / "nginx.conf").write_text(whole, "utf-8")
    with running([*prefix, NGINX, "-c", str(work / "nginx.conf")], port) as address:
        yield address


def as_nobody(work: Path) -> list[str]:
    """What precedes the command of a server that may write to `work`."""
    if os.geteuid() != 0:
        return []
    os.chown(work, NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


@contextmanager
def running(command: list[str], port: int, cwd: Path = ROOT) -> Iterator[str]:
    """The address where the server answers that `command` starts, until the block ends."""
    server = subprocess.Popen(command, cwd=cwd, start_new_session=True)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 150
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")
