"""KB50x: data/glossary.yml."""

from collections.abc import Iterator
from itertools import pairwise

from guide.nearest import did_you_mean
from guide.problems import Finding
from guide.rules import rule
from guide.source.model import Site
from guide.source.reader import GLOSSARY


@rule("KB501", first=True)
def glossary_is_complete(site: Site) -> Iterator[Finding]:
    """A term of the glossary has its forms, meaning, citation and entry.

    Bad:  a term without `cite:`
    Good: cite: "[@markwell-workbook, p. 55]"
    """
    for fault in site.glossary.faults:
        yield Finding(GLOSSARY, fault.line, fault.fact, fault.hint)


@rule("KB502")
def glossary_leads_to_an_entry(site: Site) -> Iterator[Finding]:
    """A term names the entry that treats it.

    Bad:  entry: p171
    Good: entry: p17
    """
    for term in site.glossary.terms:
        if term.entry not in site.entry:
            fact = f"`{term.term}` leads to `{term.entry}`, which is no entry"
            yield Finding(GLOSSARY, term.line, fact, did_you_mean(term.entry, site.entry))


@rule("KB503")
def glossary_is_sorted(site: Site) -> Iterator[Finding]:
    """The terms stand from a to z.

    Bad:  Trust before Team
    Good: Team before Trust
    """
    for before, term in pairwise(site.glossary.terms):
        if term.term.casefold() < before.term.casefold():
            fact = f"`{term.term}` stands after `{before.term}`"
            yield Finding(GLOSSARY, term.line, fact, "the terms are sorted from a to z")


@rule("KB504")
def form_is_used_once(site: Site) -> Iterator[Finding]:
    """No two terms are recognised by the same words.

    Bad:  forms: [partner] for two terms
    Good: forms: [partner] for one
    """
    first: dict[str, str] = {}
    for term in site.glossary.terms:
        for form in term.forms:
            other = first.setdefault(form, term.term)
            if other != term.term:
                fact = f"`{form}` is a form of `{other}` already"
                yield Finding(
                    GLOSSARY, term.line, fact, "leave it to the one that it usually means"
                )


@rule("KB505")
def definition_is_short(site: Site) -> Iterator[Finding]:
    """A definition is short enough to be read beside the word.

    Bad:  a definition that retells the entry
    Good: one or two sentences
    """
    longest = site.schema.summary_longest
    for term in site.glossary.terms:
        if len(term.means) > longest:
            fact = f"`{term.term}` is defined in {len(term.means)} characters"
            yield Finding(GLOSSARY, term.line, fact, f"{longest} at the most; the entry says more")


@rule("KB506")
def acronym_is_in_the_glossary(site: Site) -> Iterator[Finding]:
    """An acronym is explained in the glossary, or spelled out on its page.

    Bad:  The RDA took part.
    Good: The regional development agency (RDA) took part.
    """
    known = {form.upper() for term in site.glossary.terms for form in term.forms}
    known |= set(site.schema.plain_acronyms)
    for page in site.pages:
        for acronym, line in page.markup.acronyms:
            if acronym not in known and f"({acronym}" not in page.markup.plain:
                fact = f"`{acronym}` is explained neither here nor in the glossary"
                hint = f"write it out once, with `({acronym})` behind it, or add it to the glossary"
                yield Finding(page.file, line, fact, hint)


@rule("KB509")
def term_is_defined_once(site: Site) -> Iterator[Finding]:
    """A term stands in the glossary once.

    Bad:  - term: Alliance, twice
    Good: - term: Alliance, with all its forms
    """
    first: dict[str, int] = {}
    for term in site.glossary.terms:
        line = first.setdefault(term.anchor, term.line)
        if line != term.line:
            fact = f"`{term.term}` is defined in line {line} already"
            yield Finding(GLOSSARY, term.line, fact, "make one of the two")
