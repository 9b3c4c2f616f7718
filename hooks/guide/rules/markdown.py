"""KB33x and KB34x: Markdown that would be printed as it was typed, or become something else."""

import re
from collections.abc import Iterator
from itertools import islice

from guide.problems import Finding
from guide.rules import rule
from guide.source.markup import line_of, lines_found
from guide.source.model import Page, Site

_FENCE = re.compile(r"\n *+(?:`{3}|~{3})")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]+\S")
_INDENTED = re.compile(r"\n(?P<indent> +)(?:[-*+]|\d+\.) +(?=\S)")
_ALMOST_ITEM = re.compile(r"\n[ \t]*+(?:[•·▪◦‣–] +(?=\S)|\d+\) |[-+](?=[^\s+-])).*")
_ROW = re.compile(r"[ ]{0,3}\|.*")
_RULING = re.compile(r" {0,3}\|? *+:?-++:? *+(?:\| *+:?-++:? *+)*\|? *+")
_BROKEN_LINKS = (
    (re.compile(r"\][ \t]+\((?=[^)\s]*(?:\.md|#|/))"), "a space stands between `]` and `(`"),
    (
        re.compile(r"\([^()\n]+\)\[(?![^\]]*@|\^)[^\[\]\n]+\]"),
        "the brackets are the wrong way round",
    ),
    (re.compile(r"(?<!\[)\[\[[^\[\]\n]++\]\](?!\])"), "double brackets make no link here"),
    (re.compile(r"\]\("), "its round bracket does not close, or its address has a space"),
)
_FOOTNOTE = re.compile(r"\[\^(?P<name>[^\[\]\s]+)\](?P<defines>:)?")
_MERGE = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)|={7}$")
_INVISIBLE = {
    "\u00a0": "a space that does not break",
    "\u00ad": "a soft hyphen",
    "\u200b": "a space of no width",
    "\u200c": "an invisible joiner",
    "\u200d": "an invisible joiner",
    "\u2060": "an invisible joiner",
    "\ufffc": "a place-holder for an object",
    **dict.fromkeys("\u200e\u200f", "a mark that turns the direction of the text"),
}
_NO_HEADING = re.compile(r"#{1,6}[^#\s].*| {1,3}#{1,6} +\S.*")
_UNDERLINE = re.compile(r"(?:=+|-{2,})[ \t]*")
_NOTE = re.compile(r"\n(?:!{2,}|\?{3}|:{3}|> ?\[!\w+\]).*")
_SOUND_NOTE = re.compile(r"(?:!!!|\?\?\?\+?) [a-z]+(?: \"[^\"\n]*\")?[ \t]*\n\s*?(?: {4}|\t)\S")
_OF_MATERIAL = re.compile(
    r":(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:|(?<=\n)===[+!]? \".*"
)
_BRACES = re.compile(r"\{:? *+(?:[#.][\w-]++ *+)+\}")


def _lines(page: Page) -> Iterator[tuple[int, str, str]]:
    """Number, line and the line before it, without code."""
    lines = page.markup.plain.split("\n")
    return (
        (n, line, before)
        for n, (line, before) in enumerate(zip(lines, ["", *lines], strict=False), 1)
    )


@rule("KB330")
def block_of_code_ends(site: Site) -> Iterator[Finding]:
    """A block of code ends with the marks that it began with.

    Bad:  ``` and no second ```
    Good: ``` before the block and after it
    """
    for page in site.pages:
        for line, _ in islice(lines_found(_FENCE, page.markup.plain), 1):
            fact = "a block of code begins here and does not end"
            yield Finding(page.file, line, fact, "end it, or take it out")


@rule("KB331")
def list_and_table_stand_apart(site: Site) -> Iterator[Finding]:
    """An empty line stands between a paragraph and the list or table after it.

    Bad:  Three things help: and `- time` on the very next line
    Good: an empty line between the two
    """
    for page in site.pages:
        for block in page.markup.blocks:
            lines = block.text.rstrip("\n").split("\n")
            start = next((n for n, line in enumerate(lines) if not line.startswith("#")), 0)
            if re.match(r"\s|[-*+] |\d+\. |[|>!]", lines[start]):
                continue
            for number, line in enumerate(lines[start + 1 :], block.line + start + 1):
                if _ITEM.match(line) or (_ROW.fullmatch(line) and not _ROW.fullmatch(lines[start])):
                    fact = "a list or table follows a paragraph without an empty line"
                    hint = "put an empty line before it, or it is printed as running text"
                    yield Finding(page.file, number, fact, hint)
                    break


