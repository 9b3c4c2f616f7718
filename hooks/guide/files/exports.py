"""The guide as data for others: entries.json, llms.txt, metadata and citations of its pages."""

import json
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import rispy

from guide.source.model import HOME, Page, Site

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class PageCitation:
    """How to cite a page of the guide itself."""

    text: str
    bibtex: str
    ris: str


def cite_page(site: Site, page: Page) -> PageCitation:
    part = f", {page.badge}" if page.badge else ""
    url = site.short_address(page)
    record = {"type_of_reference": "ELEC", "title": page.title, "secondary_title": site.name + part}
    return PageCitation(
        text=f"{site.name}{part}: {page.title}. Available from: {url}",
        bibtex=f"@misc{{field-guide-{page.id},\n  author = {{{{{site.name}}}}},\n"
        f"  title = {{{{{page.title}}}}},\n  url = {{{url}}},\n}}\n",
        ris=rispy.dumps([record | {"urls": [url]}]).replace("1.\n", "", 1),
    )


def entries_json(site: Site) -> str:
    """Every entry with what lists and searches need; docs/entries.schema.json describes it."""
    entries = [
        {
            "id": page.id,
            "collection": page.collection.folder,
            "title": page.title,
            "summary": page.summary,
            "url": site.whole_address(page),
            "short": site.short_address(page),
            "withdrawn": page.is_withdrawn,
        }
        | {name: list(page.front.words(name)) for name in _LISTS}
        for collection in site.schema.collections
        for page in site.entries_of(collection)
    ]
    content = {"$schema": f"{site.url.rstrip('/')}/entries.schema.json", "entries": entries}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


_LISTS = ("themes", "stages", "readers", "aliases", "covers", "related")


def prefixes_json(site: Site) -> str:
    """What the page for lost visitors knows: the prefix of each folder with numbered entries."""
    prefixes = {c.folder: c.prefix.lower() for c in site.schema.collections if c.prefix}
    return json.dumps(prefixes, separators=(",", ":"))


def llms_txt(site: Site) -> str:
    """A plain list of all pages in the form that language models are given."""
    home = site.page[HOME]
    parts = [f"# {site.name}\n\n> {home.summary}\n"]
    for collection in site.schema.collections:
        lines = [
            f"- [{page.title}]({site.whole_address(page)}): {page.summary}"
            for page in site.listed(collection)
        ]
        parts.append("\n".join([f"## {collection.name}\n", *lines, ""]))
    return "\n".join(parts)


def linked_data(site: Site, page: Page, works: tuple[str, ...]) -> str:
    """schema.org metadata of a page as JSON-LD. `works` are the references it cites, as text."""
    about = {
        "@context": "https://schema.org",
        "@type": "Article" if page.is_entry else "WebPage",
        "name": page.title,
        "description": page.summary,
        "url": site.whole_address(page),
        "inLanguage": "en-GB",
        "license": LICENCE,
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": site.url},
    }
    if page.is_entry:
        about |= {"headline": page.title, "identifier": page.id, "citation": list(works)}
    return json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")


#: The form below .github/ISSUE_TEMPLATE/, and the id of its field for the page.
FORM, FIELD = "page.yml", "page"


def improve_address(site: Site, page: Page) -> str:
    filled = urlencode(
        {"template": FORM, FIELD: site.url.rstrip("/") + page.address}, quote_via=quote
    )
    return f"{site.repository.rstrip('/')}/issues/new?{filled}"
