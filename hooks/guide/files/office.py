"""Slides and documents for office programs: Markdown that pandoc converts, in the guide's look.

They wait in .cache/office/, each under the name of all that it is made from, and are made again
only when something of that changed; the folder can be thrown away at any time.
"""

import hashlib
import io
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pypandoc
import resvg_py

from guide.files.assets import drawings
from guide.pictures.cards import write_whole
from guide.problems import RefusedError
from guide.source.model import Site

CACHE = ".cache/office"
#: What decks and documents look like, look.pptx and look.docx, and the typeface of drawings.
LOOK = "data/office"
_READER = "commonmark+fenced_divs+pipe_tables+raw_attribute+yaml_metadata_block"
#: In its sandbox pandoc reads no file and knows no day: the text alone decides about the bytes.
_OPTIONS = ("--sandbox", "--fail-if-warnings", "--slide-level=2", "--output=-")
#: pandoc adds the address of a picture to the text that describes it.
_ADDRESS = re.compile(rb'(descr="[^"]*?)\s*data:image/png[^"]*"')


class Office:
    """Makes decks and documents for the project below `root`; `made` names those made anew."""

    def __init__(self, root: Path, site: Site) -> None:
        self.made: list[str] = []
        self._drawings, self._kept, self._look = drawings(site), root / CACHE, root / LOOK
        self._kept.mkdir(parents=True, exist_ok=True)
        made_with = (Path(__file__), *sorted(self._look.iterdir()))
        self._made_with = b"".join(path.read_bytes() for path in made_with)
        self._made_with += pypandoc.get_pandoc_version().encode()

    def picture(self, path: str) -> str:
        """The drawing at `path`, below docs/, as an address that holds it."""
        png = self._remembered("png", self._drawings[path], self._draw)
        return f"data:image/png;base64,{b64encode(png).decode()}"

    def write(self, site: Path, texts: Iterable[tuple[str, str]]) -> None:
        """Make documents below `site`, each from its path (.pptx or .docx) and Markdown.

        Raises RefusedError where pandoc fails or warns.
        """
        with ThreadPoolExecutor() as workers:
            for path, content in workers.map(self._document, texts):
                (site / path).parent.mkdir(parents=True, exist_ok=True)
                (site / path).write_bytes(content)
        print(f"decks and documents: {len(self.made)} made, the others kept", file=sys.stderr)

    def _document(self, asked: tuple[str, str]) -> tuple[str, bytes]:
        path, markdown = asked
        return path, self._remembered(path[-4:], markdown.encode(), partial(self._convert, path))

    def _remembered(self, kind: str, source: bytes, make: Callable[[bytes], bytes]) -> bytes:
        name = hashlib.sha256(self._made_with + source).hexdigest()
        kept = self._kept / f"{name}.{kind}"
        if not kept.exists():
            write_whole(kept, make(source))
        return kept.read_bytes()

    def _draw(self, svg: bytes) -> bytes:
        look = {"background": "#fdfcf9", "skip_system_fonts": True, "sans_serif_family": "Figtree"}
        font = [str(self._look / "figtree.ttf")]
        return bytes(resvg_py.svg_to_bytes(svg.decode(), width=1200, font_files=font, **look))

    def _convert(self, path: str, markdown: bytes) -> bytes:
        look = f"--reference-doc={self._look / 'look'}.{path[-4:]}"
        command = (pypandoc.get_pandoc_path(), f"--from={_READER}", f"--to={path[-4:]}", look)
        command += _OPTIONS
        done = subprocess.run(command, input=markdown, capture_output=True, check=False)
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
            raise RefusedError(f"pandoc could not make `{path}`: {said}")
        self.made.append(path)
        file = io.BytesIO()
        with ZipFile(io.BytesIO(done.stdout)) as old, ZipFile(file, "w") as new:
            for item in old.infolist():
                new.writestr(item, _ADDRESS.sub(rb'\1"', old.read(item)))
        return file.getvalue()
