"""Where an entry is used: every link to it, with the sentence around the link."""

import re
from dataclasses import dataclass

from guide.source.markup import Link, blank_citations, plain_text
from guide.source.model import Page, Site

_SENTENCE_END = re.compile(r"[.!?][’”)\"']?\s+(?=[A-Z‘“\"'\[*_(])")
#: A shorter sentence takes the next one with it, in characters.
_TELLING = 60
_BLOCK_LEAD = re.compile(r"^\s*(?:[-*+]|\d+[.)]|>)\s+", re.M)


@dataclass(frozen=True)
class BackLink:
    """A place that links here: the page, the section's id and heading, and the sentence."""

    page: Page
    section: str
    heading: str
    sentence: str


def backlinks(site: Site) -> dict[str, tuple[BackLink, ...]]:
    """Back-links by the path of the page that is linked to, one for each linking section."""
    found: dict[str, dict[tuple[str, str], BackLink]] = {}
    for page in site.pages:
        text = blank_citations(page.markup.plain)
        headings = {heading.id: heading.text for heading in page.markup.headings}
        for link in page.markup.links:
            target = page.path_to(link.target)
            if target in site.page and target != page.path:
                section, heading = link.section, headings.get(link.section, "")
                here = BackLink(page, section, heading, sentence_at(text, link))
                found.setdefault(target, {}).setdefault((page.path, section), here)
    return {target: tuple(places.values()) for target, places in found.items()}


def sentence_at(text: str, link: Link) -> str:
    """The sentence around a link as plain text; in `text` citations are blanked.

    A very short sentence brings the next one along.
    """
    start = text.rfind("\n", 0, link.start) + 1
    end = text.find("\n", link.start)
    line, at = text[start : end if end >= 0 else None], link.start - start
    ends = [found.end() for found in _SENTENCE_END.finditer(line)]
    first = max((e for e in ends if e <= at), default=0)
    for last in [e for e in ends if e > at]:
        if len(sentence := _as_text(line[first:last])) >= _TELLING:
            return sentence
    return _as_text(line[first:])


def _as_text(markdown: str) -> str:
    text = plain_text(_BLOCK_LEAD.sub("", markdown))
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split()))
