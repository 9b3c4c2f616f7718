"""The real guide, built once for all tests that look at the finished site."""

import fcntl
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from builds import build
from guides import ROOT, OpenTab, copy_with_tools
from servers import serving

# What tests read stays until the end: looking for what to forget costs a quarter of the rules.
gc.set_threshold(100_000, 20, 100)

MadeOnce = Callable[[str, Callable[[Path], None]], Path]

# Any request to another host fails at once, and Chromium itself stays quiet.
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """A folder by its name, filled by the first worker of a run that asks for it."""
    own, run = tmp_path_factory.getbasetemp(), os.environ.get("PYTEST_XDIST_TESTRUNUID")
    shared = own.parent / run if run else own

    def made_once(name: str, fill: Callable[[Path], None]) -> Path:
        folder = shared / name
        shared.mkdir(exist_ok=True)
        with folder.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                fill(part := folder.with_suffix(".part"))
                part.rename(folder)
        return folder

    return made_once


@pytest.fixture(scope="session")
def built(made_once: MadeOnce) -> Path:
    """The folder of a strict build of the real guide."""

    def fill(folder: Path) -> None:
        done = build(ROOT, folder / "site", strict=True)
        assert done.returncode == 0, done.stderr
        assert "WARNING" not in done.stderr

    return made_once("built", fill) / "site"


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Where the built guide is served, with its own page for what is not there."""
    with serving(built) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=CHROMIUM,
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[OpenTab]:
    """Opens a tab of a visitor who was never here; takes options such as `color_scheme`.

    It has no service worker, which would fetch in the background, unless it is to have one.
    """
    contexts = []

    def open_tab(**options: object) -> Page:
        contexts.append(browser.new_context(**{"service_workers": "block"} | options))
        return contexts[-1].new_page()

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(request: pytest.FixtureRequest) -> dict[str, object]:
    """Options of a tab; a module whose visitors differ says so as VISITOR."""
    return DESK | getattr(request.module, "VISITOR", {})


@pytest.fixture
def tab(open_tab: OpenTab, visitor: dict[str, object]) -> Page:
    return open_tab(**visitor)


@pytest.fixture(params=["light", "dark"])
def shaded(request: pytest.FixtureRequest, open_tab: OpenTab, visitor: dict[str, object]) -> Page:
    """A tab on a desk, in each scheme in turn."""
    return open_tab(**visitor | DESK | {"color_scheme": request.param})


@pytest.fixture
def plain(open_tab: OpenTab) -> Page:
    """A tab in which scripts are switched off."""
    return open_tab(java_script_enabled=False, viewport={"width": 390, "height": 800})


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """The small guide with the project's commands."""
    return copy_with_tools(tmp_path)
