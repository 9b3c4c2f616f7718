"""KB12x: the sections of a page."""

from collections import Counter
from collections.abc import Iterator

from guide.nearest import did_you_mean
from guide.problems import Finding
from guide.rules import rule
from guide.source.markup import Heading
from guide.source.model import TODO, Page, Site, places_to_write


@rule("KB120")
def required_section_is_present(site: Site) -> Iterator[Finding]:
    """A page has every section that the schema gives its kind.

    Bad:  a mindset without `{ #antidote }`
    Good: ## The antidote { #antidote }
    """
    for page in site.pages:
        ids = {heading.id for heading in page.markup.headings}
        texts = {h.text.partition("{")[0].strip().casefold() for h in page.markup.headings}
        for section in page.sections:
            # A heading with the right words and a wrong id is KB123's.
            if section.id not in ids and section.heading.casefold() not in texts:
                hint = f"add `## {section.heading} {{ #{section.id} }}`"
                yield Finding(page.file, 1, f"the section `{section.id}` is missing", hint)


@rule("KB121")
def section_has_text(site: Site) -> Iterator[Finding]:
    """No section is empty.

    Bad:  a heading followed at once by the next
    Good: a heading, then at least a sentence
    """
    for page in site.pages:
        for heading, words in zip(page.markup.headings, page.markup.words[1:], strict=True):
            if not words:
                hint = "write the section, or take its heading out"
                yield Finding(
                    page.file, heading.line, f"the section `{heading.text}` is empty", hint
                )


@rule("KB122")
def sections_stand_in_order(site: Site) -> Iterator[Finding]:
    """The sections of a page follow each other as in the schema.

    Bad:  { #try } before { #reading }
    Good: { #reading } before { #try }
    """
    for page in site.pages:
        order = [section.id for section in page.sections]
        furthest = -1
        for heading in page.markup.headings:
            place = order.index(heading.id) if heading.id in order else furthest
            if place < furthest:
                fact = f"the section `{heading.id}` stands after `{order[furthest]}`"
                yield Finding(page.file, heading.line, fact, f"the order is {', '.join(order)}")
            furthest = max(furthest, place)


@rule("KB123")
def heading_has_a_fixed_id(site: Site) -> Iterator[Finding]:
    """Every heading carries its id; on pages with set sections it is one of theirs.

    Bad:  ## The antidote
    Good: ## The antidote { #antidote }
    """
    for page in site.pages:
        known = [section.id for section in page.sections]
        for heading in page.markup.headings:
            if not heading.id:
                fact = f"the heading `{heading.text}` has no id"
                yield Finding(page.file, heading.line, fact, _id_hint(page, heading))
            elif known and heading.level == 2 and heading.id not in known:
                hint = did_you_mean(heading.id, known) or f"one of {', '.join(known)}"
                fact = f"`{heading.id}` is no section of this kind of page"
                yield Finding(page.file, heading.line, fact, hint)


def _id_hint(page: Page, heading: Heading) -> str:
    named = {section.heading.casefold(): section.id for section in page.sections}
    id = named.get(heading.text.casefold(), "a-few-words")
    return f"write `{'#' * heading.level} {heading.text} {{ #{id} }}`"


@rule("KB124")
def heading_id_is_used_once(site: Site) -> Iterator[Finding]:
    """No two headings of a page have the same id.

    Bad:  { #try } twice
    Good: { #try } once
    """
    for page in site.pages:
        seen: Counter[str] = Counter()
        for heading in page.markup.headings:
            seen[heading.id] += 1
            if heading.id and seen[heading.id] > 1:
                fact = f"the id `{heading.id}` is used twice on this page"
                yield Finding(page.file, heading.line, fact, "a link could only lead to the first")


@rule("KB125")
def title_is_the_only_top_heading(site: Site) -> Iterator[Finding]:
    """The title in the front matter is the page's top heading; the text has none of its own.

    Bad:  # Trust
    Good: title: Trust
    """
    for page in site.pages:
        for heading in page.markup.headings:
            if heading.level == 1:
                fact = f"`# {heading.text}` is a second title"
                yield Finding(page.file, heading.line, fact, "begin with `##`")


@rule("KB126")
def entry_has_its_length(site: Site) -> Iterator[Finding]:
    """An entry is long enough to be worth the click and short enough for a phone.

    Bad:  an entry of 90 words
    Good: an entry of 300 words
    """
    for page in (entry for entry in site.entries if not places_to_write(entry)):
        fewest, most = page.collection.words
        words = sum(page.markup.words)
        if not fewest <= words <= most:
            fact = f"the entry has {words} words, {fewest} to {most} are wanted"
            yield Finding(page.file, 1, fact, "citations and front matter do not count")


@rule("KB128", unfinished=True)
def nothing_is_left_to_write(site: Site) -> Iterator[Finding]:
    """Every place marked `TODO:` has been written, and the mark is gone.

    Bad:  TODO: what the source says
    Good: Trust grows out of working together [@bcg-lessons, no. 5].
    """
    for page in site.pages:
        for line, place in places_to_write(page).items():
            hint = f"put your text where `{TODO} …` stands, and leave no `{TODO}` behind"
            what = " ".join(place.removeprefix(TODO).split())
            yield Finding(page.file, line, f"still to write: {what}", hint)


@rule("KB142")
def heading_is_one_level_down(site: Site) -> Iterator[Finding]:
    """A heading is at most one level below the one before it.

    Bad:  ## The lesson, then #### A detail
    Good: ## The lesson, then ### A detail
    """
    for page in site.pages:
        level = 1
        for heading in page.markup.headings:
            if heading.level > level + 1:
                fact = f"`{heading.text}` skips a level"
                hint = f"write it with `{'#' * (level + 1)}`"
                yield Finding(page.file, heading.line, fact, hint)
            level = heading.level


@rule("KB143")
def heading_reads_once(site: Site) -> Iterator[Finding]:
    """No two headings of a page have the same words.

    Bad:  ### What helps, twice
    Good: ### What helps at first and ### What helps later
    """
    for page in site.pages:
        seen: set[str] = set()
        for heading in page.markup.headings:
            if heading.text.casefold() in seen:
                fact = f"the heading `{heading.text}` stands twice on this page"
                yield Finding(page.file, heading.line, fact, "say how the two differ")
            seen.add(heading.text.casefold())
