"""The only module that opens files: a project folder in, a Site out."""

import re
from pathlib import Path

import yaml

from guide.bibliography import parse_bibliography
from guide.fingerprints import LOADED
from guide.frontmatter import parse_front_matter
from guide.glossary import parse_glossary
from guide.licences import parse_licences
from guide.markup import parse_markup
from guide.model import Item, Outline, Page, Site
from guide.schema import Schema, parse_schema
from guide.search_words import parse_search_words

SCHEMA = "data/schema.yml"
OUTLINES = "data/outlines"
BIBLIOGRAPHY = "bibliography.bib"
GLOSSARY = "data/glossary.yml"
LICENCES = "data/licences.yml"
DIAGRAMS = "assets/diagrams/"
SEARCH_WORDS = "data/search.yml"
LEDGER = "permalinks.txt"
STYLE = "data/harvard.csl"

_SETTING = r"^{}:[ \t]*[\"']?([^\s\"'#]+)"


def read_site(root: Path) -> Site:
    """The project below `root`. Authors' mistakes become faults in the data, not errors."""
    schema = parse_schema((root / SCHEMA).read_text("utf-8"))
    outlines = tuple(read_outline(path, root) for path in sorted((root / OUTLINES).glob("*.yml")))
    docs = root / "docs"
    files = sorted(path for path in docs.rglob("*") if path.is_file())
    configuration = (root / "mkdocs.yml").read_text("utf-8")
    texts = [root / name for name in (BIBLIOGRAPHY, GLOSSARY, LEDGER)]
    texts += [path for path in files if path.suffix == ".md"]
    raw = {path.relative_to(root).as_posix(): path.read_bytes() for path in texts}
    return Site(
        schema=schema,
        pages=tuple(
            parse_page(path.removeprefix("docs/"), _decode(content), schema, outlines)
            for path, content in raw.items()
            if path.endswith(".md")
        ),
        outlines=outlines,
        works=parse_bibliography(_decode(raw[BIBLIOGRAPHY])),
        glossary=parse_glossary(_decode(raw[GLOSSARY])),
        licences=parse_licences((root / LICENCES).read_text("utf-8")),
        diagrams={
            path.relative_to(docs).as_posix(): path.read_text("utf-8")
            for path in sorted((docs / DIAGRAMS).glob("*.svg"))
        },
        loaded={
            path.relative_to(docs).as_posix(): path.read_bytes()
            for path in files
            if path.suffix in LOADED
        },
        search_words=parse_search_words((root / SEARCH_WORDS).read_text("utf-8")),
        ledger=tuple(_decode(raw[LEDGER]).splitlines()),
        assets=frozenset(p.relative_to(docs).as_posix() for p in files if p.suffix != ".md"),
        url=_setting(configuration, "site_url"),
        repository=_setting(configuration, "repo_url"),
        raw=raw,
    )


def _setting(configuration: str, name: str) -> str:
    found = re.search(_SETTING.format(name), configuration, re.M)
    return found[1] if found else ""


def read_outline(path: Path, root: Path) -> Outline:
    text = path.read_text("utf-8")
    raw = yaml.load(text, Loader=yaml.CSafeLoader)
    lines = {
        found[1]: text.count("\n", 0, found.start()) + 1
        for found in re.finditer(r"^[ \t]*- \{id: \"([^\"]+)\"", text, re.M)
    }
    items = tuple(
        Item(path.stem, item["id"], item["locator"], item["label"], lines[item["id"]])
        for item in raw["items"]
    )
    where = path.relative_to(root).as_posix()
    return Outline(path.stem, where, raw["work"], raw.get("note", ""), items)


def parse_page(where: str, text: str, schema: Schema, outlines: tuple[Outline, ...]) -> Page:
    """The page that stands at `where`, relative to docs/."""
    front = parse_front_matter(text)
    index = where.rpartition("/")[2] == "index.md"
    collection = None if index else schema.collection_of(where)
    outline = next((o for o in outlines if where == f"{schema.sources.folder}/{o.name}.md"), None)
    sections = collection.sections if collection else schema.sources.sections if outline else ()
    return Page(where, front, parse_markup(text, front.end), collection, outline, sections)


def _decode(raw: bytes) -> str:
    """The text with line ends as MkDocs reads them; KB100 tells where it is not UTF-8."""
    text = raw.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
