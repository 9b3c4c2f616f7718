"""KB20x: citations in the text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from guide.problems import Problem, did_you_mean
from guide.rules import Told, rule
from guide.rules.subjects import citations, cites
from guide.source.bibliography import plain_words
from guide.source.citations import Cite
from guide.source.markup import line_of
from guide.source.model import Page, Site
from guide.source.reader import GLOSSARY

#: A word in square brackets that is no link, with what follows a comma; or a name with its year.
_IN_BRACKETS = re.compile(
    r"\[(?P<key>[a-z][a-z0-9-]*)(?:,[^\[\]\n]*+)?\](?![(\[:])"
    r"|[({;](?<!\]\()[ |]*(?:see |cf\.? )?"
    r"(?P<name>[A-Z][\w’'-]+)[^(){};\n]{0,60}?[ ,](?P<year>\d{4})"
)
#: What may stand before a key.
_LEADS = ("", "cited in", "see", "see also", "compare", "for example")
_UNCOUNTED = re.compile(r"[\d\s–-]+|p{1,2}\.?\d.*|pages?\b.*")


@rule("KB201", cites)
def cited_key_is_in_bibliography(site: Site, cite: Cite) -> Told:
    """Every cited key is defined in bibliography.bib."""
    if cite.key not in site.work:
        hint = did_you_mean(cite.key, site.work) or "add the work to bibliography.bib"
        return f"unknown citation key `{cite.key}`", hint


@rule("KB203", cites)
def place_is_one_of_the_paper(site: Site, cite: Cite) -> Told:
    """A source paper is cited at a place of its outline; any other place says what it counts."""
    outline = site.outline_of.get(cite.key)
    if outline and not cite.locators:
        hint = f"write `[@{cite.key}, …]` with a place that {outline.path} lists"
        return f"`@{cite.key}` is cited without a place", hint
    for locator in cite.locators:
        if outline and locator not in outline.locators:
            number = re.search(r"\d+|$", locator)[0]
            alike = (place for place in outline.locators if number in re.findall(r"\d+", place))
            hint = did_you_mean(locator, alike) or f"the places are listed in {outline.path}"
            return f"`{locator}` is no place in `{cite.key}`", hint
        if not outline and _UNCOUNTED.fullmatch(locator):
            fact = f"`{locator}` does not say what it counts in the common form"
            return fact, "write `p. 26`, `pp. 26-28` or `sec. 3`"


@rule("KB204")
def citation_is_well_formed(site: Site) -> Iterator[Problem]:
    """Whatever looks like a citation is one, and is not printed as text."""
    slips = [(page.file, slip.line, slip) for page in site.pages for slip in page.markup.slips]
    slips += [(GLOSSARY, term.line, slip) for term in site.glossary for slip in term.slips]
    for file, line, slip in slips:
        fact = f"`{slip.text}` is no citation: {slip.reason}"
        hint = "write `[@key, place]` into the text, a space before it; several have `;` between"
        yield Problem(file, line, fact, hint)
    for page in site.pages:
        for line, key in keys_without_at(site, page):
            fact = f"`{key}` is named in brackets without `@`"
            yield Problem(page.file, line, fact, f"write `[@{key}, place]`")


def keys_without_at(site: Site, page: Page) -> Iterator[tuple[int, str]]:
    """Keys that stand in brackets as a citation does, or author and year, with their lines."""
    for found in _IN_BRACKETS.finditer(page.markup.plain):
        key = found["key"] or f"{plain_words(found['name'])}{found['year']}"
        if key in site.work:
            yield line_of(page.markup.plain, found.start()), key


@rule("KB206")
def work_is_cited_through_its_paper(site: Site) -> Iterator[Problem]:
    """A work known through a source paper is cited through it, once in a pair of brackets."""
    for file, line, row in citations(site):
        seen: set[tuple[Cite, Cite | None]] = set()
        if row[0].is_vehicle:
            hint = "begin with the work: `[@key; cited in …]`"
            yield Problem(file, line, "`cited in` names no work before it", hint)
        for cite, after in pairwise((*row, None)):
            papers = site.work[cite.key].cited_in if cite.key in site.work else ()
            vehicle = after if after and after.is_vehicle else None
            through = vehicle and vehicle.key in papers
            if cite.prefix not in _LEADS:
                fact = f"`{cite.prefix}` does not belong before `@{cite.key}`"
                is_vehicle = cite.prefix.lower().endswith(" in")
                hint = "write `cited in`" if is_vehicle else "name the author in the sentence"
                yield Problem(file, line, fact, hint)
            if vehicle and (cite.is_vehicle or cite.key in site.outline_of):
                fact = f"`@{cite.key}` is not known through `@{vehicle.key}`"
                yield Problem(file, line, fact, "cite each paper by itself, with its own place")
            if papers and cite.key not in site.outline_of and not through:
                fact = f"`{cite.key}` is known only through `{'` and `'.join(papers)}`"
                hint = f"write `[@{cite.key}; cited in @{papers[0]}, place]`"
                yield Problem(file, line, fact, hint)
            if cite.suppress_author and cite.key in site.outline_of:
                fact = f"a paper is cited by its name, which `-@{cite.key}` leaves out"
                yield Problem(file, line, fact, "take the `-` out")
            if (cite, vehicle) in seen and not cite.is_vehicle:
                fact = f"`@{cite.key}` stands twice in these brackets, with the same place"
                yield Problem(file, line, fact, "take one out")
            seen.add((cite, vehicle))
