"""KB80x: the data files and the configuration as files."""

from collections.abc import Iterator

from guide.nearest import did_you_mean
from guide.problems import Finding
from guide.rules import rule
from guide.source.model import Site
from guide.source.reader import PHRASES


@rule("KB801", fatal=True, first=True)
def data_file_is_yaml(site: Site) -> Iterator[Finding]:
    """data/schema.yml, the outlines and mkdocs.yml are YAML, with each field once.

    Bad:  site_name: The guide: a beginning
    Good: site_name: "The guide: a beginning"
    """
    for path, document in site.documents.items():
        for fault in document.faults:
            yield Finding(path, fault.line, fault.fact, fault.hint)


@rule("KB802", fatal=True, first=True)
def data_file_has_its_form(site: Site) -> Iterator[Finding]:
    """data/schema.yml and the outlines hold the fields that they need, and no others.

    Bad:  words: 200 to 450
    Good: words: [200, 450]
    """
    for path, document in site.documents.items():
        for fault in document.misfits:
            hint = "the entries beside it show the form; hooks/guide/source/forms.yml describes it"
            yield Finding(path, fault.line, fault.fact, hint)


@rule("KB820", first=True)
def outline_item_is_listed_once(site: Site) -> Iterator[Finding]:
    """No two items of an outline have the same id.

    Bad:  two items with id "5"
    Good: "5" and "5.1"
    """
    for outline in site.outlines:
        seen: set[str] = set()
        for item in outline.items:
            if item.id in seen:
                fact = f"the id `{item.id}` stands twice in this outline"
                yield Finding(outline.path, item.line, fact, "give the second an id of its own")
            seen.add(item.id)


@rule("KB821", fatal=True, first=True)
def outline_names_its_work(site: Site) -> Iterator[Finding]:
    """The work that an outline describes is in the bibliography.

    Bad:  work: ten-lessons
    Good: work: bcg-lessons
    """
    for outline in site.outlines:
        if outline.work and outline.work not in site.work:
            fact = f"`{outline.work}` is not in bibliography.bib"
            line = site.documents[outline.path].line("work")
            yield Finding(outline.path, line, fact, did_you_mean(outline.work, site.work))


@rule("KB822")
def phrases_belong_to_an_entry(site: Site) -> Iterator[Finding]:
    """What people type, in data/phrases.yml, stands under the id of an entry.

    Bad:  l5: [who goes first]
    Good: l05: [who goes first]
    """
    for id in site.phrases:
        if id not in site.entry:
            line = site.documents[PHRASES].line(id)
            hint = did_you_mean(id, site.entry)
            yield Finding(PHRASES, line, f"`{id}` is the id of no entry", hint)


@rule("KB823")
def phrase_stands_once(site: Site) -> Iterator[Finding]:
    """A phrase stands once for an entry: among its aliases or in data/phrases.yml.

    Bad:  l05: [no trust], and `no trust` among the aliases of l05
    Good: l05: [they broke their word]
    """
    for id, phrases in site.phrases.items():
        aliases = site.entry[id].front.words("aliases") if id in site.entry else ()
        seen = {alias.casefold() for alias in aliases}
        for number, phrase in enumerate(phrases):
            if phrase.casefold() in seen:
                line = site.documents[PHRASES].line(id, number)
                yield Finding(PHRASES, line, f"`{phrase}` stands there already", "once is enough")
            seen.add(phrase.casefold())
