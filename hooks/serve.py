"""The guide while it is written: `python hooks/serve.py [--port PORT]`, known as `make serve`.

With hooks/mkdocs_hooks.py all that imports MkDocs. Pages are made by MkDocs' own functions, one
by one, so that an edit is seen at once and looks as in a build.
"""

import argparse
import gc
import logging
import os
import sys
import threading
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config import load_config
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from guide.source.model import Site
from guide.preview import Preview, make_server
from guide.source.reader import SETTINGS, read_site
from mkdocs_hooks import generated_files

ROOT = Path(__file__).resolve().parent.parent
#: What the guide is made from.
WATCHED = ("docs", "data", "hooks", "overrides")
#: Seconds without a further change after which a change counts as saved.
SETTLED = 0.05


class MkDocsEdition:
    """The site that MkDocs would build, made file by file. Writes below `folder`."""

    def __init__(self, root: Path, folder: Path, site: Site) -> None:
        config = load_config(str(root / SETTINGS), site_dir=str(folder))
        config.extra["site"] = site
        config.plugins.on_startup(command="serve", dirty=False)
        self._config = config = config.plugins.on_config(config)
        self._environment = config.theme.get_env()
        files = get_files(config)
        files.add_files_from_theme(self._environment, config)
        self._files = files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        self._navigation = get_navigation(files, config)
        self._pages = files.documentation_pages()
        for file in self._pages:
            if file.page is None:
                Page(None, file, config)
        self._environment = config.plugins.on_env(self._environment, config=config, files=files)
        self._by_path = {file.dest_uri: file for file in files if file.inclusion.is_included()}
        self._made: dict[str, bytes | None] = {}
        self._one_at_a_time = threading.Lock()

    def source(self, path: str) -> str:
        file = self._by_path.get(path)
        return f"docs/{file.src_uri}" if file and file.page else ""

    def content(self, path: str) -> bytes | None:
        with self._one_at_a_time:
            if path not in self._made:
                self._made[path] = self._make(path)
            return self._made[path]

    def _make(self, path: str) -> bytes | None:
        file, config = self._by_path.get(path), self._config
        if file and file.page:
            _populate_page(file.page, config, self._files)
            _build_page(file.page, config, self._pages, self._navigation, self._environment)
            return Path(file.abs_dest_path).read_bytes()
        if file:
            return file.content_bytes
        name = path.removesuffix(".gz")
        if name in config.theme.static_templates:
            _build_theme_template(name, self._environment, self._files, config, self._navigation)
            return Path(config.site_dir, path).read_bytes()
        text = self._generated.get(path)
        return None if text is None else text.encode("utf-8")

    @cached_property
    def _generated(self) -> dict[str, str]:
        return {
            path: text for make in generated_files(self._config) for path, text in make().items()
        }


class Watch(FileSystemEventHandler):
    """Collects the paths of files that change."""

    def __init__(self, root: Path) -> None:
        self._changed: SimpleQueue[Path] = SimpleQueue()
        observer = Observer()
        # Reading a file is an event too.
        kinds = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
        observer.schedule(self, str(root), event_filter=kinds)
        for folder in WATCHED:
            observer.schedule(self, str(root / folder), recursive=True, event_filter=kinds)
        observer.start()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if "__pycache__" not in event.src_path:
            self._changed.put(Path(event.src_path))

    def wait(self) -> set[Path]:
        """The files that changed, as soon as there are any and no further one follows."""
        changed = {self._changed.get()}
        with suppress(Empty):
            while True:
                changed.add(self._changed.get(timeout=SETTLED))
        return changed


def refresh(preview: Preview) -> None:
    """Read the project anew and print its problems; what goes wrong beside them can be mended."""
    try:
        preview.refresh()
    except (Exception, SystemExit):
        logging.exception("the pages could not be made")
    problems = preview.state.problems or ()
    for problem in problems:
        print(problem.as_text())
    print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}", flush=True)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args(arguments).port
    logging.getLogger("mkdocs").setLevel(logging.ERROR)  # Our own checks tell of the rest.
    print("Reading the guide", flush=True)
    watch = Watch(ROOT)
    with TemporaryDirectory(prefix="guide_") as folder:
        preview = Preview(ROOT, lambda site: MkDocsEdition(ROOT, Path(folder), site))
        refresh(preview)
        mount = urlsplit(read_site(ROOT).url).path or "/"
        with make_server(preview, "127.0.0.1", port, mount) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            print(f"Serving on http://127.0.0.1:{server.server_port}{mount}", flush=True)
            while True:
                gc.unfreeze()  # What was kept for the edition before can go.
                gc.collect()
                gc.disable()
                if any(path.is_relative_to(ROOT / "hooks") for path in watch.wait()):
                    print("The code has changed: starting anew", flush=True)
                    os.execv(sys.executable, [sys.executable, *sys.argv])
                refresh(preview)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
