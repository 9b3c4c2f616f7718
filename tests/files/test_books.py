"""Books, each read as a reading program reads it: a zip file of XML."""

import io
import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest

from documents import VIEWS, documents
from guide.files.office import CACHE, LOOK, Office
from guides import ROOT
from real import SITE

HTML, OPF = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}"
#: What only Markdown or a template would have.
MARKUP = re.compile(r"\[@|\]\(|\*\*|&#|:::|\{ ?[#.%{]|\.md\b|!!!")
TOLD = {"accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every book, by the path of the page that it begins with."""
    wanted = {path: documents()[path] for path in VIEWS.books.values()}
    Office(ROOT).write(site := tmp_path_factory.mktemp("site"), wanted)
    return {page: (site / path).read_bytes() for page, path in VIEWS.books.items()}


def test_same_text_is_the_same_book(tmp_path: Path) -> None:
    shutil.copytree(ROOT / LOOK, tmp_path / LOOK)
    drawn = quote('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 3"/>')
    text = f"---\ntitle: A\nlang: en-GB\ncover: data:image/svg+xml,{drawn}\n---\n\n# B\n"
    made = set()
    for _ in range(2):
        Office(tmp_path).write(tmp_path, {"x.epub": text})
        made.add((tmp_path / "x.epub").read_bytes())
        shutil.rmtree(tmp_path / CACHE)
    assert len(made) == 1


def trees(book: bytes) -> dict[str, ElementTree.Element]:
    with ZipFile(io.BytesIO(book)) as file:
        names = [name for name in file.namelist() if name.endswith((".xhtml", ".opf"))]
        return {name: ElementTree.fromstring(file.read(name)) for name in names}


def faults(book: bytes) -> Iterator[str]:
    """What would keep a program from reading a book, or a person from understanding it."""
    with ZipFile(io.BytesIO(book)) as file:
        first, *others = file.infolist()
        begins = (first.filename, first.compress_type, file.read(first))
        if begins != ("mimetype", ZIP_STORED, b"application/epub+zip"):
            yield "mimetype"
        files = {item.filename for item in others if item.filename.startswith("EPUB/")}
    pages = trees(book)
    package = pages.pop("EPUB/content.opf")
    items = {item.get("id"): f"EPUB/{item.get('href')}" for item in package.iter(f"{OPF}item")}
    if {*items.values(), "EPUB/content.opf"} != files:
        yield "manifest"
    read = {items.get(item.get("idref")) for item in package.iter(f"{OPF}itemref")}
    if read != pages.keys():
        yield "spine"
    if not {f"schema:{name}" for name in TOLD} <= {m.get("property") for m in package.iter()}:
        yield "accessibility"
    ids = {name: [e.get("id") for e in page.iter() if e.get("id")] for name, page in pages.items()}
    yield from (f"twice in {name}" for name, its in ids.items() if len(its) != len({*its}))
    for name, page in pages.items():
        if page.get("lang") != "en-GB" or not page.findtext(f"{HTML}head/{HTML}title"):
            yield f"language or title of {name}"
        for element in page.iter():
            to, fragment = (unquote(element.get("href", "")).partition("#"))[::2]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), to)) if to else name
            if not to.startswith("https:") and target not in files:
                yield f"{name}: {to} is not there"
            elif fragment and not to.startswith("https:") and fragment not in ids[target]:
                yield f"{name}: {fragment} is not in {target}"
            if element.tag == f"{HTML}img" and not element.get("alt"):
                yield f"{name}: picture without text"


