"""The only module that opens files: a project folder in, a Site out."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pathspec import GitIgnoreSpec

from guide.problems import Problem
from guide.source.bibliography import parse_bibliography
from guide.source.data_files import (
    Activity,
    Glossary,
    Licensed,
    News,
    Outline,
    Plan,
    Slips,
    Statements,
)
from guide.source.documents import Document, known, parse_document
from guide.source.frontmatter import parse_front_matter
from guide.source.markup import parse_markup
from guide.source.model import Page, Site
from guide.source.readable import LONGEST_FILE, LONGEST_PAGE, decode
from guide.source.schema import Schema
from guide.source.search_words import NO_WORDS, SearchWords
from guide.source.settings import Settings

SCHEMA = "data/schema.yml"
OUTLINES = "data/outlines"
BIBLIOGRAPHY = "bibliography.bib"
GLOSSARY = "data/glossary.yml"
LICENCES = "data/licences.yml"
SEARCH_WORDS = "data/search.yml"
PHRASES = "data/phrases.yml"
ACTIVITIES = "data/activities.yml"
PLANS = "data/plans.yml"
NEWS = "data/news.yml"
SLIPS = "data/slips.yml"
SELFCHECK = "data/selfcheck.yml"
LEDGER = "permalinks.txt"
SETTINGS = "mkdocs.yml"
STYLE = "data/harvard.csl"
DOCS = "docs"
#: What MkDocs leaves out of docs/ by itself, before what the settings say.
_EXCLUDED = (".*", "/templates/")
#: Endings of the files below docs/assets/ that pages load by themselves.
LOADED = frozenset({".css", ".js", ".woff2"})


def read_site(root: Path) -> Site:
    """The project below `root`. Authors' mistakes become faults in the data, not errors.

    Without a sound schema and settings nothing else can be judged, so nothing else is read.
    """
    files, documents = _Files(root), dict[str, Document]()

    def data(file: str, form: object, otherwise: object) -> object:
        documents[file] = parse_document(files.text(file), form)
        return otherwise if documents[file].faults else documents[file].data

    schema, settings = data(SCHEMA, Schema, None), data(SETTINGS, Settings, None)
    outlines = tuple(
        outline
        for path in files.below(OUTLINES, _EXCLUDED)
        if path.endswith(".yml")
        and (outline := data(path, Annotated[Outline, known(path=path)], None))
    )
    if not (schema and settings):
        return Site(documents=documents, unread=tuple(files.unread))
    excluded = [*_EXCLUDED, *settings.exclude_docs.splitlines()]
    docs = {path.removeprefix(f"{DOCS}/"): path for path in files.below(DOCS, excluded)}
    files.text(STYLE)
    return Site(
        schema=schema,
        pages=tuple(
            parse_page(where, files.text(path, LONGEST_PAGE), schema, outlines)
            for where, path in docs.items()
            if where.endswith(".md")
        ),
        outlines=outlines,
        works=parse_bibliography(files.text(BIBLIOGRAPHY)),
        glossary=data(GLOSSARY, Glossary, ()),
        licences=data(LICENCES, tuple[Licensed, ...], ()),
        diagrams={
            where: files.text(path) for where, path in docs.items() if where.endswith(".svg")
        },
        loaded={
            where: (root / path).read_bytes()
            for where, path in docs.items()
            if Path(where).suffix in LOADED
        },
        search_words=data(SEARCH_WORDS, SearchWords, NO_WORDS),
        phrases=data(PHRASES, dict[str, tuple[str, ...]], {}),
        activities=data(ACTIVITIES, dict[str, Activity], {}),
        plans=data(PLANS, dict[str, Plan], {}),
        slips=data(SLIPS, Slips, Slips()),
        news=data(NEWS, tuple[News, ...], ()),
        selfcheck=data(SELFCHECK, dict[str, Statements], {}),
        ledger=tuple(files.text(LEDGER).splitlines()),
        assets=frozenset(where for where in docs if not where.endswith(".md")),
        name=settings.site_name,
        url=settings.site_url,
        documents=documents,
        raw=files.raw,
        unread=tuple(files.unread),
    )


def ask_git(root: Path, *arguments: str) -> str:
    """What git answers; nothing where it, or the repository, is not there."""
    if not shutil.which("git"):
        return ""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def parse_page(where: str, text: str, schema: Schema, outlines: tuple[Outline, ...]) -> Page:
    """The page that stands at `where`, relative to docs/."""
    front = parse_front_matter(text)
    index = where.rpartition("/")[2] == "index.md"
    collection = None if index else schema.collection_of(where)
    outline = next((o for o in outlines if where == f"{schema.sources.folder}/{o.name}.md"), None)
    sections = collection.sections if collection else schema.sources.sections if outline else ()
    markup = parse_markup(text, front.end)
    names = schema.ids(collection.named_by) if collection else ()
    return Page(where, front, text[front.end :], markup, collection, outline, sections, names)


class _Files:
    """The project's files; notes what cannot be read. It follows no symbolic link.

    Paths are relative to the project. `raw` holds the bytes of every text that was read.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self.raw: dict[str, bytes] = {}
        self.unread: list[Problem] = []

    def below(self, folder: str, excluded: Iterable[str]) -> list[str]:
        """Every file below `folder`, sorted, but those `excluded` as .gitignore would say it."""
        found, excluded = [], GitIgnoreSpec.from_lines(excluded)
        for place, folders, names in os.walk(self._root / folder):
            for name in folders + names:
                path = Path(place, name)
                where = path.relative_to(self._root).as_posix()
                if excluded.match_file(path.relative_to(self._root / folder)):
                    continue
                if path.is_symlink():
                    self._refuse(where)
                elif name in names:
                    found.append(where)
        return sorted(found)

    def _refuse(self, link: str) -> None:
        self.unread.append(Problem(link, 1, "this is a symbolic link", "put the file itself here"))

    def text(self, path: str, longest: int = LONGEST_FILE) -> str:
        """The text of a file; empty where nobody can read it."""
        file = self._root / path
        if file.is_symlink():
            self._refuse(path)
            return ""
        try:
            with file.open("rb") as stream:
                raw = stream.read(longest + 1)
        except OSError as error:
            fact = f"the file cannot be read: {error.strerror}"
            self.unread.append(Problem(path, 1, fact, "put it back"))
            return ""
        self.raw[path] = raw
        text, fault = decode(raw, longest)
        if fault:
            self.unread.append(Problem(path, fault.line, fault.fact, fault.hint))
        return text
