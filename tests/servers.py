"""The project's nginx configuration, run on this machine for a folder of files.

Root starts them as the user nobody, who has no right but to read the site and write to `work`.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guides import ROOT

SERVED = "/srv/guide/current"
NGINX = "/usr/sbin/nginx"
NOBODY = 65534
GUIDE = (ROOT / "serving/guide.conf").read_text("utf-8")


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
    with run([*prefix, NGINX, "-c", str(work / "nginx.conf")], port) as address:
        yield address


@contextmanager
def plain(site: Path) -> Iterator[str]:
    """The address of a host that takes no headers from us."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    with run([*command, "--directory", str(site)], port) as address:
        yield address


@contextmanager
def run(command: list[str], port: int) -> Iterator[str]:
    """The address where the server answers that `command` starts, until the block ends."""
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=10)


def as_nobody(work: Path) -> list[str]:
    """What precedes the command of a server that may write to `work`."""
    if os.geteuid() != 0:
        return []
    os.chown(work, NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def _wait_for(port: int, server: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    server.terminate()
    raise RuntimeError(f"the server did not start: {server.communicate(timeout=10)[1]}")
