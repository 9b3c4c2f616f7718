"""Books as PDF, each read as a program that reads it aloud does."""

import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from pypdf import PdfReader

from documents import VIEWS, documents
from guide.files.office import Office
from guide.problems import RefusedError
from guides import ROOT
from real import SITE

#: With drawings, with tables, with titles that are beliefs.
READ = ("mobius", "typologies", "mindsets")


def outline(rows: list) -> list[str]:
    """The titles at the side of a reading program, a collection's below its own."""
    nested = (outline(row) if isinstance(row, list) else [row.title] for row in rows)
    return [title for titles in nested for title in titles]


@pytest.mark.parametrize("name", READ)
def test_printed_book_is_read_aloud_in_order(name: str, tmp_path: Path) -> None:
    Office(ROOT).write(tmp_path, {f"{name}.pdf": documents()[f"{name}/{name}.pdf"]})
    book = PdfReader(io.BytesIO((tmp_path / f"{name}.pdf").read_bytes()))
    view, catalogue = VIEWS.of(f"{name}/index.md"), book.trailer["/Root"]
    assert book.metadata.title == view.page.name
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    titles = [re.sub("^Limiting belief: ", "", title) for title in outline(book.outline)]
    wanted = ["About this book", view.page.name, *(entry.name for entry in view.entries)]
    at = [titles.index(title) for title in (*wanted, "Sources cited in this book")]
    assert at == sorted(at)
    assert {tuple(map(int, page.mediabox[2:])) for page in book.pages} == {(595, 841)}
    text = re.sub(r"[\s\u00ad-]+", "", "".join(page.extract_text() for page in book.pages))
    assert text.count("Fromtheeditors,notfromasource") >= len(view.entries)
    cited = [w.reference for w in VIEWS.works if any(at.page in view.entries for at in w.places)]
    assert {r.key for r in cited if re.sub(r"[\s-]+", "", r.text) not in text} == set()
    notes = (page.get("/Annots", ()) for page in book.pages)
    links = [note.get_object() for on_page in notes for note in on_page]
    to = {link["/A"]["/URI"] for link in links if "/A" in link and "/URI" in link["/A"]}
    assert any(address.startswith(SITE.url) for address in to)
    assert [address for address in to if not address.startswith(("https://", "http://"))] == []


def test_drawing_that_says_nothing_is_refused(tmp_path: Path) -> None:
    drawing = quote('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 3"/>')
    head = "---\ntitle: A\ncreator: B\ndescription: C\ntoc-title: D\n---\n\n# E\n"
    (tmp_path / "data").symlink_to(ROOT / "data")
    with pytest.raises(RefusedError, match=r"could not set `x\.pdf`: .*alt"):
        Office(tmp_path).write(tmp_path, {"x.pdf": f"{head}\n![](data:image/svg+xml,{drawing})\n"})
