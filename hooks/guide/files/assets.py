"""Files that the build adds to the site: downloads, data, QR codes, colours of collections."""

import hashlib
import json
import posixpath
import re
from collections.abc import Mapping
from xml.etree import ElementTree

import zxingcpp

from guide.files.exports import ENTRIES_SCHEMA, entries_json, entries_schema
from guide.source.model import Site
from guide.source.reader import LEDGER
from guide.source.schema import Schema
from guide.works.references import Reference

STYLE_SHEET = "assets/guide.css"
#: File ending and the part of a Reference that it holds.
FORMATS = (("bib", "bibtex"), ("ris", "ris"), ("json", "csl_json"))


def reference_downloads(references: Mapping[str, Reference]) -> dict[str, str]:
    """Path and text of every download: each work, and the whole bibliography."""
    files = {
        f"references/{reference.key}.{ending}": getattr(reference, part)
        for reference in references.values()
        for ending, part in FORMATS
    }
    works = list(references.values())
    files["references.bib"] = "\n".join(work.bibtex for work in works)
    files["references.ris"] = "\n".join(work.ris for work in works)
    items = [item for work in works for item in json.loads(work.csl_json)]
    files["references.json"] = json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    return files


def data_files(site: Site) -> dict[str, str]:
    """Path and text of the guide's data: entries, lists, QR codes.

    The ledger is published too: the next deploy holds itself to what this one promised.
    """
    files = {"entries.json": entries_json(site), ENTRIES_SCHEMA: entries_schema()}
    files[LEDGER] = "".join(f"{line}\n" for line in site.ledger)
    for page in site.entries:
        if page.id:
            files[f"{page.id}/qr.svg"] = qr_svg(site.short_address(page))
    return files


def qr_svg(address: str) -> str:
    """The code of `address` with the border that readers need, black on white in each scheme."""
    made = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    svg = zxingcpp.write_barcode_to_svg(made)
    return re.sub(r'(?s)\A.*<svg width="(\d+)" height="\d+"', r'<svg viewBox="0 0 \1 \1"', svg)


def loaded_files(site: Site) -> dict[str, bytes]:
    """What pages load by themselves, by path; the style sheet has the collections' colours."""
    colours = collection_colours(site.schema).encode()
    return site.loaded | {STYLE_SHEET: site.loaded.get(STYLE_SHEET, b"") + colours}


#: What the classes of a drawing look like in the light scheme, as a page's style sheet has it.
_ALONE = {
    "d-line": {"fill": "none", "stroke": "#1f2933", "stroke-width": "1.5"},
    "d-accent-line": {"fill": "none", "stroke": "#2a4a63", "stroke-width": "2"},
    "d-soft": {"fill": "#f5f0e4"},
    "d-card": {"fill": "#ffffff", "stroke": "#d9d3c7"},
    "d-accent": {"fill": "#2a4a63"},
    "d-text": {"fill": "#1f2933", "font-family": "sans-serif"},
    "d-quiet": {"fill": "#52606d", "font-family": "sans-serif"},
    "d-on-accent": {"fill": "#ffffff", "font-family": "sans-serif"},
    "d-strong": {"font-weight": "650"},
}


def drawings(site: Site) -> dict[str, bytes]:
    """Every diagram as a picture that carries its colours, by path."""
    return {path: _alone(svg) for path, svg in site.diagrams.items()}


def _alone(svg: str) -> bytes:
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    drawing = ElementTree.fromstring(svg)
    for element in drawing.iter():
        for name in element.attrib.pop("class", "").split():
            for key, value in _ALONE.get(name, {}).items():
                element.attrib.setdefault(key, value)
    return ElementTree.tostring(drawing)


def collection_colours(schema: Schema) -> str:
    """CSS that gives every `data-collection` its accent, in both schemes."""
    return "".join(
        f'[data-collection="{c.folder}"] '
        f"{{ --accent: light-dark({c.colour.light}, {c.colour.dark}) }}\n"
        for c in schema.collections
    )


def digest(content: bytes) -> str:
    """A short name for `content`: eight hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:8]


def fingerprint(assets: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """By their path below docs/, the path that tells its bytes and the bytes of all assets.

    Style sheets name their fonts anew.
    """
    named: dict[str, tuple[str, bytes]] = {}
    for path in sorted(assets, key=lambda path: (path.endswith(".css"), path)):
        content, folder = assets[path], posixpath.dirname(path)
        for old, (new, _) in named.items() if path.endswith(".css") else ():
            was, now = (f'url("{posixpath.relpath(name, folder)}")' for name in (old, new))
            content = content.replace(was.encode(), now.encode())
        stem, ending = posixpath.splitext(path)
        named[path] = f"{stem}.{digest(content)}{ending}", content
    return named
