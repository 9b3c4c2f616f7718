"""Slides, documents and books that pandoc makes of Markdown, and pictures that resvg draws.

A book as PDF is set by typst: of what pandoc writes, and with the drawings as they are.

They wait in .cache/office/, each under the name of all that it is made from, until that changes.
"""

import hashlib
import io
import os
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote
from zipfile import ZipFile

import pypandoc
import resvg_py
import typst

from guide.files.assets import digest
from guide.problems import RefusedError

#: Where they wait; what they look like, with pandoc's options for each, and drawings' typeface.
CACHE, LOOK = ".cache/office", "data/office"
_DRAWING = re.compile(r"data:image/svg\+xml,([^\s)]+)")
#: The picture that a book names as its cover, which pandoc takes from a file only.
_COVER = re.compile(r"^cover: data:image/png;base64,(\S+)$", re.M)
#: pandoc 3.9 adds the address of a picture to the text that describes it.
_ADDRESS = re.compile(rb'(descr="[^"]*?)\s*data:image/png[^"]*"')
#: In the sandbox a book changed in 1970; its day stands above.
_CHANGED = re.compile(rb'(?s)(<dc:date[^>]*>)([\d-]+)(.*dcterms:modified">)1970-01-01')


class Office:
    """Makes decks and documents for the project below `root`; `made` names those made anew."""

    def __init__(self, root: Path) -> None:
        self.made: list[str] = []
        self._kept, self._look = root / CACHE, root / LOOK
        self._kept.mkdir(parents=True, exist_ok=True)
        made_with = [path.read_bytes() for path in (Path(__file__), *sorted(self._look.iterdir()))]
        versions = f"{pypandoc.get_pandoc_version()} {typst.__version__}"
        self._made_with = b"".join(made_with) + versions.encode()

    def write(self, site: Path, texts: Mapping[str, str]) -> None:
        """Write files by path, made of Markdown or, where they end in `.png`, of SVG.

        RefusedError where pandoc warns.
        """
        with ThreadPoolExecutor() as workers:
            contents = workers.map(self._file, texts, texts.values())
            for path, content in zip(texts, contents, strict=True):
                (site / path).parent.mkdir(parents=True, exist_ok=True)
                (site / path).write_bytes(content)
        print(f"pictures, slides, books: {len(self.made)} of {len(texts)} made", file=sys.stderr)

    def _file(self, path: str, text: str) -> bytes:
        name = hashlib.sha256(self._made_with + text.encode()).hexdigest()
        kept = self._kept / f"{name}{Path(path).suffix}"
        if not kept.exists():
            part = kept.with_suffix(f".{os.getpid()}.part")
            is_picture = path.endswith(".png")
            part.write_bytes(self._png(text, 1600) if is_picture else self._convert(path, text))
            part.replace(kept)
            self.made.append(path)
        return kept.read_bytes()

    def _png(self, svg: str, width: int) -> bytes:
        fonts = [str(file) for file in sorted(self._look.glob("*.ttf"))]
        look = {"skip_system_fonts": True, "sans_serif_family": "Figtree"}
        return bytes(resvg_py.svg_to_bytes(svg, width=width, font_files=fonts, **look))

    def _draw(self, found: re.Match[str]) -> str:
        png = b64encode(self._png(unquote(found[1]), 1200)).decode()
        return f"data:image/png;base64,{png}"

    def _convert(self, path: str, markdown: str) -> bytes:
        ending = Path(path).suffix
        # In its sandbox pandoc reads no file and knows no day: the text decides about the bytes.
        look = f"--defaults={self._look / 'look'}{ending}.yml"
        command = (pypandoc.get_pandoc_path(), "--sandbox", "--fail-if-warnings", look)
        with TemporaryDirectory() as folder:  # The name of the cover's file is kept in the book.
            draw = partial(_saved, Path(folder)) if ending == ".pdf" else self._draw
            markdown, cover = _DRAWING.sub(draw, markdown), Path(folder, "cover.png")
            cover.write_bytes(b64decode("".join(_COVER.findall(markdown))))
            given = {"input": markdown.encode(), "env": os.environ | {"COVER": str(cover)}}
            done = subprocess.run(command, **given, capture_output=True, check=False)
            if done.returncode:
                said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
                raise RefusedError(f"pandoc could not make `{path}`: {said}")
            if ending == ".pdf":
                setting = {"root": folder, "font_paths": [self._look], "pdf_standards": ["ua-1"]}
                try:
                    return typst.compile(done.stdout, ignore_system_fonts=True, **setting)
                except typst.TypstError as error:
                    raise RefusedError(f"typst could not set `{path}`: {error}") from None
        file = io.BytesIO()
        with ZipFile(io.BytesIO(done.stdout)) as old, ZipFile(file, "w") as new:
            for item in old.infolist():
                content = old.read(item).replace(b"<th></th>", b"<td></td>")  # An empty corner.
                content = _CHANGED.sub(rb"\1\2\3\2", _ADDRESS.sub(rb'\1"', content))
                new.writestr(item, content)
        return file.getvalue()


def _saved(folder: Path, found: re.Match[str]) -> str:
    """The name of a file in `folder` that holds the drawing."""
    file = folder / f"{digest(found[1].encode())}.svg"
    file.write_text(unquote(found[1]), "utf-8")
    return file.name
