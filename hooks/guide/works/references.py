"""Labels, reference texts and downloads for the whole bibliography, made by pandoc.

pandoc runs twice for the site, never for a page or a citation.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import nh3
import pypandoc

from guide.source.bibliography import Work
from guide.source.reader import STYLE

#: A work or a name as CSL-JSON has it.
CslItem = dict[str, object]

#: RIS types by CSL type.
_RIS_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "report": "RPRT",
}
#: RIS tags by CSL variable.
_RIS_TAGS = {
    "title": "TI",
    "container-title": "T2",
    "publisher": "PB",
    "publisher-place": "CY",
    "volume": "VL",
    "issue": "IS",
    "edition": "ET",
    "DOI": "DO",
    "ISBN": "SN",
    "id": "ID",
    "URL": "UR",
    "note": "N1",
}
#: pandoc reads no file but those that are named to it.
_ARGUMENTS = ["--wrap=none", "--sandbox"]
#: What the bibliography has where a title or an author is not known, or not all of them.
_PUT = re.compile(r"\[|others$")
#: Elements of a formatted reference that are kept; others are unwrapped.
_KEPT = {"a", "em", "strong", "sub", "sup"}


@dataclass(frozen=True)
class Reference:
    """A work as the style prints it. `label` is author and year, `year` the year alone.

    `html` is the reference with its emphasis, `text` without; `note` is plain text. bibtex, ris and
    csl_json are what a reader downloads; `item` is the work as reference managers take it.
    """

    key: str
    label: str
    year: str
    html: str
    text: str
    note: str
    bibtex: str
    ris: str
    csl_json: str
    item: CslItem


def format_references(works: Iterable[Work], root: Path) -> dict[str, Reference]:
    """References by key, in the order in which the style sorts them."""
    sound = {work.key: work.bibtex for work in works if work.key and not work.fault}
    style = root / STYLE
    return _format((*sound.items(),), style, style.read_bytes()) if sound else {}


@lru_cache(maxsize=1)
def _format(
    works: tuple[tuple[str, str], ...], style: Path, _content: bytes
) -> dict[str, Reference]:
    """References of works given as key and BibTeX, remembered until they or the style change."""
    entries = dict(works)
    items = {item["id"]: item for item in _csl_items("\n".join(entries.values()))}
    tree = _cite(items, style)
    labels = {
        name: _plain(span).strip("()")
        for name, span in zip(
            _clusters(items), tree.iterfind(".//span[@class='citation']"), strict=True
        )
    }
    references = {}
    for block in tree.iterfind(".//div[@role='listitem']"):
        key = block.get("id", "").removeprefix("ref-")
        item = _for_managers(items[key])
        references[key] = Reference(
            key=key,
            label=labels[f"[@{key}]"],
            year=labels[f"[-@{key}]"],
            html=" ".join(_html(block).split()),
            text=_plain(block),
            note=items[key].get("note", ""),
            bibtex=entries[key],
            ris=_ris(item),
            csl_json=json.dumps([item], ensure_ascii=False, indent=2) + "\n",
            item=item,
        )
    return references


def _csl_items(bibtex: str) -> list[CslItem]:
    return json.loads(
        pypandoc.convert_text(bibtex, "csljson", format="bibtex", extra_args=_ARGUMENTS)
    )


def _clusters(items: Iterable[str]) -> list[str]:
    return [cluster for key in items for cluster in (f"[@{key}]", f"[-@{key}]")]


def _cite(items: dict[str, CslItem], style: Path) -> ElementTree.Element:
    """Every work cited once with and once without its author, and the list of references."""
    printed = [  # The style knows no DOI.
        {"URL": f"https://doi.org/{item['DOI']}"} | item if "DOI" in item else item
        for item in items.values()
    ]
    metadata = {"references": _as_typed(printed), "lang": "en-GB"}
    document = f"---\n{json.dumps(metadata)}\n---\n\n" + "\n\n".join(_clusters(items))
    # A field is text: without raw_html a `<` in it stays a `<`, and the result is XML.
    html = pypandoc.convert_text(
        document,
        "html",
        format="markdown-raw_html",
        extra_args=[*_ARGUMENTS, "--citeproc", f"--csl={style}"],
    )
    return ElementTree.fromstring(f"<div>{html}</div>")


def _as_typed(value: object) -> object:
    """The fields of works so that pandoc, which reads metadata as Markdown, prints their signs."""
    if isinstance(value, dict):
        return {name: _as_typed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_typed(inner) for inner in value]
    return re.sub(r"[][\\`*_#@~^$|<>]", r"\\\g<0>", value) if isinstance(value, str) else value


def _plain(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _html(element: ElementTree.Element) -> str:
    """The content of `element` with nothing but text, links and plain emphasis."""
    html = ElementTree.tostring(element, "unicode")
    return nh3.clean(html, _KEPT, attributes={"a": {"href"}}, url_schemes={"https"}, link_rel=None)


def _for_managers(item: CslItem) -> CslItem:
    """The work with what stands instead of its title or author, or of further ones, as a note."""
    people, title = item.get("author", []), item["title"]
    put = [t for t in (title, *(name.get("literal", "") for name in people)) if _PUT.match(t)]
    said = (item.get("note"), *(text.replace("others", "[And others]") for text in put))
    changed = {
        "type": item["type"] or "document",
        "title": "" if title in put else title,
        "author": [name for name in people if name.get("literal") not in put],
        "note": " ".join(filter(None, said)),
    }
    return {name: value for name, value in (item | changed).items() if value}


def _ris(item: CslItem) -> str:
    """The work in RIS: a tag and a value in each line."""
    (first, _, last), dates = item.get("page", "").partition("-"), item.get("issued", {})
    rows = [("TY", _RIS_TYPES.get(item["type"], "GEN"))]
    rows += [(tag, item[csl]) for csl, tag in _RIS_TAGS.items() if csl in item]
    people = (("AU", "author"), ("A2", "editor"))
    rows += [(tag, _ris_name(name)) for tag, role in people for name in item.get(role, ())]
    rows += [("PY", str(date[0])) for date in dates.get("date-parts", ())[:1]]
    rows += [(tag, page) for tag, page in (("SP", first), ("EP", last)) if page]
    return "".join(f"{tag}  - {value}\n" for tag, value in (*rows, ("ER", "")))


def _ris_name(name: CslItem) -> str:
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return name.get("literal") or ", ".join(filter(None, (family, name.get("given"))))
