"""KB33x and KB34x: Markdown that would be printed as it was typed, or become something else."""

import re
from collections.abc import Iterator
from html import unescape

from guide.links.navigation import with_neighbours
from guide.problems import Problem
from guide.rules import Told, rule
from guide.rules.subjects import found, repeated
from guide.source.markup import line_of, lines_found
from guide.source.model import Site

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]+\S")
_ROW = re.compile(r"[ ]{0,3}\|.*")
_RULING = re.compile(r" {0,3}\|? *+:?-++:? *+(?:\| *+:?-++:? *+)*\|? *+")
_NOTE = r"(?:!!!|\?\?\?\+?) [a-z]+(?: \"[^\"\n]*\")?[ \t]*\n\s*?(?: {4}|\t)\S"
#: What is no Markdown of ours, what of it is told, and what to write.
_SLIPS = {
    re.compile(r"\n *+(?:`{3}|~{3})"): (
        "a block of code begins here and does not end",
        "end it with the marks that it began with, or take it out",
    ),
    re.compile(r"\n(?: {4})* {1,3}(?:[-*+]|\d+\.) +(?=\S)"): (
        "the item is indented by {spaces} spaces",
        "four spaces for each level, or none",
    ),
    re.compile(
        r"\n[ \t]*+(?:[•·▪◦‣–—●○■□►▸➢➤✓✔→\uf0a7\uf0b7\uf0d8][ \t]+(?=\S)|o\t|[A-Z]\) "
        r"|\d+\.(?=[^\W\d])|(?:[a-z]|[ivx]++)[.)] (?=\S)|\d+\) |\((?:\d+|[a-z]|[ivx]++)\) "
        r"|[-+](?=[^\s+-])).*"
    ): (
        "`{text}` begins like an item and becomes none",
        "write `- ` or `1. `, with a space",
    ),
    re.compile(r"(?<=\n)\n {1,3}(?![-*+>|] |#+ |\d+\. |[\s`~:]).*"): (
        "the line is indented by {spaces} spaces, which ends a list above it",
        "four spaces to go on with an item, or none",
    ),
    re.compile(r"\n[ \t]*(?:[-*+]|\d+\.) +#{1,6} .*"): (
        "`{text}` is a heading within a list",
        "take the mark of the list out, or the hashes",
    ),
    re.compile(rf"\n(?!{_NOTE})(?:!{{2,}}|\?{{3}}|:{{3}}|> ?\[!\w+\]).*"): (
        "`{text}` begins no note",
        "write `!!! note`, then the text with four spaces",
    ),
    re.compile(r"!\[(?![@^])[^\[\]\n]*+\](?!\()"): (
        "`{text}` is no image",
        "write the file's path in round brackets behind it",
    ),
    re.compile(
        r":(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:|\n===[+!]? \".*"
        r"|~~\S[^~\n]*~~|==(?<![\w=]==)[^\W\d][^=\n]*==(?![\w=])"
        r"|:(?<![\w:]:)[a-z]+(?:_[a-z]+)*:(?!\w)"
        r"|\n[ \t]*[-*+] \[[ xX]\] .*|\n: {1,3}\S.*|\n\[//\]: .*|\n\*\[[^\]\n]+\]: .*|\n\[TOC\]"
        r"|\*\*(?<![\w*]\*\*) \S[^*\n]*\*\*|~(?<!~~)\w+~(?!~)|\^(?:\w+\^|\[[^\[\]\n]+\])"
        r"|%%[^%\n]+%%|\+\+\w+\+\+|--8<--|\$(?<!\w\$)[^\s\d$][^$\n]*\$|\\(?=\n)|!\[[^\[\]\n]*\|\d+\]"
        r"|&(?:[mn]dash|nbsp|amp|[lg]t|quot|hellip|[lr][sd]quo)\b(?!;)"
    ): (
        "`{text}` would be printed as it was typed",
        "say it in words; a heading does for a tab, a bold word for a term",
    ),
    re.compile(r"\n(?:#{1,6}[^#\s].*| {1,3}#{1,6} +\S.*)"): (
        "`{text}` is no heading of ours",
        "begin the line with the hashes, then a space",
    ),
    re.compile(r"\n(?:(?<=\S\n)|(?<=\S \n)|(?<=\S  \n))(?!={7}\n)(?:=+|-{2,})[ \t]*(?=\n|\Z)"): (
        "this line turns the one above into a heading",
        "put an empty line between, or write the heading with `##`",
    ),
    re.compile(r"\[[^\[\]\n]*\[[^\[\]\n]*@[^\[\]\n]*\][^\[\]\n]*\]\("): (
        "a citation stands in the text of a link or the description of an image",
        "put it into the text beside it",
    ),
    re.compile(r"\[[^\[\]\n]*(?:(?<!!)\[[^\[\]\n]*\]\([^()\n]*\)|<https?:)[^\[\]\n]*\]\("): (
        "a link stands within a link",
        "end the first before the second begins",
    ),
    re.compile(
        r"[\u0370-\u052f\ufb00-\ufb06](?:(?<=[A-Za-z].)|(?<=[\ufb00-\ufb06])|(?=[A-Za-z]))\w*"
        r"|[\uff10-\uff5a\U0001d400-\U0001d7ff]+"
    ): (
        "`{text}` begins with a letter that only looks like one of ours",
        "type the word anew",
    ),
    re.compile(r"\d\*\d[^\s*]*\*\d"): (
        "`{text}` would be printed in italics",
        "write `×`, or `\\*` for a star",
    ),
    re.compile("â€.?|Ã[\x80-\xbf]|Â[\xa0-\xbf]|\ufffd"): (
        "`{text}` was read in the wrong encoding",
        "type the sign anew",
    ),
    re.compile(r"\n(?:<{7} [^\n]*(?s:.*?\n>{7}(?= ))?|>{7} |\|{7} |={7}(?=\n|\Z))"): (
        "a merge was left unfinished here",
        "keep one of the two texts, and no line of `<<<<<<<`, `=======` or `>>>>>>>`",
    ),
    re.compile(r"\n\+[-=]{2,}+.*"): (
        "`{text}` begins no table of ours",
        "write rows between bars, and `|---|---|` below the heads",
    ),
    re.compile(r"\t(?<=[\w,;)]\t)(?<!\no\t)(?=\S)"): (
        "a tab stands between words",
        "write a space, or rows between bars for a table",
    ),
    re.compile(r"[-‐]\n(?<=[a-z][-‐]\n)(?=[a-z])"): (
        "a word was broken at the end of this line",
        "join the two parts of the word",
    ),
}
#: What emphasis is made of: its name, the sign, and where it is one and no item or part of a word.
_EMPHASIS = (
    ("stars", "*", re.compile(r"(?<!\*)(?!^[ \t]*\* |\*{3,}[ \t]*$)\*+")),
    ("low lines", "_", re.compile(r"(?<!\w)_+(?=[^\s_])|(?<=[^\s_])_+(?!\w)")),
)
_BROKEN_LINK = re.compile(
    r"(?P<space>\][ \t]+\((?=[^)\s]*(?:\.md|#|/)))"
    r"|(?P<wrong>\([^()\n]+\)\[(?![^\]]*@|\^)[^\[\]\n]+\])"
    r"|(?P<double>\[(?<!\[\[)\[[^\[\]\n]++\]\](?!\]))"
    r"|(?P<open>\]\()"
)
_BROKEN = {
    "space": "a space stands between `]` and `(`",
    "wrong": "the brackets are the wrong way round",
    "double": "double brackets make no link here",
    "open": "its round bracket does not close, or its address has a space",
}
_FOOTNOTE = re.compile(r"\[\^(?P<name>[^\[\]\s]+)\](?P<defines>:)?")
_INVISIBLE = {
    "\u00a0": "a space that does not break",
    "\u00ad": "a soft hyphen",
    "\u200b": "a space of no width",
    "\u200c": "an invisible joiner",
    "\u200d": "an invisible joiner",
    "\u2060": "an invisible joiner",
    "\ufffc": "a place-holder for an object",
    **dict.fromkeys(
        "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        "a mark that turns the direction of the text",
    ),
}
_UNSEEN = re.compile(f"[{''.join(_INVISIBLE)}]")
#: A sign written as its name or number; one that does not break is meant where it is so written.
_ENTITY = re.compile(r"&(?!nbsp;)#?\w+;")


@rule("KB330")
def markdown_is_ours(site: Site) -> Iterator[Problem]:
    """Code ends, items, headings and notes begin as here, and nothing needs the theme's script."""
    for page in site.pages:
        for pattern, (fact, hint) in _SLIPS.items():
            for line, slip in lines_found(pattern, page.markup.plain):
                text = slip[0].strip()
                spaces = len(slip[0]) - len(slip[0].lstrip(" \n")) - 1
                yield Problem(page.file, line, fact.format(text=text, spaces=spaces), hint)


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
        count: int | None = (
            None  # Of the numbers so far; 0 in a list of bullets, None outside lists.
        )
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
                    hint = "a bar within a cell is written `\\|`"
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


@rule("KB335", found(_BROKEN_LINK, "unlinked"))
def link_is_well_formed(_: Site, broken: re.Match[str]) -> Told:
    """A link is its text in square brackets, and at once its address in round ones."""
    return f"this is no link: {_BROKEN[broken.lastgroup]}", "write `[text](address)`"


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
                fact = f"{_INVISIBLE[unseen[0]]} stands behind `{line[: unseen.start()][-20:]}`"
                yield Problem(path, number, fact, "delete it; type a plain space if you need one")
