"""What a usual MkDocs site says of the mistakes in data/faults.yml: `python bench/faults.py`.

The peer is built from the same pages and mkdocs.yml with MkDocs in strict mode, Material and
mkdocs-bibtex, but without our hook and templates; then once more with mkdocs-htmlproofer-plugin,
which is fetched into a temporary folder and looks at links within the site only.

To be quick, the peer holds the pages in which a mistake is made and, of those that they link to,
the fields and headings. A mistake is caught if the build says something that it does not say of
the clean pages. The outcome is written to data/faults-elsewhere.yml, which docs/faults.md shows:

    line: a message names the file and a line    file: a message names the file
    told: a message names no file                silent: no message
    none: the peer has no such file
"""

import logging
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from mkdocs.commands.build import build  # noqa: E402
from mkdocs.config import load_config  # noqa: E402

from guide.blanking import blank_code  # noqa: E402
from guide.faults import FaultExample  # noqa: E402
from guide.model import Page, Site  # noqa: E402
from guide.reader import BIBLIOGRAPHY, FAULTS_ELSEWHERE, SETTINGS, read_site  # noqa: E402
from mistakes import made  # noqa: E402

PROOFER = "mkdocs-htmlproofer-plugin==1.6.0"
#: Lines of mkdocs.yml that make it our site and not the peer's, and what stands there instead.
OURS = (
    (r"^hooks:.*\n", ""),
    (r"^  name: null\n", "  name: material\n"),
    (r"^  (?:custom_dir|static_templates):.*\n", ""),
)
WITH_PROOFER = (r"^plugins:\n", "plugins:\n  - htmlproofer: {validate_external_urls: false}\n")
#: mkdocs-bibtex says this of each citation with a place, right or wrong.
SAID_OF_EVERY_PLACE = "Affixes not supported"
STRICT_COUNT = re.compile(r"Aborted with \d+ warnings?")


class Messages(logging.Handler):
    """Collects what a build says at the level of a warning and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        if not record.getMessage().startswith(SAID_OF_EVERY_PLACE):
            self.texts[record.getMessage()] += 1


def reduced_copy(site: Site, root: Path) -> None:
    """The pages in which a mistake is made, whole; those that they link to, without their text."""
    touched = {example.file for example in site.faults}
    whole = [page for page in site.pages if page.file in touched or page.path == "index.md"]
    linked = {page.path_to(link.target) for page in whole for link in page.markup.links}
    for page in site.pages:
        if page in whole or page.path in linked:
            file = root / page.file
            file.parent.mkdir(parents=True, exist_ok=True)
            text = site.texts[page.file]
            file.write_text(text if page in whole else _without_text(page, text), "utf-8")
    for path in (*site.assets, BIBLIOGRAPHY, SETTINGS):
        source = Path(path) if path in (BIBLIOGRAPHY, SETTINGS) else Path("docs", path)
        (root / source).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / source, root / source)


def _without_text(page: Page, text: str) -> str:
    headings = {heading.line for heading in page.markup.headings}
    lines = enumerate(blank_code(text).split("\n"), 1)
    return text[: page.front.end] + "".join(f"\n{x}\n" for n, x in lines if n in headings)


def messages_of(root: Path, *changes: tuple[str, str]) -> Counter[str]:
    """What the peer's build says, its end included, with mkdocs.yml changed."""
    messages, text = Messages(), (root / SETTINGS).read_text("utf-8")
    for pattern, by in (*OURS, *changes):
        text = re.sub(pattern, by, text, flags=re.M)
    config = root / "peer.yml"
    config.write_text(text, "utf-8")
    log = logging.getLogger("mkdocs")
    log.addHandler(messages)
    try:
        loaded = load_config(str(config), strict=True, site_dir=str(root / "site"))
        loaded.plugins.run_event("startup", command="build", dirty=False)
        build(loaded)
    except (Exception, SystemExit) as error:
        if not STRICT_COUNT.search(str(error)):
            messages.texts[f"{type(error).__name__}: {error}"] += 1
    finally:
        log.removeHandler(messages)
    return Counter({text.replace(str(root), ""): n for text, n in messages.texts.items()})


def outcome(example: FaultExample, said: Counter[str]) -> str:
    """How well the messages lead to the mistake."""
    file = example.file.removeprefix("docs/")
    address = file.removesuffix(".md").removesuffix("index")
    names = [text for text in said if any(n in text for n in (file, address, "peer.yml"))]
    if any(re.search(r"\bline \d+|:\d+:", text) for text in names):
        return "line"
    return "file" if names else "told" if said else "silent"


def main() -> int:
    site = read_site(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        root, packages = Path(folder, "guide"), Path(folder, "packages")
        reduced_copy(site, root)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(packages)]
        subprocess.run([*pip, PROOFER], check=True)
        sys.path.append(str(packages))
        peers = {"mkdocs": (), "htmlproofer": (WITH_PROOFER,)}
        clean = {name: messages_of(root, *changes) for name, changes in peers.items()}
        found: dict[str, dict[str, str]] = {}
        for number, example in enumerate(site.faults, 1):
            print(f"\r{number} of {len(site.faults)}", end="", file=sys.stderr, flush=True)
            if not example.file.startswith(("docs/", BIBLIOGRAPHY, SETTINGS)):
                found[example.did] = dict.fromkeys(peers, "none")
                continue
            with made(example, root):
                found[example.did] = {
                    name: outcome(example, messages_of(root, *changes) - clean[name])
                    for name, changes in peers.items()
                }
    head = f"# Written by bench/faults.py; the words are explained there. With {PROOFER}.\n"
    body = yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=1000)
    (ROOT / FAULTS_ELSEWHERE).write_text(head + body, "utf-8")
    for name in peers:
        print(f"\n{name}: {dict(Counter(each[name] for each in found.values()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
