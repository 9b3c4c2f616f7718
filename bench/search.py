"""Compares search engines on bench/queries.yml: `python bench/search.py SITE CACHE [--misses]`.

SITE is the built guide, CACHE a folder for what the peers need. Every question is typed in
Chromium, where the engine has an interface of its own. Told is how often the right page is the
first, and among the first three:

- guide: the dialog of the built guide.
- Material: the search that Material for MkDocs ships, on the same Markdown (aliases are not in it).
- Pagefind: its own index and ranking over the built guide, asked by its script.
- Pagefind, aliases: the same with each entry's aliases as text of weight 7 on its page.
- BM25: plain scores over titles, summaries, aliases and text of the same pages; no stems, k1 1.2,
  b 0.75.
"""

import http.server
import math
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from guide.source.model import Site  # noqa: E402
from guide.source.reader import read_site  # noqa: E402

PAGEFIND = "pagefind[bin]==1.5.2"
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
STOCK = """\
site_name: Guide
site_url: https://guide.example/
theme: {name: material, font: false, features: [search.suggest, search.highlight]}
markdown_extensions: [attr_list, tables, admonition, footnotes]
plugins: [search]
"""

Ask = Callable[[str], list[str]]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def typed(tab: Tab, box: str, results: str, settled: str) -> Ask:
    """Types a question into `box` and reads the addresses of the results."""

    def ask(question: str) -> list[str]:
        tab.fill(box, "")
        tab.locator(box).press_sequentially(question, delay=2)
        tab.wait_for_timeout(120)
        tab.wait_for_function(settled)
        return tab.eval_on_selector_all(results, "links => links.slice(0, 12).map(a => a.href)")

    return ask


def guide(tab: Tab, address: str) -> Ask:
    tab.goto(address + "/about/")
    tab.keyboard.press("Control+k")
    return typed(tab, "dialog.search input", "dialog.search .card__link", "true")


def material(tab: Tab, address: str) -> Ask:
    tab.goto(address + "/about/")
    tab.click(".md-search__input")
    tab.wait_for_timeout(1500)
    # A page's sections are further links of the same result; only its first counts.
    first = ".md-search-result__item > a.md-search-result__link:first-child"
    return typed(tab, ".md-search__input", first, "true")


def pagefind(tab: Tab, address: str) -> Ask:
    tab.goto(address + "/about/")
    tab.evaluate(
        "address => import(address + '/pagefind/pagefind.js').then(p => (window.engine = p))",
        address,
    )
    ask = """async question => {
        const {results} = await engine.search(question);
        return (await Promise.all(results.slice(0, 12).map(r => r.data()))).map(d => d.url);
    }"""
    return lambda question: tab.evaluate(ask, question)


def bm25(site: Site) -> Ask:
    def words(text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())

    texts = {
        page.address: Counter(
            words(" ".join((page.title, page.summary, *site.sought_by(page), page.markup.plain)))
        )
        for page in site.pages
    }
    lengths = {address: sum(found.values()) for address, found in texts.items()}
    mean = sum(lengths.values()) / len(lengths)

    def score(address: str, question: str) -> float:
        total = 0.0
        for word in words(question):
            holding = sum(word in found for found in texts.values())
            rarity = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            count = texts[address][word]
            total += rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * lengths[address] / mean))
        return total

    return lambda question: sorted(texts, key=lambda a: -score(a, question))[:12]


def right_address(site: Site, name: str) -> str:
    """Where a right answer of the queries stands: an id, or a path with or without its anchor."""
    if name in site.entry:
        return site.entry[name].address
    path, _, anchor = name.partition("#")
    return f"/{path}/" + (f"#{anchor}" if anchor else "")


def place(found: list[str], right: list[str]) -> int:
    """The place, from 1, of the first right page; 0 where it is not among the pages found."""
    pages = list(dict.fromkeys(_page(address) for address in found))
    wanted = [_page(address) for address in right]
    return next((n for n, page in enumerate(pages, 1) if page in wanted), 0)


