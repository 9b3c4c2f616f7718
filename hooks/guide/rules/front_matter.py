"""KB10x and KB11x: the block of fields at the top of a page."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from guide.nearest import did_you_mean
from guide.problems import Finding
from guide.rules import rule
from guide.source.model import Page, Site
from guide.source.schema import Field

_MARKS = re.compile(r"\[@?[^\[\]]+\](?:\([^()]*\))?|\*\w[^*]*\*|(?<!\w)_\w[^_]*_(?!\w)|`[^`]*`")
_SENTENCE_END = re.compile(r"[.!?][\"'’”)]?(?=\s|$)")


def _fields(site: Site, page: Page) -> tuple[Field, ...]:
    return page.collection.fields if page.collection else site.schema.page_fields


def _sound_pages(site: Site) -> Iterable[Page]:
    """Pages whose front matter could be read; the others are KB101's."""
    return (page for page in site.pages if not page.front.faults)


@rule("KB101")
def front_matter_is_yaml(site: Site) -> Iterator[Finding]:
    """The front matter is YAML, with each field once.

    Bad:  title: Trust: the first step
    Good: title: "Trust: the first step"
    """
    for page in site.pages:
        for fault in page.front.faults:
            yield Finding(page.file, fault.line, fault.fact, fault.hint)


@rule("KB102")
def field_is_known(site: Site) -> Iterator[Finding]:
    """Every field of the front matter is one that this kind of page has.

    Bad:  theme: [trust]
    Good: themes: [trust]
    """
    for page in _sound_pages(site):
        known = [field.name for field in _fields(site, page)]
        for name, given in page.front.fields.items():
            if name not in known:
                hint = did_you_mean(name, known) or f"a page here has {', '.join(known)}"
                yield Finding(page.file, given.line, f"unknown field `{name}`", hint)


@rule("KB103")
def required_field_is_present(site: Site) -> Iterator[Finding]:
    """A field that the schema requires is there.

    Bad:  an entry without `summary:`
    Good: summary: Waiting for trust stalls the work. Start small instead.
    """
    for page in _sound_pages(site):
        for field in _fields(site, page):
            if field.required and field.name not in page.front.fields:
                hint = f"add `{field.name}:`, {field.about}"
                yield Finding(page.file, 1, f"the field `{field.name}` is missing", hint)


@rule("KB104")
def value_has_its_type(site: Site) -> Iterator[Finding]:
    """A field holds text, or a list of texts, as the schema says.

    Bad:  themes: trust
    Good: themes: [trust]
    """
    for page in _sound_pages(site):
        for field in _fields(site, page):
            given = page.front.fields.get(field.name)
            wanted = str if field.is_text else tuple
            if given and not (isinstance(given.value, wanted) and all(given.value)):
                example = "text" if wanted is str else "a list such as `[one, two]`"
                fact = f"`{field.name}` is not {example}"
                yield Finding(page.file, given.line, fact, f"it is {field.about}")
            elif given and field.required and not given.value:
                yield Finding(
                    page.file, given.line, f"`{field.name}` is empty", f"it is {field.about}"
                )


@rule("KB105")
def value_is_in_its_list(site: Site) -> Iterator[Finding]:
    """Themes and stages come from the closed lists in data/schema.yml.

    Bad:  stages: [begining]
    Good: stages: [starting]
    """
    for page in _sound_pages(site):
        for field in _fields(site, page):
            if field.terms:
                given = page.front.text(field.name)
                for value in page.front.words(field.name) or ((given,) if given else ()):
                    if value not in field.terms:
                        hint = (
                            did_you_mean(value, field.terms) or f"one of {', '.join(field.terms)}"
                        )
                        fact = f"`{value}` is no value of `{field.name}`"
                        yield Finding(page.file, page.front.line(field.name), fact, hint)


@rule("KB106")
def summary_is_two_sentences(site: Site) -> Iterator[Finding]:
    """A summary is two sentences: the difficulty, then the way out.

    Bad:  summary: Why trust matters
    Good: summary: Waiting for trust stalls the work. Start with a small joint step.
    """
    wanted = site.schema.summary_sentences
    for page in _sound_pages(site):
        ends = list(_SENTENCE_END.finditer(page.summary))
        whole = bool(ends) and ends[-1].end() == len(page.summary)
        if page.summary and not (whole and len(ends) == wanted):
            fact = (
                f"the summary has {len(ends)} sentences that end in `.`, `!` or `?`, not {wanted}"
            )
            hint = "the difficulty, then the way out; write `for example` rather than `e.g.`"
            yield Finding(page.file, page.front.line("summary"), fact, hint)