def test_every_book_is_sound_and_says_what_it_is(books: dict[str, bytes]) -> None:
    assert books.keys() == {"index.md", *(f"{c.folder}/index.md" for c in SITE.schema.collections)}
    identifiers = set()
    for book in books.values():
        assert list(faults(book)) == []
        told = {e.tag.partition("}")[2]: e.text for e in trees(book)["EPUB/content.opf"][0]}
        identifiers.add(told["identifier"])
        assert (told["language"], told["date"]) == ("en-GB", "2026-05-04")
        assert "CC BY 4.0" in told["rights"]
        assert told["publisher"] == SITE.name
        assert b"2026-05-04T" in ElementTree.tostring(trees(book)["EPUB/content.opf"])
    assert len(identifiers) == len(books)


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("mimetype", "epub", "zip", "mimetype"),
        ("EPUB/content.opf", 'href="text/ch002', 'href="text/ch999', "manifest"),
        ("EPUB/content.opf", '<itemref idref="ch002_xhtml" />', "", "spine"),
        ("EPUB/content.opf", "schema:accessibilityHazard", "schema:other", "accessibility"),
        ("EPUB/text/ch003.xhtml", 'lang="en-GB" xml', "xml", "language"),
        ("EPUB/text/ch003.xhtml", 'id="b01.try"', 'id="b01.says"', "twice"),
        ("EPUB/text/ch003.xhtml", 'alt="A circle', 'alt="" title="A circle', "picture"),
        ("EPUB/text/ch003.xhtml", "#b03", "#b99", "b99 is not in"),
        ("EPUB/nav.xhtml", "text/ch003", "text/ch999", "is not there"),
    ],
)
def test_broken_book_is_found_out(
    books: dict[str, bytes], name: str, old: str, new: str, fault: str
) -> None:
    with (
        ZipFile(io.BytesIO(books["mobius/index.md"])) as whole,
        ZipFile(broken := io.BytesIO(), "w") as copy,
    ):
        for item in whole.infolist():
            content = whole.read(item)
            changed = content.replace(old.encode(), new.encode(), 1)
            assert changed != content or item.filename != name
            copy.writestr(item, changed if item.filename == name else content)
    assert any(fault in found for found in faults(broken.getvalue()))


def test_book_holds_entries_with_voices_places_and_drawings(books: dict[str, bytes]) -> None:
    for path, book in books.items():
        pages = trees(book)
        text = {name: " ".join("".join(page.itertext()).split()) for name, page in pages.items()}
        assert not [name for name, words in text.items() if MARKUP.search(words)], path
        nav = [a.text for a in pages["EPUB/nav.xhtml"].iter(f"{HTML}a")]
        sections = {e.get("id"): e for page in pages.values() for e in page.iter(f"{HTML}section")}
        entries = [p for p in SITE.entries if not p.is_withdrawn]
        folder = path.rpartition("/")[0]
        for entry in (p for p in entries if folder in ("", p.collection.folder)):
            assert any(name.endswith(entry.name) for name in nav), entry.path
            assert not entry.kind_of_title or f"{entry.kind_of_title}: {entry.name}" in nav
            words = "".join(sections[entry.id].itertext())
            marked = {h.id for h in entry.markup.headings if "ours" in h.classes}
            for section in entry.sections:
                its = "".join(sections[f"{entry.id}.{section.id}"].itertext())
                ours = section.voice == "editors" or section.id in marked
                assert ("From the editors, not from a source" in its) == ours
            for citation in entry.markup.citations:
                for place in (place for cite in citation.cites for place in cite.locators):
                    assert place in words, (entry.path, place)
            drawn = [a.get("alt") for a in sections[entry.id].iter(f"{HTML}img")]
            assert drawn == [link.text for link in entry.markup.links if link.form == "image"]


def test_note_and_footnote_of_a_page_are_sound_in_a_book() -> None:
    page = SITE.entry["m05"]
    book = VIEWS.bound([page.path], {})
    noted = 'Text.\n\n!!! note "Mind"\n    See [Try](#try).\n\n    More.\n\nAfter.\n'
    assert book(page, noted) == "Text.\n\n**Mind**\n\nSee [Try](#m05.try).\n\nMore.\n\nAfter.\n"
    assert book(page, "??? tip\n    Text.\n") == "**Tip**\n\nText.\n"


def test_page_leads_to_a_book_or_a_card_only_where_it_is_made(built: Path) -> None:
    for path, file in (("", ".epub"), ("lessons", ".epub"), ("mindsets/m05-trust-first", "card.")):
        assert file not in (built / path / "index.html").read_text("utf-8"), path
