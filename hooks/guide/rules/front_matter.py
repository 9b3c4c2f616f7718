"""KB10x and KB13x: the block of fields at the top of a page."""

import re
from collections.abc import Iterator

from guide.problems import Problem, did_you_mean
from guide.rules import Told, rule
from guide.rules.subjects import fields, repeated
from guide.source.markup import HTML_IN_TEXT, plain_text
from guide.source.model import Page, Site

_SENTENCE_END = re.compile(r"[.!?][\"'’”)]?(?=\s|$)")
_LONGEST_TITLE = 100
#: A list of known values is named in a hint while it is not longer.
_BRIEF = 20


@rule("KB101", unread=True)
def front_matter_is_yaml(site: Site) -> Iterator[Problem]:
    """The front matter is YAML, with each field once."""
    for page in site.pages:
        for fault in page.front.faults:
            yield Problem(page.file, fault.line, fault.fact, fault.hint)


@rule("KB102", fields)
def field_is_known(site: Site, page: Page, name: str, _: tuple[str, ...]) -> Told:
    """Every field of the front matter is one that this kind of page has."""
    known = site.fields_of(page)
    if name not in known:
        hint = did_you_mean(name, known) or f"a page here has {', '.join(known)}"
        return f"unknown field `{name}`", hint


@rule("KB103")
def required_field_is_present(site: Site) -> Iterator[Problem]:
    """A field that the schema requires is there."""
    for page in (page for page in site.pages if not page.front.faults):
        for name, field in site.fields_of(page).items():
            if field.required and name not in page.front.fields:
                hint = f"add `{name}:`, {field.about}"
                yield Problem(page.file, 1, f"the field `{name}` is missing", hint)


@rule("KB104", fields)
def value_has_its_type(site: Site, page: Page, name: str, _: tuple[str, ...]) -> Told:
    """A field holds text, or a list of texts, as the schema says."""
    field, value = site.fields_of(page).get(name), page.front.fields[name].value
    wanted = str if field and field.is_text else tuple
    if field and not (isinstance(value, wanted) and (wanted is str or all(value))):
        example = "text" if wanted is str else "a list such as `[one, two]`"
        hint = f"it is {field.about}; in straight quotes any sign is text"
        return f"`{name}` is not {example}", hint
    if field and field.required and not "".join(value).strip():
        return f"`{name}` is empty", f"it is {field.about}"


@rule("KB105")
def value_is_known(site: Site) -> Iterator[Problem]:
    """Themes and the like come from data/schema.yml; ids and items are those of the guide."""
    for file, line, page, name, values in fields(site):
        field = site.fields_of(page).get(name)
        known = site.known_values(field) if field else None
        for value in values if known is not None else ():
            if value not in known:
                terms = getattr(site.schema, field.values, ()) if field.values else ()
                ids = [term.id for term in terms if term.name.casefold() == value.casefold()]
                names = f"one of {', '.join(known)}" if len(known) <= _BRIEF else ""
                hint = f"write `{ids[0]}`" if ids else did_you_mean(value, known) or names
                if all(word in known for word in value.split()):
                    hint = f"write `{', '.join(value.split())}`, with a comma between"
                yield Problem(file, line, f"`{value}` is no value of `{name}`", hint)


@rule("KB106", fields)
def summary_is_two_short_sentences(site: Site, _: Page, name: str, values: tuple[str, ...]) -> Told:
    """A summary is two sentences, short enough for a card: the difficulty, then the way out."""
    summary = "".join(values) if name == "summary" else ""
    limits = site.schema.limits
    wanted, longest = limits.summary_sentences, limits.summary_characters
    ends = list(_SENTENCE_END.finditer(summary))
    if summary and (len(ends) != wanted or ends[-1].end() != len(summary)):
        fact = f"the summary has {len(ends)} sentences that end in `.`, `!` or `?`, not {wanted}"
        return fact, "the difficulty, then the way out; write `for example` rather than `e.g.`"
    if len(summary) > longest:
        fact = f"the summary has {len(summary)} characters, {longest} at the most"
        return fact, "cut what the page says anyway"


@rule("KB108")
def title_and_summary_are_used_once(site: Site) -> Iterator[Problem]:
    """No two pages have the same title or the same summary."""
    told = [row for row in fields(site) if row[3] in ("title", "summary") and row[4]]
    known = {*site.ledger}
    told.sort(key=lambda row: row[2].address not in known)  # A copy is new.
    for (file, line, _, name, _), first in repeated(((r[3], r[4][0].casefold()), r) for r in told):
        fact = f"the {name} is that of `{first[0]}` too"
        yield Problem(file, line, fact, f"give each page a {name} of its own")


@rule("KB130", fields)
def list_is_short(site: Site, page: Page, name: str, values: tuple[str, ...]) -> Told:
    """A list holds each value once, and no more values than the schema allows."""
    field, folded = site.fields_of(page).get(name), [value.casefold() for value in values]
    if twice := [value for value in folded if folded.count(value) > 1]:
        return f"`{name}` has `{twice[0]}` twice", "once is enough"
    if field and field.kind == "ids" and page.id in values:
        return f"`{name}` names this entry itself", "name others"
    if field and field.most and len(values) > field.most:
        fact = f"`{name}` has {len(values)} values, {field.most} at the most"
        return fact, "keep those that somebody would look here for"


@rule("KB132")
def text_is_plain(site: Site) -> Iterator[Problem]:
    """No value is in curly quotation marks or has unseen signs; what lists show has no Markdown."""
    for file, line, _, name, values in fields(site):
        for value in values:
            bare = name in ("title", "summary", "why")
            if not value.isprintable():
                fact, hint = f"`{value}` holds a sign that nobody sees", "type it anew"
                yield Problem(file, line, fact, f"{hint}, without double quotes or backslashes")
            elif value[:1] in ("“", "”", "‘") and value[-1:] in ("“", "”", "’"):
                fact = f"`{value}` has curly quotation marks that would be printed"
                yield Problem(file, line, fact, 'write straight ones, `"`, or none')
            elif value.count("(") != value.count(")"):
                fact = f"`{value}` has a bracket without the other"
                yield Problem(file, line, fact, "put what has a comma in straight quotes")
            elif bare and (plain_text(value) != value or re.search(r"\[[^\[\]]+\]|`[^`]*`", value)):
                fact = f"`{value[:40]}` holds Markdown, which would be printed as it stands"
                yield Problem(file, line, fact, "write plain words")
            elif html := HTML_IN_TEXT.search(value):
                hint = "write plain text; `&` and `<` need nothing before them"
                yield Problem(file, line, f"`{html[0]}` begins HTML, which no field has", hint)
            elif name == "title" and (_shouts(value) or len(value) > _LONGEST_TITLE):
                wrong = "ends with a stop or shouts" if _shouts(value) else "is too long for a list"
                fact = f"the title `{value}` {wrong}"
                yield Problem(file, line, fact, "write it as in a list of contents")


def _shouts(title: str) -> bool:
    return title.endswith((".", ",", ":", ";")) or (title.isupper() and " " in title)
