"""A larger guide made of this one: `PYTHONPATH=hooks python bench/inflate.py PAGES FOLDER`.

Numbered entries are copied in rounds, each with numbers that follow those of the round before,
until the guide has so many pages. Within a round everything leads to the copies: links,
relations, and the works cited that are not source papers. What a round leaves out stays the
original. The result passes the guide's own checks; the same input gives the same files.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import yaml

from guide.links.permalinks import with_new
from guide.source.bibliography import Work
from guide.source.model import Page, Site
from guide.source.reader import BIBLIOGRAPHY, LEDGER, read_site

ROOT = Path(__file__).resolve().parent.parent
#: What a build does not need, beside what is hidden.
_LEFT_OUT = {"bench", "requirements", "site", "tests"}
_TARGET = re.compile(r"(?<=[(/])(?P<id>[a-z]\d+)(?P<rest>-[a-z0-9-]+\.md)")
_KEY = re.compile(r"(?<=@)(?P<key>[a-z][a-z0-9-]*)")
_YEAR = re.compile(r"(?<=year = {)\d{4}(?=})")


def inflate(source: Path, target: Path, pages: int) -> None:
    """Write the guide below `source` to `target`, enlarged to `pages` pages."""
    _copy(source, target)
    site = read_site(source)
    works = {work.key: work.source for work in site.works}
    for number, entries in _rounds(site, pages - len(site.pages)):
        ids = {page.id: _renumbered(site, page, number) for page in entries}
        keys = {work.key: f"{work.key}-{number}" for work in _cited(site, entries)}
        works |= {keys[key]: _copied_work(site.work[key], keys[key], number) for key in keys}
        for page in entries:
            name = f"{page.collection.folder}/{ids[page.id]}{page.path.partition(page.id)[2]}"
            text = (source / page.file).read_text("utf-8")
            body = _TARGET.sub(
                lambda found, ids=ids: ids.get(found["id"], found["id"]) + found["rest"],
                text[page.front.end :],
            )
            body = _KEY.sub(lambda found, keys=keys: keys.get(found[0], found[0]), body)
            (target / "docs" / name).write_text(_front(page, ids, number) + body, "utf-8")
    bibliography = "\n\n".join(works[key] for key in sorted(works)) + "\n"
    (target / BIBLIOGRAPHY).write_text(bibliography, "utf-8")
    ledger = "".join(f"{line}\n" for line in with_new(read_site(target)))
    (target / LEDGER).write_text(ledger, "utf-8")


def _copy(source: Path, target: Path) -> None:
    def left_out(folder: str, names: list[str]) -> set[str]:
        hidden = {name for name in names if name.startswith(".")} | _LEFT_OUT
        return {"__pycache__"} | (hidden if Path(folder) == source else set())

    shutil.copytree(source, target, ignore=left_out)


def _rounds(site: Site, wanted: int) -> Iterator[tuple[int, list[Page]]]:
    """The entries of each round of copies; the last takes the same share of each collection."""
    rows = [site.entries_of(c) for c in site.schema.collections if c.prefix]
    order = [(place / len(row), page.path, page) for row in rows for place, page in enumerate(row)]
    entries = [page for _, _, page in sorted(order, key=lambda item: item[:2])]
    for number in count(2):
        if wanted <= 0:
            return
        yield number, entries[:wanted]
        wanted -= len(entries)


def _renumbered(site: Site, page: Page, number: int) -> str:
    return (
        f"{page.id[0]}{int(page.id[1:]) + (number - 1) * len(site.entries_of(page.collection)):02}"
    )


def _cited(site: Site, entries: list[Page]) -> list[Work]:
    """The works that the entries cite and that are no source papers."""
    citations = (citation for page in entries for citation in page.markup.citations)
    keys = {cite.key for citation in citations for cite in citation.cites}
    return [work for work in site.works if work.key in keys - site.outline_of.keys()]


def _copied_work(work: Work, key: str, number: int) -> str:
    """Another year, so that the style has no more namesakes to tell apart than in the original."""
    copied = work.source.replace(f"{{{work.key},", f"{{{key},", 1)
    return _YEAR.sub(lambda year: str(int(year[0]) + number - 1), copied)


def _front(page: Page, ids: dict[str, str], number: int) -> str:
    """Front matter with a title and a summary of its own, and relations within the round."""
    fields = {name: given.value for name, given in page.front.fields.items() if name != "former"}
    fields["title"] = f"{page.title} ({number})"
    fields["summary"] = re.sub(r"\S+$", f"{number}.", page.summary)
    for name in ("related", "replaced"):
        if page.front.words(name):
            fields[name] = tuple(ids.get(id, id) for id in page.front.words(name))
    plain = {name: list(v) if isinstance(v, tuple) else v for name, v in fields.items()}
    written = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{written}---\n"


if __name__ == "__main__":
    inflate(ROOT, Path(sys.argv[2]), int(sys.argv[1]))
