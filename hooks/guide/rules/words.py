"""KB40x: whose words they are."""

from collections.abc import Iterator

from guide.markup import Block
from guide.model import Site
from guide.problems import Finding
from guide.rules import rule


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
        for before, block, after in _with_neighbours(page.markup.blocks):
            beside = block.is_prose or not any(b and b.is_cited for b in (before, after))
            if block.section in reporting and not block.is_cited and beside:
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
