"""KB80x: the data files, the glossary and the configuration."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from guide.problems import Problem, did_you_mean
from guide.rules import Told, rule
from guide.rules.subjects import repeated, terms
from guide.source.data_files import GlossaryTerm, minutes_of
from guide.source.markup import HTML_IN_TEXT, lines_found
from guide.source.model import WITHDRAWN, Site
from guide.source.reader import ACTIVITIES, GLOSSARY, NEWS, PHRASES, PLANS, SCHEMA, SELFCHECK, STYLE

#: A mark of Markdown or HTML in a line that is no comment.
_MARKED = re.compile(r"\n(?! *#)[^\n]*?(?P<mark>\[@|\]\(|`|\*+(?=\w)|</?[a-z])")
#: The part of a plan's time that nothing must fill.
_FREE = 1 / 4

#: A place in a data file: its path, then the keys that lead there.
Place = tuple[str, tuple[str | int, ...]]


def _at(site: Site, place: Place, fact: str, hint: str) -> Problem:
    path, keys = place
    return Problem(path, site.documents[path].line(*keys), fact, hint)


@rule("KB801", fatal=True, first=True)
def data_file_has_its_form(site: Site) -> Iterator[Problem]:
    """Data files and mkdocs.yml are YAML, with each field once, and hold the fields they need."""
    for path, document in site.documents.items():
        for fault in document.faults:
            yield Problem(path, fault.line, fault.fact, fault.hint)


@rule("KB803", first=True)
def name_is_used_once(site: Site) -> Iterator[Problem]:
    """Folder, prefix and name of a collection, and ids of its sections and of items, stand once."""
    named: list[tuple[object, tuple[Place, str, str]]] = []
    for n, collection in enumerate(site.schema.collections):
        for key in filter(partial(getattr, collection), ("folder", "prefix", "name")):
            place, value = (SCHEMA, ("collections", n, key)), getattr(collection, key)
            named.append(((key, value), (place, key, value)))
        for i, section in enumerate(collection.sections):
            place = (SCHEMA, ("collections", n, "sections", i))
            named.append(((n, section.id), (place, "id", section.id)))
    for outline in site.outlines:
        for n, item in enumerate(outline.items):
            named.append(((outline.path, item.id), ((outline.path, ("items", n)), "id", item.id)))
    for (place, key, value), _ in repeated(named):
        fact = f"the {key} `{value}` is taken already"
        yield _at(site, place, fact, f"give this one a different {key}")


def _named(site: Site) -> Iterator[tuple[Place, str, Iterable[str]]]:
    """What data files name, and what there is of its kind."""
    schema, outlines = site.schema, [Path(path).stem for path in site.documents]
    fields = [field.name for field in schema.fields]
    lists = [
        name for name in ("groups", "statuses", "stages", "themes", "readers") if schema.ids(name)
    ]
    folders = [collection.folder for collection in schema.collections]
    for field in schema.fields:
        for key, known in (("values", lists), ("only", folders)):
            if named := getattr(field, key):
                yield (SCHEMA, ("fields", field.name, key)), named, known
    if schema.statuses:
        yield (SCHEMA, ("statuses",)), WITHDRAWN, schema.ids("statuses")
    for n, name in enumerate(schema.page_fields):
        yield (SCHEMA, ("page_fields", n)), name, fields
    for n, collection in enumerate(schema.collections):
        for i, name in enumerate(collection.fields):
            yield (SCHEMA, ("collections", n, "fields", i)), name, fields
        yield (SCHEMA, ("collections", n)), f"{collection.folder}/index.md", site.page
    for n, name in enumerate(schema.sources.complete):
        yield (SCHEMA, ("sources", "complete", n)), name, outlines
    for tab, places in schema.tabs.items():
        for n, to in enumerate(places):
            yield (SCHEMA, ("navigation", tab, n)), to.path, site.page
    for n, to in enumerate(schema.foot):
        yield (SCHEMA, ("footer", n)), to.path, site.page
    for outline in filter(lambda outline: outline.work, site.outlines):
        yield (outline.path, ("work",)), outline.work, site.work


@rule("KB804", fatal=True, first=True)
def schema_names_what_it_has(site: Site) -> Iterator[Problem]:
    """A field, list, folder, outline, work or page that the schema or an outline names is there."""
    for place, name, known in _named(site):
        if name not in known:
            is_index = known is site.page and name.endswith("/index.md")
            hint = "write the page" if is_index else did_you_mean(name, known)
            yield _at(site, place, f"there is no `{name}`", hint)


@rule("KB805")
def style_is_sound(site: Site) -> Iterator[Problem]:
    """The citation style is a style in CSL."""
    try:
        root = ElementTree.fromstring(site.raw.get(STYLE, b"<style/>"))
    except ElementTree.ParseError as error:
        yield Problem(STYLE, error.position[0], f"the style is not XML: {error}", "fetch it again")
    else:
        if not root.tag.endswith("style"):
            yield Problem(STYLE, 1, f"`{root.tag}` is no style", "take one from the CSL repository")


@rule("KB822")
def data_belong_to_an_entry(site: Site) -> Iterator[Problem]:
    """What data files say belongs to entries that are there; what they run is there."""
    named = [((PHRASES, (id,)), id, site.entry) for id in site.phrases]
    named += [((ACTIVITIES, (id,)), id, site.entry) for id in site.activities]
    named += [((PLANS, (id,)), id, site.entry) for id in site.plans]
    named += [((GLOSSARY, (n, "entry")), t.entry, site.entry) for n, t in enumerate(site.glossary)]
    told = ((n, *row) for n, item in enumerate(site.news) for row in enumerate(item.entries))
    named += [((NEWS, (n, "entries", i)), to, site.entry | site.page) for n, i, to in told]
    for id, plan in site.plans.items():
        runs = ((n, step.run) for n, step in enumerate(plan.steps) if step.run)
        named += [((PLANS, (id, "steps", n, "run")), run, site.activities) for n, run in runs]
    for letter, row in site.selfcheck.items():
        for n, one in row.statements.items():
            at = (letter, "statements", n)
            named += [((SELFCHECK, (*at, "read")), id, site.entry) for id in one.read]
            named.append(((SELFCHECK, (*at, "entry")), one.entry, site.entry))
            named.append(((SELFCHECK, (*at, "run")), one.run, site.activities))
    for place, id, known in named:
        if id not in known:
            yield _at(site, place, f"there is no `{id}`", did_you_mean(id, known))


@rule("KB823")
def data_are_plain_text(site: Site) -> Iterator[Problem]:
    """What a trainer runs, a group says of itself and what is new is plain text, without marks."""
    for path in (ACTIVITIES, PLANS, NEWS, SELFCHECK):
        for line, found in lines_found(_MARKED, site.text(path)):
            fact = f"`{found['mark']}` would be printed as it was typed"
            yield Problem(path, line, fact, "write plain words; citations stand on the page")


@rule("KB831")
def plan_leaves_a_quarter_free(site: Site) -> Iterator[Problem]:
    """At least a quarter of a plan's time is marked `free`: arriving, breaks, open talk."""
    for id, plan in site.plans.items():
        lasts = [(minutes_of(step, site.activities), step.free) for step in plan.steps]
        whole, free = sum(n for n, _ in lasts), sum(n for n, is_free in lasts if is_free)
        if free < _FREE * whole:
            fact = f"{free} of {whole} minutes of `{id}` are free"
            hint = f"at least {int(_FREE * whole + 0.9)}: lengthen a break or leave something out"
            yield _at(site, (PLANS, (id,)), fact, hint)