@rule("KB332")
def nested_item_is_indented_by_four(site: Site) -> Iterator[Finding]:
    """An item below another is indented by four spaces.

    Bad:  `  - with two spaces`
    Good: `    - with four`
    """
    for page in site.pages:
        for line, item in lines_found(_INDENTED, page.markup.plain):
            indent = len(item["indent"])
            if indent % 4:
                fact = f"the item is indented by {indent} spaces"
                yield Finding(page.file, line, fact, "four spaces for each level, or none")


@rule("KB333")
def table_is_whole(site: Site) -> Iterator[Finding]:
    """A table has a line of hyphens below its heads, and as many cells in every row.

    Bad:  | Form | Aim | and | Cooperation |
    Good: | Form | Aim | and | Cooperation | None |
    """
    for page in site.pages:
        for block in page.markup.blocks:
            rows = block.text.rstrip("\n").split("\n")
            if not _ROW.fullmatch(rows[0]):
                continue
            if len(rows) < 2 or not _RULING.fullmatch(rows[1]):
                hint = "write `|---|---|` below the heads, with as many parts"
                yield Finding(page.file, block.line, "the table has no line of hyphens", hint)
                continue
            for number, row in enumerate(rows):
                if _cells(row) != _cells(rows[0]):
                    fact = f"the row has {_cells(row)} cells, the table {_cells(rows[0])}"
                    hint = "a bar within a cell is written `\\|`"
                    yield Finding(page.file, block.line + number, fact, hint)


def _cells(row: str) -> int:
    row = re.sub(r"\\\|", " ", row)
    return row.strip().removeprefix("|").removesuffix("|").count("|") + 1


@rule("KB334")
def emphasis_ends(site: Site) -> Iterator[Finding]:
    """What begins with `*` or `**` ends with as many in the same paragraph.

    Bad:  **Trust. See below.
    Good: **Trust.** See below.
    """
    for page in site.pages:
        text = page.markup.unlinked.split("\n")
        for block in page.markup.blocks:
            lines = text[block.line - 1 : block.line - 1 + len(block.text.splitlines())]
            odd = [n for n, line in enumerate(lines) if _stars(line) % 2]
            if len(odd) % 2 or sum(line.count("**") for line in lines) % 2:
                fact = "the stars of this line are not in pairs"
                hint = "end what begins with `*` or `**`; a star that is meant is `\\*`"
                at = odd[0] if odd else next(n for n, x in enumerate(lines) if x.count("**") % 2)
                yield Finding(page.file, block.line + at, fact, hint)


def _stars(line: str) -> int:
    """Stars of a line, without the one that makes it an item."""
    return re.sub(r"^[ \t]*\* ", "", line).count("*")


@rule("KB335")
def link_is_well_formed(site: Site) -> Iterator[Finding]:
    """A link is its text in square brackets, and at once its address in round ones.

    Bad:  [Lesson 5] (../lessons/l05-trust.md) or (Lesson 5)[../lessons/l05-trust.md]
    Good: [Lesson 5](../lessons/l05-trust.md)
    """
    for page in site.pages:
        told: set[int] = set()
        for pattern, reason in _BROKEN_LINKS:
            for found in pattern.finditer(page.markup.unlinked):
                line = line_of(page.markup.unlinked, found.start())
                if line not in told:
                    fact = f"this is no link: {reason}"
                    yield Finding(page.file, line, fact, "write `[text](address)`")
                told.add(line)


@rule("KB336")
def footnote_has_both_ends(site: Site) -> Iterator[Finding]:
    """A footnote has its mark in the text and its line `[^name]:`.

    Bad:  a claim[^1] and no line [^1]:
    Good: a claim[^1] and, below, [^1]: the note
    """
    for page in site.pages:
        found = list(_FOOTNOTE.finditer(page.markup.plain))
        defined = {each["name"] for each in found if each["defines"]}
        used = {each["name"] for each in found if not each["defines"]}
        for each in found:
            if each["name"] in defined ^ used:
                lacks = "mark in the text" if each["defines"] else f"line `[^{each['name']}]: …`"
                line = line_of(page.markup.plain, each.start())
                fact = f"the footnote `{each['name']}` has no {lacks}"
                yield Finding(page.file, line, fact, "add it, or take the other out")


