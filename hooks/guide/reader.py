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
from guide.problems import Fault
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
    return Site(
        schema=schema,
        pages=tuple(
            read_page(path, docs, schema, outlines) for path in files if path.suffix == ".md"
        ),
        outlines=outlines,
        works=parse_bibliography((root / BIBLIOGRAPHY).read_text("utf-8")),
        glossary=parse_glossary((root / GLOSSARY).read_text("utf-8")),
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
        ledger=tuple((root / LEDGER).read_text("utf-8").split("\n")[:-1]),
        assets=frozenset(p.relative_to(docs).as_posix() for p in files if p.suffix != ".md"),
        url=_setting(configuration, "site_url"),
        repository=_setting(configuration, "repo_url"),
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


def read_page(path: Path, docs: Path, schema: Schema, outlines: tuple[Outline, ...]) -> Page:
    text, fault = _decode(path.read_bytes())
    return parse_page(path.relative_to(docs).as_posix(), text, schema, outlines, fault)


def parse_page(
    where: str, text: str, schema: Schema, outlines: tuple[Outline, ...], fault: Fault | None = None
) -> Page:
    """The page that stands at `where`, relative to docs/."""
    front = parse_front_matter(text)
    index = where.rpartition("/")[2] == "index.md"
    collection = None if index else schema.collection_of(where)
    outline = next((o for o in outlines if where == f"{schema.sources.folder}/{o.name}.md"), None)
    sections = collection.sections if collection else schema.sources.sections if outline else ()
    return Page(where, front, parse_markup(text, front.end), collection, outline, sections, fault)


def _decode(raw: bytes) -> tuple[str, Fault | None]:
    """The text with line ends as MkDocs reads them, and where it is not UTF-8."""
    try:
        text, fault = raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        text = raw.decode("utf-8-sig", errors="replace")
        fault = Fault(line, "the file is not UTF-8", "save it with the encoding UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n"), fault
