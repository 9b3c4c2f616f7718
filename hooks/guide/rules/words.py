"""KB40x and KB50x: whose words they are, and how they are spelt."""

import re
from collections.abc import Iterator

from guide.links.navigation import with_neighbours
from guide.problems import Problem
from guide.rules import rule
from guide.rules.citations import keys_without_at
from guide.source.markup import lines_found
from guide.source.model import Site
from guide.source.reader import GLOSSARY

_LONG_QUOTATION = re.compile(r"[\"“][^\"“”\n]{120,}[\"”]|‘(?:[^‘’\n]|’(?=\w)){120,}’")
#: A word with a capital right behind another: part of a name, such as World Health Organization.
_NAME = re.compile(r"\b[A-Z]\w+ (?:(?:and|for|of|the) )*[A-Z]\w*\Z")
_ROMAN = re.compile(r"[IVX]+")
_QUOTED = re.compile(r"\n[ \t]*>.*")


@rule("KB401")
def quotation_is_short_and_cited(site: Site) -> Iterator[Problem]:
    """A block quote has at most 40 words, as the papers are under copyright, and its citation."""
    longest = site.schema.limits.quotation_words
    for page in site.pages:
        for quotation in page.markup.quotations:
            if quotation.words > longest:
                fact = f"the quotation has {quotation.words} words, {longest} at the most"
                yield Problem(page.file, quotation.line, fact, "say the rest in your own words")
            if not quotation.cited:
                fact = "the quotation has no citation"
                yield Problem(page.file, quotation.line, fact, "end it with `[@key, place]`")
        for line, quoted in lines_found(_LONG_QUOTATION, page.markup.plain):
            if (words := len(quoted[0].split())) > longest:
                fact = f"the quotation in the text has {words} words, {longest} at the most"
                yield Problem(page.file, line, fact, "say the rest in your own words")


@rule("KB403")
def paragraph_that_reports_is_cited(site: Site) -> Iterator[Problem]:
    """A paragraph that reports a source cites it; a list or table may be cited beside it."""
    for page in site.entries:
        ours = {h.id for h in page.markup.headings if "ours" in h.classes}
        reporting = {section.id for section in page.sections if section.reports} - ours
        almost = {slip.line for slip in page.markup.slips}
        almost |= {line for line, _ in keys_without_at(site, page)}  # KB204 tells of them.
        row = [None if block.text.startswith("#") else block for block in page.markup.blocks]
        almost |= {quotation.line for quotation in page.markup.quotations}  # And KB401.
        for before, block, after in with_neighbours(row):
            if not block:  # A heading is beside nothing.
                continue
            lines = range(block.line, block.line + block.text.count("\n") + 1)
            beside = not block.is_prose and any(b and b.is_cited for b in (before, after))
            cited = block.is_cited or beside or almost & {*lines}
            if block.section in reporting and not cited:
                what = "paragraph" if block.is_prose else "list or table"
                fact = f"the {what} `{_beginning(block.text)}` has no citation"
                hint = "cite the place that it reports, or move it to a section of the editors"
                yield Problem(page.file, block.line, fact, hint)


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:5]) + (" …" if len(words) > 5 else "")


@rule("KB508")
def spelling_is_british(site: Site) -> Iterator[Problem]:
    """The text is spelt the British way; quotations, and aliases that people type, need not be."""
    spelling, forms = site.schema.spelling.items(), (str.lower, str.capitalize)
    british = {form(american): form(ours) for american, ours in spelling for form in forms}
    stems = "|".join(rf"{american}(?<![\w/-]{american})" for american in british)
    pattern = re.compile(rf"(?P<stem>{stems})(?P<rest>\w*)" if stems else r"\b\B")
    texts = [(GLOSSARY, term.line, term.means) for term in site.glossary]
    for page in site.pages:
        front = page.front
        texts += [(page.file, front.line(name), front.text(name)) for name in ("title", "summary")]
        texts.append((page.file, 1, _QUOTED.sub("\n", page.markup.unlinked)))
    for file, line, text in texts:
        for number, word in lines_found(pattern, text):
            if not _NAME.search(word.string, 0, word.end()):
                hint = f"the guide writes `{british[word['stem']]}{word['rest']}`"
                yield Problem(file, line + number - 1, f"`{word[0]}` is American spelling", hint)


@rule("KB506")
def acronym_is_in_the_glossary(site: Site) -> Iterator[Problem]:
    """An acronym is explained in the glossary, or spelled out on its page."""
    known = {form.upper() for term in site.glossary for form in term.forms}
    known |= set(site.schema.plain_acronyms)
    for page in site.pages:
        for acronym, line in page.markup.acronyms:
            if (
                acronym not in known
                and not _ROMAN.fullmatch(acronym)
                and f"({acronym}" not in page.markup.plain
            ):
                fact = f"`{acronym}` is explained neither here nor in the glossary"
                hint = f"write it out once, with `({acronym})` behind it, or add it to the glossary"
                yield Problem(page.file, line, fact, hint)
