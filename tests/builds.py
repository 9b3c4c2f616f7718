"""Builds of the site in a process of their own, as on a contributor's machine; and their server."""

import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from guides import ROOT

PROJECT = (
    "docs",
    "data",
    "hooks",
    "overrides",
    "serving",
    "bibliography.bib",
    "permalinks.txt",
    "mkdocs.yml",
)


def copy_project(folder: Path) -> Path:
    """What the build needs, copied below `folder`, to be changed there."""
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / name)
    return folder


def build(
    project: Path, site: Path, *, strict: bool, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """MkDocs run on `project`, writing to `site`. Its messages are in `stderr`."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)]
    quiet = {"SOURCE_DATE_EPOCH": "1700000000", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        command + (["--strict"] if strict else []),
        cwd=project,
        env=os.environ | quiet | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@contextmanager
def serving(site: Path, lost: Path | None = None) -> Iterator[str]:
    """The address where a folder is served; what is not there gets `lost`, or its own 404.html."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def send_error(self, code: int, *args: object) -> None:
            page = (lost or site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
