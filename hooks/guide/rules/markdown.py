"""KB33x and KB34x: Markdown that would be printed as it was typed, or become something else."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from itertools import product

from guide.links.navigation import with_neighbours
from guide.problems import Problem
from guide.rules import rule
from guide.rules.subjects import repeated
from guide.source.markup import line_of, lines_found
from guide.source.model import Site

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]+\S")
_ROW = re.compile(r"[ ]{0,3}\|.*")
_RULING = re.compile(r" {0,3}\|? *+:?-++:? *+(?:\| *+:?-++:? *+)*\|? *+")
#: What emphasis is made of: its name, the sign, and where it is one and no item or part of a word.
_EMPHASIS = (
    ("stars", "*", re.compile(r"(?<!\*)(?!^[ \t]*\* |\*{3,}[ \t]*$)\*+")),
    ("low lines", "_", re.compile(r"(?<!\w)_+(?=[^\s_])|(?<=[^\s_])_+(?!\w)")),
)
_FOOTNOTE = re.compile(r"\[\^(?P<name>[^\[\]\s^]+)\](?P<defines>:)?")
_UNSEEN = re.compile("[\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufffc]")
#: A sign written as its name or number; one that does not break is meant where it is so written.
_ENTITY = re.compile(r"&(?!nbsp;)#?\w+;")


@rule("KB330")
def text_is_ours(site: Site) -> Iterator[Problem]:
    """No text is one of the slips that data/slips.yml tells of, such as a broken link."""
    for page, kind in product(site.pages, ("plain", "unlinked")):
        for slip in getattr(site.slips, kind):
            for line, found in lines_found(slip.pattern, getattr(page.markup, kind)):
                text, spaces = found[0].strip(), len(found[0]) - len(found[0].lstrip(" \n")) - 1
                fact = slip.told.format(text=text, spaces=spaces)
                yield Problem(page.file, line, fact, slip.hint)


@rule("KB331")
def list_and_table_stand_apart(site: Site) -> Iterator[Problem]:
    """An empty line stands between a paragraph or quotation and what comes after it."""
    for page in site.pages:
        for block in page.markup.blocks:
            lines = block.text.rstrip("\n").split("\n")
            start = next((n for n, line in enumerate(lines) if not line.startswith("#")), 0)
            own = next((n for n, line in enumerate(lines) if not line.startswith(">")), 0)
            if own and lines[0].startswith(">"):
                fact = "this line follows a quotation and becomes part of it"
                yield Problem(page.file, block.line + own, fact, "put an empty line before it")
            if re.match(r"\s|[-*+] |\d+\. |[|>!]", lines[start]):
                continue
            for number, line in enumerate(lines[start + 1 :], block.line + start + 1):
                if _ITEM.match(line) or (_ROW.fullmatch(line) and not _ROW.fullmatch(lines[start])):
                    fact = "a list or table follows a paragraph without an empty line"
                    hint = "put an empty line before it, or it is printed as running text"
                    yield Problem(page.file, number, fact, hint)
                    break


@rule("KB332")
def list_is_of_one_kind(site: Site) -> Iterator[Problem]:
    """Numbers count from 1, and no list goes on with items of another kind."""
    for page in site.pages:
        #: Of the numbers so far; 0 in a list of bullets, None outside lists.
        count: int | None = None
        for block in page.markup.blocks:
            for line, text in enumerate(block.text.split("\n"), block.line):
                if item := re.match(r"(?:[-*+]|(?P<number>\d+)\.) +\S", text):
                    number, fact = item["number"], ""
                    if count is not None and bool(number) != bool(count):
                        kind = "number" if count else "bullet"
                        fact = f"this would become one more {kind} of the list above"
                        hint = "put a sentence between the two lists"
                    elif number and number not in ("1", str((count or 0) + 1)):
                        fact = f"`{number}.` would be printed as `{(count or 0) + 1}.`"
                        hint = f"count from 1, or write `{number}\\.`"
                    if fact:
                        yield Problem(page.file, line, fact, hint)
                    count = (int(number) if fact else (count or 0) + 1) if number else 0
                elif line == block.line and not text[:1].isspace():
                    count = None


@rule("KB333")
def table_is_whole(site: Site) -> Iterator[Problem]:
    """A table has a line of hyphens below its heads, and as many cells in every row."""
    for page in site.pages:
        for before, block, _ in with_neighbours(page.markup.blocks):
            rows = block.text.rstrip("\n").split("\n")
            if not _ROW.fullmatch(rows[0]):
                continue
            if len(rows) < 2 or not _RULING.fullmatch(rows[1]):
                fact = "the table has no line of hyphens"
                hint = "write `|---|---|` below the heads, with as many parts"
                if before and _ROW.match(before.text):
                    fact, hint = "an empty line cuts the table in two", "take it out"
                yield Problem(page.file, block.line, fact, hint)
                continue
            for number, row in enumerate(rows):
                if _cells(row) != _cells(rows[0]):
                    fact = f"the row has {_cells(row)} cells, the table {_cells(rows[0])}"
                    hint = "a bar in a cell is written `\\|`; text below the table is set apart"
                    if number == 1:
                        hint = f"write `|{'---|' * _cells(rows[0])}`"
                    yield Problem(page.file, block.line + number, fact, hint)


def _cells(row: str) -> int:
    row = re.sub(r"\\\|", " ", row)
    return row.strip().removeprefix("|").removesuffix("|").count("|") + 1


@rule("KB334")
def emphasis_ends(site: Site) -> Iterator[Problem]:
    """What begins with `*`, `**` or `_` ends with as many in the same paragraph."""
    for page in site.pages:
        text = page.markup.unlinked.split("\n")
        for block in page.markup.blocks:
            lines = text[block.line - 1 : block.line - 1 + len(block.text.splitlines())]
            for name, sign, pattern in (one for one in _EMPHASIS if one[1] in block.text):
                marks = [" ".join(pattern.findall(line)) for line in lines]
                odd = [n for n, found in enumerate(marks) if found.count(sign) % 2]
                double = [n for n, found in enumerate(marks) if found.count(sign * 2) % 2]
                if len(odd) % 2 or len(double) % 2:
                    fact = f"the {name} of this line are not in pairs"
                    hint = f"end what begins with `{sign}` or `{sign * 2}`, or write `\\{sign}`"
                    yield Problem(page.file, block.line + [*odd, *double][0], fact, hint)


@rule("KB336")
def footnote_has_both_ends(site: Site) -> Iterator[Problem]:
    """A footnote has its mark in the text and its line `[^name]:`."""
    for page in site.pages:
        notes = list(_FOOTNOTE.finditer(page.markup.plain))
        for note, _ in repeated((note["name"], note) for note in notes if note["defines"]):
            line = line_of(page.markup.plain, note.start())
            fact = f"the footnote `{note['name']}` is written twice"
            yield Problem(page.file, line, fact, "give each a name of its own")
        defined = {note["name"] for note in notes if note["defines"]}
        used = {note["name"] for note in notes if not note["defines"]}
        for note in (note for note in notes if note["name"] in defined ^ used):
            lacks = "mark in the text" if note["defines"] else f"line `[^{note['name']}]: …`"
            fact = f"the footnote `{note['name']}` has no {lacks}"
            line = line_of(page.markup.plain, note.start())
            yield Problem(page.file, line, fact, "add it, or take the other out")


@rule("KB338")
def character_can_be_seen(site: Site) -> Iterator[Problem]:
    """No text holds characters that nobody sees, such as soft hyphens from a word processor."""
    for path in site.raw:
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), site.text(path))
        if not _UNSEEN.search(text):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if unseen := _UNSEEN.search(line):
                what = unicodedata.name(unseen[0], "which has no name").lower()
                fact = f"a sign that nobody sees ({what}) follows `{line[: unseen.start()][-20:]}`"
                yield Problem(path, number, fact, "delete it; type a plain space if you need one")


@rule("KB339")
def entry_holds_no_code(site: Site) -> Iterator[Problem]:
    """What an entry says is text: no line of it is printed as code."""
    hint = "an entry has text, tables and drawings alone; text has no spaces or tab before it"
    for page in site.entries:
        plain, start = page.markup.plain, page.front.end
        rows = zip(page.body.split("\n"), plain[start:].split("\n"), strict=True)
        code = ["" if read.strip() else typed.strip() for typed, read in rows]
        for number, (before, now, _) in enumerate(with_neighbours(code), line_of(plain, start)):
            if now and not before:
                yield Problem(page.file, number, f"`{now[:40]}` is printed as code", hint)
