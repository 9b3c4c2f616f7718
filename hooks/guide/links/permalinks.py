"""What was ever published keeps leading somewhere: short links, moved pages, the ledger."""

import re
from collections.abc import Iterator
from dataclasses import replace

from guide.source.markup import Citation
from guide.source.model import GLOSSARY_PAGE, REFERENCES, SELFCHECK_PAGE, Page, Site
from guide.source.schema import Collection

_PATH = re.compile(r"(?!.{200})/(?:[a-z0-9-]+/)+")
_HEADING = re.compile(r"#(?P<old>[a-z0-9-]+) -> #(?P<new>[a-z0-9-]+)")


def short_links(site: Site) -> dict[str, str]:
    """Short links and where they lead: `/m05/`, `/trust/`, `/ref/huxham1996/`."""
    links = {f"/{id}/": page.address for id, page in sorted(site.entry.items())}
    works = site.page[REFERENCES].address if REFERENCES in site.page else ""
    links |= {f"/ref/{work.key}/": f"{works}#ref-{work.key}" for work in site.works if work.key}
    return links


def former_paths(page: Page) -> tuple[str, ...]:
    return tuple(given for given in page.front.words("former") if _PATH.fullmatch(given))


def former_headings(page: Page) -> dict[str, str]:
    """Ids of headings that are gone from a page, each with the one that holds its text now."""
    found = filter(None, map(_HEADING.fullmatch, page.front.words("former")))
    return {moved["old"]: moved["new"] for moved in found}


def redirects(site: Site) -> dict[str, str]:
    """Every path that is no page, and the address that it leads to."""
    moved = {path: page.address for page in site.pages for path in former_paths(page)}
    return short_links(site) | moved


def fixed_ids(site: Site, page: Page) -> frozenset[str]:
    """Ids of a page to rely on for ever: its headings, terms, statements and references."""
    ids = {heading.id for heading in page.markup.headings if heading.id}
    if page.path == REFERENCES:
        ids |= {f"ref-{work.key}" for work in site.works if work.key}
    if page.path == GLOSSARY_PAGE:
        ids |= {term.anchor for term in site.glossary}
    if page.path == SELFCHECK_PAGE:
        ids |= {f"{letter}{n}" for letter, row in site.selfcheck.items() for n in row.statements}
    return frozenset(ids)


def published(site: Site) -> tuple[str, ...]:
    """Every path and heading that the site publishes as it stands, sorted."""
    lines = {page.address for page in site.pages} | redirects(site).keys()
    for page in site.pages:
        lines |= {f"{page.address}#{id}" for id in fixed_ids(site, page)}
        lines |= {f"{page.address}#{id}" for id in former_headings(page)}
    return tuple(sorted(lines))


def with_new(site: Site) -> tuple[str, ...]:
    """The ledger with what is new; nothing is ever taken out."""
    return tuple(sorted({*site.ledger, *published(site)}))


def taken_numbers(site: Site, collection: Collection) -> frozenset[int]:
    """Numbers that an entry of the collection has, or had when it was published."""
    short_link = re.compile(rf"/{collection.prefix.lower()}(\d+)/")
    published = (short_link.fullmatch(line) for line in site.ledger)
    now = {int(page.id[1:]) for page in site.entries_of(collection)}
    return frozenset(now | {int(found[1]) for found in published if found})


def next_id(site: Site, collection: Collection) -> str:
    number = max(taken_numbers(site, collection), default=0) + 1
    return f"{collection.prefix.lower()}{number:02}"


def citations_on(site: Site, page: Page) -> Iterator[Citation]:
    """The citations that a page shows; those of the glossary stand below its terms."""
    yield from page.markup.citations
    if page.path == GLOSSARY_PAGE:
        for term in site.glossary:
            yield from (replace(citation, section=term.anchor) for citation in term.citations)


def anchors_of(site: Site, page: Page) -> frozenset[str]:
    """Every id on a page: those that last, and those that its template gives it besides."""
    cites = (cite for citation in citations_on(site, page) for cite in citation.cites)
    added = {f"cites-{cite.key}" for cite in cites} | former_headings(page).keys()
    return fixed_ids(site, page) | added | ({"outline"} if page.outline else set())
