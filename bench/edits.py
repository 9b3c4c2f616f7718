"""How soon an edit is seen: `PYTHONPATH=hooks python bench/edits.py FOLDER [PAGES …]`.

The guide is enlarged below FOLDER, built once and served by `mkdocs serve`. Then an entry is saved
several times with a new word and a key that no work has, while Chromium shows its page. Told are
the medians of the seconds until the word is seen and until the problem is, beside a clean build.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright

from inflate import ROOT, inflate

ENTRY = "lessons/l05-trust"
PORT = 8765
EDITS = 7
CHROMIUM = ["--no-sandbox", "--disable-gpu"]
SEEN = "word => document.body?.textContent.includes(word)"
TOLD = "key => document.querySelector('details[role=status]')?.textContent.includes(key)"


def seconds(begin: float) -> float:
    return time.monotonic() - begin


def build(guide: Path) -> float:
    begin = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", guide / "site"],
        cwd=guide,
        check=True,
    )
    return seconds(begin)


def edit(guide: Path, tab: Tab) -> tuple[float, float]:
    """Medians of the seconds until an edit is seen and until its problem is."""
    file = guide / "docs" / f"{ENTRY}.md"
    text, seen, told = file.read_text("utf-8"), [], []
    for number in range(EDITS):
        time.sleep(2)
        begin = time.monotonic()
        new = f"\n\nEdited{number} [@nothing{number}, no. 1].\n\n##"
        file.write_text(text.replace("\n\n##", new, 1), "utf-8")
        tab.wait_for_function(SEEN, arg=f"Edited{number}", polling=10)
        seen.append(seconds(begin))
        tab.wait_for_function(TOLD, arg=f"`nothing{number}`", polling=10)
        told.append(seconds(begin))
    return median(seen), median(told)


def measure(guide: Path, tab: Tab) -> tuple[float, float, float]:
    clean = build(guide)
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{PORT}"],
        cwd=guide,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    try:
        while "Serving on" not in server.stdout.readline():
            pass
        tab.goto(f"http://127.0.0.1:{PORT}/{ENTRY}/")
        return clean, *edit(guide, tab)
    finally:
        server.terminate()
        server.communicate(timeout=10)


def main(folder: Path, sizes: list[int]) -> None:
    print("| pages | clean build, s | edit seen, s | problem seen, s | edit : build |")
    print("|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=CHROMIUM,
        )
        for pages in sizes:
            guide = folder / str(pages)
            shutil.rmtree(guide, ignore_errors=True)
            inflate(ROOT, guide, pages)
            count = len(list((guide / "docs").rglob("*.md")))
            # The page's own policy refuses what Playwright waits with.
            clean, seen, told = measure(guide, browser.new_page(bypass_csp=True))
            print(f"| {count:,} | {clean:.2f} | {seen:.2f} | {told:.2f} | {seen / clean:.2f} |")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), [int(size) for size in sys.argv[2:]] or [200, 2000])