def _page(address: str) -> str:
    """The path of an address; in the two lists that share a page, with its anchor."""
    parts = urlsplit(address)
    path = re.sub(r"index\.html$", "", parts.path)
    return f"{path}#{parts.fragment}" if path in ("/glossary/", "/references/") else path


def environment(cache: Path) -> Path:
    folder = cache / "pagefind"
    if not (folder / "done").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [folder / "bin/python", "-m", "pip", "--disable-pip-version-check", "-qq"]
        subprocess.run([*pip, "install", PAGEFIND], check=True)
        (folder / "done").touch()
    return folder / "bin/python"


def index_with_pagefind(site: Site, built: Path, cache: Path, *, aliases: bool) -> Path:
    """A copy of the built guide with the index of Pagefind."""
    copy = cache / ("aliases" if aliases else "plain")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(built, copy)
    for page in site.pages:
        file = copy / page.address.strip("/") / "index.html"
        html = file.read_text("utf-8").replace("<main ", "<main data-pagefind-body ", 1)
        if aliases:
            words = ", ".join(site.sought_by(page))
            html = html.replace("</main>", f'<p data-pagefind-weight="7">{words}</p></main>')
        file.write_text(html, "utf-8")
    subprocess.run([environment(cache), "-m", "pagefind", "--site", copy, "--silent"], check=True)
    return copy


def build_stock(cache: Path) -> Path:
    project = cache / "stock"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(ROOT / "docs", project / "docs")
    (project / "mkdocs.yml").write_text(STOCK, "utf-8")
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(build, cwd=project, check=True, stderr=subprocess.DEVNULL)
    return project / "site"


def measure(name: str, ask: Ask, site: Site, queries: list[dict], *, misses: bool) -> None:
    places = {}
    for query in queries:
        right = [right_address(site, given) for given in query["right"]]
        found = ask(query["query"])
        places[query["query"]] = place(found, right)
        if misses and places[query["query"]] != 1 and query["set"] == "tune":
            first = [_page(address) for address in found[:3]]
            print(f"  {places[query['query']]:2} {query['query']!r} {query['right']}: {first}")
    for part in ("tune", "held"):
        told = [places[q["query"]] for q in queries if q["set"] == part]
        first, three = (sum(0 < p <= n for p in told) / len(told) for n in (1, 3))
        print(f"{name:18} {part:5} first {first:5.0%}   first three {three:5.0%}   of {len(told)}")
    kinds = {
        q["kind"]: [places[p["query"]] for p in queries if p["kind"] == q["kind"]] for q in queries
    }
    print(
        f"{'':18} in the first three: "
        + ", ".join(f"{k} {sum(0 < p <= 3 for p in v)}/{len(v)}" for k, v in kinds.items())
    )


def main(arguments: list[str]) -> None:
    built, cache = Path(arguments[0]).resolve(), Path(arguments[1]).resolve()
    misses, only = "--misses" in arguments, "--guide" in arguments
    cache.mkdir(parents=True, exist_ok=True)
    site = read_site(ROOT)
    queries = yaml.safe_load((ROOT / "bench/queries.yml").read_text("utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=CHROMIUM,
        )

        def compare(name: str, folder: Path, engine: Callable[[Tab, str], Ask]) -> None:
            with served(folder) as address:
                tab = browser.new_page(bypass_csp=True)
                measure(
                    name, engine(tab, address), site, queries, misses=misses and name == "guide"
                )
                tab.close()

        compare("guide", built, guide)
        if not only:
            compare("Material", build_stock(cache), material)
            compare("Pagefind", index_with_pagefind(site, built, cache, aliases=False), pagefind)
            compare(
                "Pagefind, aliases", index_with_pagefind(site, built, cache, aliases=True), pagefind
            )
            measure("BM25", bm25(site), site, queries, misses=False)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
