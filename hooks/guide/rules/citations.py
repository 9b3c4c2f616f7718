"""KB20x: citations in the text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise

from guide.nearest import did_you_mean, only_near
from guide.problems import Finding
from guide.rules import rule
from guide.source.citations import Cite
from guide.source.markup import Slip, line_of, with_key
from guide.source.model import Page, Site
from guide.source.reader import GLOSSARY

#: A word in square brackets that is no link, with what follows a comma.
_IN_BRACKETS = re.compile(r"\[([a-z][a-z0-9-]*)(?:,[^\[\]\n]*+)?\](?![(\[:])")


def _citations(site: Site) -> Iterator[tuple[str, int, tuple[Cite, ...]]]:
    """Every cluster of works cited, with its file and line."""
    for page in site.pages:
        for citation in page.markup.citations:
            yield page.file, citation.line, citation.cites
    for term in site.glossary.terms:
        for citation in term.citations:
            yield GLOSSARY, term.line, citation.cites


def _cites(site: Site) -> Iterator[tuple[str, int, Cite]]:
    return ((file, line, cite) for file, line, cites in _citations(site) for cite in cites)


@rule("KB201", guessed=True)
def cited_key_is_in_bibliography(site: Site) -> Iterator[Finding]:
    """Every cited key is defined in bibliography.bib.

    Bad:  [@ostrom90]
    Good: [@ostrom1990]
    """
    for file, line, cite in _cites(site):
        if cite.key not in site.work:
            hint = did_you_mean(cite.key, site.work) or "add the work to bibliography.bib"
            meant = only_near(cite.key, (key for key in site.work if _year(key) == _year(cite.key)))
            mend = partial(with_key, line=line, old=cite.key, new=meant) if meant else None
            yield Finding(file, line, f"unknown citation key `{cite.key}`", hint, mend)


def _year(key: str) -> str:
    """The digits of a key: another year is another work, and no slip of the pen."""
    return re.sub(r"\D", "", key)


@rule("KB202")
def paper_is_cited_at_a_place(site: Site) -> Iterator[Finding]:
    """A citation of one of the source papers says where in the paper.

    Bad:  [@chesterman2005]
    Good: [@chesterman2005, no. 5]
    """
    for file, line, cite in _cites(site):
        outline = site.outline_of.get(cite.key)
        if outline and not cite.locators:
            example = f"[@{cite.key}, {outline.items[-1].locator}]"
            fact = f"`@{cite.key}` is cited without a place"
            yield Finding(file, line, fact, f"write `{example}` for example")


@rule("KB203")
def place_is_in_the_outline(site: Site) -> Iterator[Finding]:
    """The place that a citation of a source paper gives stands in the paper's outline.

    Bad:  [@bcg-lessons, no. 11]
    Good: [@bcg-lessons, no. 10]
    """
    for file, line, cite in _cites(site):
        outline = site.outline_of.get(cite.key)
        for locator in cite.locators if outline else ():
            if locator not in outline.locators:
                near = did_you_mean(locator, outline.locators)
                hint = near or f"the places are listed in {outline.path}"
                fact = f"`{locator}` is no place in `{cite.key}`"
                yield Finding(file, line, fact, hint)


@rule("KB204")
def citation_is_well_formed(site: Site) -> Iterator[Finding]:
    """Whatever looks like a citation is one, and is not printed as text.

    Bad:  [@chesterman2005 no. 5]
    Good: [@chesterman2005, no. 5]
    """
    for file, slip in _slips(site):
        fact = f"`{slip.text}` is no citation: {slip.reason}"
        yield Finding(file, slip.line, fact, "write `[@key, place]`, several with `;` between")
    for page in site.pages:
        for line, key in keys_without_at(site, page):
            fact = f"`{key}` stands in brackets without `@`"
            yield Finding(page.file, line, fact, f"write `[@{key}, place]`")


def _slips(site: Site) -> Iterator[tuple[str, Slip]]:
    for page in site.pages:
        yield from ((page.file, slip) for slip in page.markup.slips)
    for term in site.glossary.terms:
        yield from ((GLOSSARY, replace(slip, line=term.line)) for slip in term.slips)


def keys_without_at(site: Site, page: Page) -> Iterator[tuple[int, str]]:
    """Keys that stand in square brackets as a citation does, with their lines."""
    for found in _IN_BRACKETS.finditer(page.markup.plain):
        if found[1] in site.work:
            yield line_of(page.markup.plain, found.start()), found[1]


@rule("KB205")
def heading_has_no_citation(site: Site) -> Iterator[Finding]:
    """A heading carries no citation: it is repeated in tables of contents and slides.

    Bad:  ## Trust [@bcg-lessons, no. 5] { #lesson }
    Good: the citation in the sentence below the heading
    """
    for page in site.pages:
        lines = {heading.line for heading in page.markup.headings}
        for citation in page.markup.citations:
            if citation.line in lines:
                fact = "a citation stands in a heading"
                yield Finding(page.file, citation.line, fact, "cite in the text below it")


@rule("KB206")
def secondary_work_names_its_paper(site: Site) -> Iterator[Finding]:
    """A work known only through one of the source papers is cited through that paper.

    Bad:  [@deering1998]
    Good: [@deering1998; cited in @bcg-lessons, no. 5]
    """
    for file, line, cites in _citations(site):
        for cite, after in pairwise((*cites, None)):
            papers = site.work[cite.key].cited_in if cite.key in site.work else ()
            if not papers or cite.key in site.outline_of:
                continue
            if not (after and after.is_vehicle and after.key in papers):
                fact = f"`{cite.key}` is known only through `{'` and `'.join(papers)}`"
                hint = f"write `[@{cite.key}; cited in @{papers[0]}, place]`"
                yield Finding(file, line, fact, hint)


@rule("KB207")
def vehicle_follows_a_work(site: Site) -> Iterator[Finding]:
    """ "cited in" follows the work that was cited, in the same brackets.

    Bad:  [cited in @bcg-lessons, no. 5]
    Good: [@deering1998; cited in @bcg-lessons, no. 5]
    """
    for file, line, cites in _citations(site):
        if cites[0].is_vehicle:
            fact = "`cited in` names no work before it"
            yield Finding(file, line, fact, "begin with the work: `[@key; cited in …]`")


@rule("KB208")
def place_is_cited_once(site: Site) -> Iterator[Finding]:
    """One pair of brackets names a work's place once.

    Bad:  [@loraine2002, sec. 8; @loraine2002, sec. 8]
    Good: [@loraine2002, sec. 8]
    """
    for file, line, cites in _citations(site):
        seen: set[tuple[Cite, Cite | None]] = set()
        for cite, after in pairwise((*cites, None)):
            whole = (cite, after if after and after.is_vehicle else None)
            if whole in seen and not cite.is_vehicle:
                fact = f"`@{cite.key}` stands twice in these brackets, with the same place"
                yield Finding(file, line, fact, "take one out")
            seen.add(whole)


@rule("KB209")
def place_says_what_it_counts(site: Site) -> Iterator[Finding]:
    """A place is more than a number: a page, a section or a number of a list.

    Bad:  [@wilcox1998, 26]
    Good: [@wilcox1998, p. 26]
    """
    for file, line, cite in _cites(site):
        for locator in cite.locators if cite.key not in site.outline_of else ():
            if re.fullmatch(r"[\d\s–-]+|p{1,2}\.?\d.*|pages?\b.*", locator):
                fact = f"`{locator}` does not say what it counts in the common form"
                yield Finding(file, line, fact, "write `p. 26`, `pp. 26-28` or `sec. 3`")


@rule("KB210")
def citation_stands_apart(site: Site) -> Iterator[Finding]:
    """A space stands between a word and the citation after it.

    Bad:  acting together[@deering1998]
    Good: acting together [@deering1998]
    """
    for page in site.pages:
        for found in re.finditer(
            r"\[(?<=[\w.,;:!?)]\[)[^\[\]\n]*@[^\[\]\n]*\](?![(\[])", page.markup.plain
        ):
            fact = f"no space stands before `{found[0]}`"
            line = line_of(page.markup.plain, found.start())
            yield Finding(page.file, line, fact, "put a space there, or the two run together")
