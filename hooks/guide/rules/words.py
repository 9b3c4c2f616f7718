"""KB40x: whose words they are."""

from collections.abc import Iterator

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
