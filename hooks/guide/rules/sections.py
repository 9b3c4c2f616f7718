"""KB12x and KB14x: the sections of a page."""

import re
from collections.abc import Iterator

from guide.problems import Problem, did_you_mean
from guide.rules import Told, rule
from guide.rules.subjects import entries, headings, repeated
from guide.source.markup import Heading
from guide.source.model import TODO, Page, Site

#: Ids that every page, or every page of a kind, has around its text.
FRAMED = re.compile(
    r"search|content|menu|scheme|cite|edit|slide|q|sources-cited|where-used|related|entries|outline"
    r"|minutes|late|walk-slides|(?:__|part-|cites-|ref-|term-).*"
)


@rule("KB120")
def required_section_is_present(site: Site) -> Iterator[Problem]:
    """A page has every section that the schema gives its kind."""
    for page in site.pages:
        ids = {heading.id for heading in page.markup.headings}
        texts = {h.text.partition("{")[0].strip().casefold() for h in page.markup.headings}
        for section in page.sections:
            # A heading with the right words and a wrong id is KB123's.
            if section.id not in ids and section.heading.casefold() not in texts:
                hint = f"add `## {section.heading} {{ #{section.id} }}`"
                yield Problem(page.file, 1, f"the section `{section.id}` is missing", hint)


@rule("KB121")
def section_has_text(site: Site) -> Iterator[Problem]:
    """No section is empty."""
    for page in site.pages:
        for heading, words in zip(page.markup.headings, page.markup.words[1:], strict=True):
            if not words:
                fact = f"the section `{heading.text}` is empty"
                hint = "write the section, or take its heading out"
                yield Problem(page.file, heading.line, fact, hint)


@rule("KB122")
def sections_stand_in_order(site: Site) -> Iterator[Problem]:
    """The sections of a page follow each other as in the schema."""
    for page in site.pages:
        order, furthest = [section.id for section in page.sections], -1
        for heading in page.markup.headings:
            place = order.index(heading.id) if heading.id in order else furthest
            if place < furthest:
                fact = f"the section `{heading.id}` stands after `{order[furthest]}`"
                yield Problem(page.file, heading.line, fact, f"the order is {', '.join(order)}")
            furthest = max(furthest, place)


@rule("KB123", headings)
def heading_has_a_fixed_id(_: Site, page: Page, heading: Heading) -> Told:
    """Every heading carries its id; on pages with set sections it is one of theirs."""
    known = {section.id: section.heading.casefold() for section in page.sections}
    if not heading.id:
        ids = [id for id, name in known.items() if name == heading.text.casefold()]
        marks, id = "#" * heading.level, [*ids, "a-few-words"][0]
        fact = f"the heading `{heading.text}` has no id"
        return fact, f"write `{marks} {heading.text} {{ #{id} }}`"
    if known and heading.level == 2 and heading.id not in known:
        hint = did_you_mean(heading.id, known) or f"one of {', '.join(known)}"
        return f"`{heading.id}` is no section of this kind of page", hint


@rule("KB124")
def heading_is_used_once(site: Site) -> Iterator[Problem]:
    """No two headings of a page have the same id or the same words."""
    for page in site.pages:
        row = page.markup.headings
        for heading, _ in repeated((heading.id, heading) for heading in row if heading.id):
            fact = f"the id `{heading.id}` is used twice on this page"
            yield Problem(page.file, heading.line, fact, "a link could only lead to the first")
        for heading in (heading for heading in row if FRAMED.fullmatch(heading.id)):
            fact = f"the id `{heading.id}` belongs to the frame of the page"
            yield Problem(page.file, heading.line, fact, "take another")
        for heading, _ in repeated((heading.text.casefold(), heading) for heading in row):
            fact = f"the heading `{heading.text}` stands twice on this page"
            yield Problem(page.file, heading.line, fact, "say how the two differ")


@rule("KB125")
def heading_has_its_level(site: Site) -> Iterator[Problem]:
    """The title is the only top heading, and none is more than one level below the one before."""
    for page in site.pages:
        before = 1
        for heading in page.markup.headings:
            if heading.level == 1:
                fact = f"`# {heading.text}` is a second title"
                yield Problem(page.file, heading.line, fact, "begin with `##`")
            elif heading.level > before + 1:
                hint = f"write it with `{'#' * (before + 1)}`"
                yield Problem(page.file, heading.line, f"`{heading.text}` skips a level", hint)
            before = heading.level


@rule("KB126", entries)
def entry_has_its_length(_: Site, page: Page) -> Told:
    """An entry is long enough to be worth the click and short enough for a phone."""
    (fewest, most), words = page.collection.words, sum(page.markup.words)
    if not (fewest <= words <= most or page.unwritten):
        fact = f"the entry has {words} words, {fewest} to {most} are wanted"
        return fact, "citations and front matter do not count"


@rule("KB128", unfinished=True)
def nothing_is_left_to_write(site: Site) -> Iterator[Problem]:
    """Every place marked `TODO:` has been written, and no note to oneself is left."""
    for page in site.pages:
        for line, place in page.unwritten.items():
            fact = f"still to write: {' '.join(place.removeprefix(TODO).split())}"
            hint = "write it, and leave no mark such as `TODO:` behind"
            yield Problem(page.file, line, fact, hint)
