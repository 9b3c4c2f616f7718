"""KB40x and KB507 on: whose words they are, and how they are spelt."""

import re
from collections.abc import Iterator

from guide.problems import Finding
from guide.rules import rule
from guide.rules.citations import keys_without_at
from guide.source.markup import NOTES_TO_SELF, Block, line_of
from guide.source.model import Page, Site

_TO_DO = re.compile(rf"(?:{NOTES_TO_SELF}|Lorem ipsum|lorem ipsum)\b|(?<!\n)\?\?\?")
#: Parts of what _TO_DO finds, quickly looked for.
_TO_DO_PARTS = (*NOTES_TO_SELF.split("|"), "orem ipsum", "???")
_DOUBLE = re.compile(r"\b(?<!['’-])([a-z]++) +\1(?![\w'’-])")
_DOUBLED = ("had", "that")  # Both can be right: "what he had had", "that that follows".


@rule("KB401")
def quotation_is_short(site: Site) -> Iterator[Finding]:
    """A quotation has at most 40 words: the papers are under copyright.

    Bad:  a block quote of a whole paragraph
    Good: a block quote of the one sentence whose wording matters
    """
    longest = site.schema.quotation_longest
    for page in site.pages:
        for quotation in page.markup.quotations:
            if quotation.words > longest:
                fact = f"the quotation has {quotation.words} words, {longest} at the most"
                yield Finding(page.file, quotation.line, fact, "say the rest in your own words")


@rule("KB402")
def quotation_is_cited(site: Site) -> Iterator[Finding]:
    """A block quote carries its citation.

    Bad:  > a shotgun wedding
    Good: > a shotgun wedding [@bcg-lessons, no. 1]
    """
    for page in site.pages:
        for quotation in page.markup.quotations:
            if not quotation.cited:
                fact = "the quotation has no citation"
                yield Finding(page.file, quotation.line, fact, "end it with `[@key, place]`")


@rule("KB403")
def paragraph_that_reports_is_cited(site: Site) -> Iterator[Finding]:
    """A paragraph that reports a source cites it; a list or table may be cited beside it.

    Bad:  The paper gives no case.
    Good: The paper gives no case [@chesterman2005, no. 5].
    """
    for page in site.entries:
        ours = {h.id for h in page.markup.headings if "ours" in h.classes}
        reporting = {section.id for section in page.sections if section.reports} - ours
        almost = {slip.line for slip in page.markup.slips}
        almost |= {line for line, _ in keys_without_at(site, page)}  # KB204 tells of them.
        for before, block, after in _with_neighbours(page.markup.blocks):
            beside = block.is_prose or not any(b and b.is_cited for b in (before, after))
            lines = range(block.line, block.line + block.text.count("\n") + 1)
            if (
                block.section in reporting
                and not block.is_cited
                and beside
                and not almost & {*lines}
            ):
                what = "paragraph" if block.is_prose else "list or table"
                fact = f"the {what} `{_beginning(block.text)}` has no citation"
                hint = "cite the place that it reports, or move it to a section of the editors"
                yield Finding(page.file, block.line, fact, hint)


def _with_neighbours(
    blocks: tuple[Block, ...],
) -> Iterator[tuple[Block | None, Block, Block | None]]:
    """Each block with those beside it; headings are none."""
    row = [None, *(None if block.text.startswith("#") else block for block in blocks), None]
    return ((a, b, c) for a, b, c in zip(row, row[1:], row[2:], strict=False) if b)


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:5]) + (" …" if len(words) > 5 else "")


@rule("KB507")
def nothing_is_left_to_do(site: Site) -> Iterator[Finding]:
    """No note to oneself is left in a page.

    Bad:  TODO: check the page number
    Good: the page number
    """
    for page in site.pages:
        for start, text in _texts(page):
            for found in _TO_DO.finditer(text) if any(p in text for p in _TO_DO_PARTS) else ():
                line = start + text.count("\n", 0, found.start())
                fact = f"`{found[0]}` was left behind"
                yield Finding(page.file, line, fact, "do it, or take it out")


def _texts(page: Page) -> Iterator[tuple[int, str]]:
    """The fields and the text of a page, each with the line where it begins."""
    for name, given in page.front.fields.items():
        yield given.line, " ".join((page.front.text(name), *page.front.words(name)))
    yield 1, page.markup.plain


@rule("KB508")
def spelling_is_british(site: Site) -> Iterator[Finding]:
    """The text is spelt the British way; quotations, and aliases that people type, need not be.

    Bad:  organizations
    Good: organisations
    """
    stems = "|".join(site.schema.spelling)
    if not stems:
        return
    letters, word = re.compile(stems), re.compile(rf"(?<![\w/-])(?:{stems})\w*", re.I)
    for page in site.pages:
        fields = [(page.front.line(name), page.front.text(name)) for name in ("title", "summary")]
        for line, given in (*fields, (1, page.markup.unlinked)):
            for start in (found.start() for found in letters.finditer(given.lower())):
                found = word.match(given, start)
                if not found or _is_quoted(given, start):
                    continue
                stem = next(s for s in site.schema.spelling if found[0].lower().startswith(s))
                hint = f"the guide writes `{site.schema.spelling[stem]}{found[0][len(stem) :]}`"
                at = line + given.count("\n", 0, start)
                yield Finding(page.file, at, f"`{found[0]}` is American spelling", hint)


def _is_quoted(text: str, offset: int) -> bool:
    """Whether the line that holds `offset` is part of a block quote."""
    return text[text.rfind("\n", 0, offset) + 1 : offset].lstrip().startswith(">")


@rule("KB510")
def word_is_not_doubled(site: Site) -> Iterator[Finding]:
    """No word stands twice in a row.

    Bad:  it follows from from acting together
    Good: it follows from acting together
    """
    for page in site.pages:
        text = page.markup.plain.lower()
        for found in _DOUBLE.finditer(text):
            if found[1] not in _DOUBLED:
                line = line_of(text, found.start())
                yield Finding(page.file, line, f"`{found[0]}`: a word stands twice", "take one out")