@rule("KB107")
def summary_is_short(site: Site) -> Iterator[Finding]:
    """A summary has at most 240 characters, so that a card or a search result shows it whole.

    Bad:  a summary that retells the entry
    Good: a summary that makes someone open it
    """
    longest = site.schema.summary_longest
    for page in _sound_pages(site):
        if len(page.summary) > longest:
            fact = f"the summary has {len(page.summary)} characters, {longest} at the most"
            yield Finding(
                page.file, page.front.line("summary"), fact, "cut what the page says anyway"
            )


def _repeated(site: Site, name: str) -> Iterator[Finding]:
    users: dict[str, list[Page]] = defaultdict(list)
    for page in _sound_pages(site):
        if page.front.text(name):
            users[page.front.text(name).casefold()].append(page)
    for first, *others in users.values():
        for page in others:
            fact = f"the {name} is that of `{first.file}` too"
            hint = f"give each page a {name} of its own"
            yield Finding(page.file, page.front.line(name), fact, hint)


@rule("KB108")
def title_is_used_once(site: Site) -> Iterator[Finding]:
    """No two pages have the same title.

    Bad:  two entries called "Trust"
    Good: "Trust has to come first" and "Trust comes from acting together"
    """
    return _repeated(site, "title")


@rule("KB109")
def summary_is_used_once(site: Site) -> Iterator[Finding]:
    """No two pages have the same summary.

    Bad:  a summary copied with the rest of an entry
    Good: a summary that fits this entry only
    """
    return _repeated(site, "summary")


@rule("KB130")
def value_stands_once(site: Site) -> Iterator[Finding]:
    """A list holds each value once.

    Bad:  aliases: [no trust, mistrust, No trust]
    Good: aliases: [no trust, mistrust]
    """
    for page in _sound_pages(site):
        for name, given in page.front.fields.items():
            values = [value.casefold() for value in page.front.words(name)]
            for value in dict.fromkeys(v for v in values if values.count(v) > 1):
                yield Finding(
                    page.file, given.line, f"`{name}` has `{value}` twice", "once is enough"
                )


@rule("KB131")
def list_is_not_too_long(site: Site) -> Iterator[Finding]:
    """A list has no more values than the schema allows.

    Bad:  themes: [trust, power, goals, people, change]
    Good: themes: [trust, power]
    """
    for page in _sound_pages(site):
        for field in _fields(site, page):
            count = len(page.front.words(field.name))
            if field.most and count > field.most:
                fact = f"`{field.name}` has {count} values, {field.most} at the most"
                hint = "keep those that somebody would look here for"
                yield Finding(page.file, page.front.line(field.name), fact, hint)


@rule("KB132")
def value_is_in_straight_quotation_marks(site: Site) -> Iterator[Finding]:
    """A value is put in straight quotation marks; curly ones become part of the text.

    Bad:  title: “Trust: the first step”
    Good: title: "Trust: the first step"
    """
    for page in _sound_pages(site):
        for name, given in page.front.fields.items():
            for value in (page.front.text(name), *page.front.words(name)):
                if value[:1] in ("“", "”", "‘") and value[-1:] in ("“", "”", "’"):
                    fact = f"`{value}` has curly quotation marks that would be printed"
                    yield Finding(page.file, given.line, fact, 'write straight ones, `"`, or none')


@rule("KB133")
def title_is_no_sentence(site: Site) -> Iterator[Finding]:
    """A title has no full stop at its end and is not in capitals.

    Bad:  title: Trust is what comes of acting together.
    Good: title: Trust is what comes of acting together
    """
    for page in _sound_pages(site):
        if page.title.endswith((".", ",", ":", ";")) or (
            page.title.isupper() and " " in page.title
        ):
            fact = f"the title `{page.title}` ends with a stop or shouts"
            yield Finding(
                page.file, page.front.line("title"), fact, "write it as in a list of contents"
            )


@rule("KB134")
def title_and_summary_are_plain_text(site: Site) -> Iterator[Finding]:
    """Title, summary and reason hold no Markdown and no citation: search shows them bare.

    Bad:  summary: They call it *essential* [@loraine2002, sec. 2]. Read why.
    Good: summary: They call it essential. Read why.
    """
    for page in _sound_pages(site):
        for name in ("title", "summary", "why"):
            found = _MARKS.search(page.front.text(name))
            if found:
                fact = f"`{found[0]}` in the {name} would be printed as it stands"
                yield Finding(page.file, page.front.line(name), fact, "write plain words")