@rule("KB832")
def news_stand_newest_first(site: Site) -> Iterator[Problem]:
    """News stand newest first, and none is of a day still to come."""
    above = date.today() + timedelta(days=1)  # Which it may be already where somebody writes.
    for n, item in enumerate(site.news):
        if item.date > above:
            fact = f"`{item.date}` is later than " + ("the day above it" if n else "today")
            yield _at(site, (NEWS, (n, "date")), fact, "the newest stands first, with its true day")
        above = min(above, item.date)


@rule("KB504")
def term_stands_once(site: Site) -> Iterator[Problem]:
    """No two terms are the same, or are recognised by the same words."""
    named = [(name, (name, term)) for term in site.glossary for name in (term.anchor, *term.forms)]
    for (name, term), (_, other) in repeated(named):
        if other is not term:
            shared = term.term if name == term.anchor else name
            fact = f"`{shared}` belongs to the term in line {other.line} already"
            yield Problem(GLOSSARY, term.line, fact, "leave it to the one that it usually means")


@rule("KB505", terms)
def definition_is_short(site: Site, term: GlossaryTerm) -> Told:
    """A definition is plain and short enough to be read beside the word, which is no common one."""
    longest = site.schema.limits.summary_characters
    common = [form for form in term.forms if form in site.search_words.ignored]
    if common:
        return f"`{common[0]}` would be linked on every page", "give the words that say the term"
    texts = "".join((term.means, term.term, *term.forms))
    if not texts.isprintable() or re.search(rf"[][*`_]|\bTODO\b|{HTML_IN_TEXT.pattern}", texts):
        return f"the definition of `{term.term}` holds markup or a note", "write one plain line"
    if len(term.means) > longest:
        fact = f"`{term.term}` is defined in {len(term.means)} characters"
        return fact, f"{longest} at the most; the entry says more"