@rule("KB337")
def merge_is_finished(site: Site) -> Iterator[Finding]:
    """No marks of a half-finished merge are left in a page.

    Bad:  <<<<<<< HEAD
    Good: the one text that was meant
    """
    for page in site.pages:
        marks = [n for n, line, _ in _lines(page) if _MERGE.match(line)]
        if marks:
            fact = "a merge was left unfinished here"
            hint = (
                "keep one of the two texts and take out the lines `<<<<<<<`, `=======`, `>>>>>>>`"
            )
            yield Finding(page.file, marks[0], fact, hint)


@rule("KB338")
def character_can_be_seen(site: Site) -> Iterator[Finding]:
    """No text holds characters that nobody sees, such as soft hyphens from a word processor.

    Bad:  partner-ship with a soft hyphen, which only some browsers show
    Good: partnership
    """
    pattern = re.compile(f"[{''.join(_INVISIBLE)}]")
    for path in site.raw:
        text = site.text(path)
        for number, line in enumerate(text.split("\n") if pattern.search(text) else (), 1):
            found = pattern.search(line)
            if found:
                fact = f"{_INVISIBLE[found[0]]} stands behind `{line[: found.start()][-20:]}`"
                yield Finding(
                    path, number, fact, "delete it, and type a plain space if you need one"
                )


@rule("KB339")
def heading_is_written_with_hashes(site: Site) -> Iterator[Finding]:
    """A heading is hashes at the start of a line, a space and its words.

    Bad:  ##Try this or a line of hyphens right below a paragraph
    Good: ## Try this { #try }
    """
    for page in site.pages:
        for number, line, before in _lines(page):
            if _NO_HEADING.fullmatch(line):
                yield Finding(
                    page.file,
                    number,
                    f"`{line.strip()}` is no heading of ours",
                    "begin the line with the hashes, then a space",
                )
            elif _UNDERLINE.fullmatch(line) and before.strip() and not _MERGE.match(line):
                yield Finding(
                    page.file,
                    number,
                    "this line turns the one above into a heading",
                    "put an empty line between, or write the heading with `##`",
                )


@rule("KB340")
def list_begins_with_its_mark(site: Site) -> Iterator[Finding]:
    """An item begins with `-` or `1.` and a space.

    Bad:  • Time, 1) Time or -Time
    Good: - Time or 1. Time
    """
    for page in site.pages:
        for line, found in lines_found(_ALMOST_ITEM, page.markup.plain):
            fact = f"`{found[0].strip()[:20]}` begins like an item and becomes none"
            yield Finding(page.file, line, fact, "write `- ` or `1. `, with a space")


@rule("KB341")
def braces_follow_what_they_name(site: Site) -> Iterator[Finding]:
    """Braces with an id or a class stand behind a heading, or right behind a link or an image.

    Bad:  ![A ring](ring.svg) { .diagram }
    Good: ![A ring](ring.svg){ .diagram }
    """
    for page in site.pages:
        for number, line, before in _lines(page) if "{" in page.markup.plain else ():
            for found in (
                () if "{" not in line or re.match(r" {0,3}#", line) else _BRACES.finditer(line)
            ):
                alone = found[0] == line.strip() and before.strip()
                if not alone and line[: found.start()][-1:] not in (")", "*", "]"):
                    fact = f"`{found[0]}` would be printed as it stands"
                    yield Finding(page.file, number, fact, "put it right behind what it belongs to")


@rule("KB342")
def note_has_its_form(site: Site) -> Iterator[Finding]:
    """A note begins with `!!! note`, or `??? note` where it folds; four spaces indent its text.

    Bad:  !!!note or > [!NOTE]
    Good: !!! note and, on the next line, four spaces and the text
    """
    for page in site.pages:
        for line, found in lines_found(_NOTE, page.markup.plain):
            if not _SOUND_NOTE.match(page.markup.plain, found.start()):
                hint = "write `!!! note`, then the text with four spaces"
                yield Finding(page.file, line, f"`{found[0].strip()}` begins no note", hint)


@rule("KB343")
def nothing_needs_the_script_of_the_theme(site: Site) -> Iterator[Finding]:
    """Icons by name and tabs within a page, which other Material sites have, are not written.

    Bad:  :material-account-group: or === "For chairs"
    Good: the word, or a heading
    """
    for page in site.pages:
        for line, found in lines_found(_OF_MATERIAL, page.markup.plain):
            fact = f"`{found[0]}` would be printed as it was typed"
            yield Finding(page.file, line, fact, "say it in words; a heading does for a tab")
