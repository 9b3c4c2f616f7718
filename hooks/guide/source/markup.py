"""Markdown as a contributor wrote it: headings, links, citations and quotations with true lines.

What does not count as text (code, escapes) is blanked, never deleted, so that
every offset and line number stays true.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter

from guide.source.citations import (
    AT,
    CLUSTER,
    KEY,
    LINKED,
    Cite,
    MalformedCitationError,
    parse_cluster,
)
from guide.source.frontmatter import REMEMBERED

# Quantifiers that give nothing back (`++`, `*+`) keep the time in proportion to the text; patterns
# that begin with a bracket or a capital let the engine skip what has none.
_HEADING = re.compile(r"\n(?P<marks>#{1,6})(?!\d)[ \t]*+(?P<text>[^#\s][^\n]*+)")
_ATTRIBUTES = re.compile(r"\{:?(?P<all>[^{}]*+)\}$")
_ID = re.compile(r"#[a-z][a-z0-9-]*")
_LABEL = r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*+\])*)\]"
_INLINE = re.compile(
    rf"{_LABEL}\(\s*+(?P<target><[^<>\n]*>|(?:[^()\s]|\([^()\s]*+\))*)"
    r"(?:\s++(?:\"[^\"]*\"|'[^']*'))?\s*+\)"
)
_REFERENCE = re.compile(rf"{_LABEL}\[(?P<label>[^\[\]]*)\]")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<label>[^\[\]^][^\[\]]*)\]:[ \t]*(?P<target>\S+)", re.M)
_AUTOLINK = re.compile(
    r"<(?P<target>[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*|[^<>\s@:/=\"']+\.md(?:#[^<>\s]*)?)>"
)
_HTML = re.compile(r"<[a-zA-Z/!?][^<>]*+>")
HTML_IN_TEXT = re.compile(r"<[a-zA-Z/!?]|&#?\w+;")
_EMPHASIS = re.compile(r"(?<!\w)[*_]+(?=\S)|(?<=\S)[*_]+(?!\w)")
#: What people write where something is missing; no acronyms.
NOTES_TO_SELF = "TODO|FIXME|XXX|TBC|TBD"
_ACRONYM = re.compile(
    r"[A-Z](?<![\w/.@!&-].)(?<!<{7} .)"
    rf"(?<!(?=(?:{NOTES_TO_SELF})\b).)[A-Z]+(?![\w/@&-]|\.\w|\]\n)"
)
_BLOCK = re.compile(r"\n(?![^\S\n]*+(?:\n|\Z))[^\n]++(?:\n(?![^\S\n]*+(?:\n|\Z))[^\n]++)*")
_NOT_PROSE = re.compile(r"\s*(?:[-*+] |\d+[.)] |[|>#])")
_SILENT = re.compile(r"\s*(?:!\[|\[[^\[\]]+\]:)")
_QUOTE = re.compile(r"(?:^[ \t]*>(?!>{6})[^\n]*(?:\n|\Z))+", re.M)
_CLUSTER = re.compile(CLUSTER)
_SLIPS = (
    (re.compile(r"\[@ +[a-z][^\[\]\n]*\]"), "a space stands behind its `@`"),
    (re.compile(LINKED), "a citation cannot be the text of a link"),
    (re.compile(rf"{AT}@?{KEY}"), "a key with `@` stands outside square brackets"),
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class Heading:
    """A heading; `id` and `classes` are those written behind it in braces."""

    level: int
    text: str
    id: str
    classes: tuple[str, ...]
    line: int
    start: int


@dataclass(frozen=True)
class Link:
    """A link, an image, or the definition of a link; `form` says how it is written.

    form: inline, image, reference, definition, unused (a definition), autolink. For a
    reference `target` is its label.
    """

    form: str
    text: str
    target: str
    line: int
    start: int
    section: str = ""


@dataclass(frozen=True)
class Citation:
    """A cluster of works cited in one pair of brackets."""

    cites: tuple[Cite, ...]
    line: int
    section: str = ""


@dataclass(frozen=True)
class Slip:
    """Something that looks like a citation and would be printed as text."""

    text: str
    reason: str
    line: int


@dataclass(frozen=True)
class Quotation:
    words: int
    cited: bool
    line: int


@dataclass(frozen=True)
class Block:
    """A paragraph, list, table or heading: lines without an empty one between them."""

    text: str
    line: int
    section: str

    @property
    def is_prose(self) -> bool:
        return not begins_block(self.text)

    @property
    def is_cited(self) -> bool:
        return bool(_CLUSTER.search(self.text))


@dataclass(frozen=True)
class Markup:
    """A page's text taken apart. `plain` is the text with code and escapes blanked.

    `words` counts those above the first heading, then those of each section; `acronyms` are words
    of capitals, each with its first line.
    """

    plain: str
    words: tuple[int, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    citations: tuple[Citation, ...]
    slips: tuple[Slip, ...]
    quotations: tuple[Quotation, ...]
    blocks: tuple[Block, ...]
    acronyms: tuple[tuple[str, int], ...]

    @cached_property
    def unlinked(self) -> str:
        """`plain` with links, images, definitions and tags blanked too."""
        text = self.plain
        for pattern in (_INLINE, _REFERENCE, _DEFINITION, _AUTOLINK, _HTML):
            text = pattern.sub(lambda found: spaces(found[0]), text)
        return text


@lru_cache(maxsize=REMEMBERED)
def parse_markup(text: str, body: int = 0) -> Markup:
    """Take `text` apart from the offset `body` on (the end of its front matter)."""
    plain = spaces(text[:body]) + blank_code(text[body:])
    uncited = blank_citations(plain)
    headings = tuple(_headings(text, plain))
    citations, slips = _citations(text, plain, uncited, headings)
    links = tuple(_links(text, plain, headings))
    return Markup(
        plain=plain,
        words=tuple(_words(plain, headings)),
        headings=headings,
        links=links,
        citations=citations,
        slips=slips,
        quotations=tuple(_quotations(plain)),
        blocks=tuple(_blocks(plain, headings)),
        acronyms=tuple(_acronyms(uncited)),
    )


def begins_block(line: str) -> bool:
    """Whether the line begins a list item, a quotation, a table or a heading."""
    return bool(_NOT_PROSE.match(line))


def _words(plain: str, headings: tuple[Heading, ...]) -> list[int]:
    starts = (0, *(heading.start for heading in headings), len(plain))
    return [_count_words(plain[start:end]) for start, end in pairwise(starts)]


def _count_words(plain: str) -> int:
    """Words of the text; headings, citations, addresses, images and list numbers do not count."""
    text = _CLUSTER.sub(" ", _HEADING.sub("\n", "\n" + plain))
    text = re.sub(r"\n[ \t]*+\d+[.)]", "\n", text)
    text = _INLINE.sub(lambda found: "" if _is_image(found) else found["text"], text)
    text = re.sub(r"\{[^{}\n]*\}|<[^<>]*>", " ", text)
    return len(_WORD.findall(text))


def plain_text(markdown: str) -> str:
    """The words alone: those of a link or an image stay, addresses and marks go."""
    for pattern in (_INLINE, _REFERENCE):
        markdown = pattern.sub(lambda found: found["text"], markdown)
    return _EMPHASIS.sub("", markdown)


def blank_citations(plain: str) -> str:
    return _CLUSTER.sub(lambda cluster: spaces(cluster[0]), plain)


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def lines_found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Each match of `pattern`, which begins with the end of the line before, and its line."""
    return ((line_of(text, found.start()), found) for found in pattern.finditer("\n" + text))


def section_at(headings: tuple[Heading, ...], offset: int) -> str:
    """The id of the section that holds `offset`; empty above the first heading."""
    place = bisect_right(headings, offset, key=attrgetter("start"))
    return headings[place - 1].id if place else ""


def _headings(text: str, plain: str) -> list[Heading]:
    """Their words are those that a reader sees, code and emphasis without its marks."""
    headings = []
    for line, found in lines_found(_HEADING, plain):
        words = text[found.start("text") - 1 : found.end("text") - 1].rstrip().rstrip("#").rstrip()
        attributes = _ATTRIBUTES.search(words)
        given = attributes["all"].split() if attributes else []
        headings.append(
            Heading(
                level=len(found["marks"]),
                text=plain_text(_ATTRIBUTES.sub("", words).replace("`", "")).rstrip(),
                id=next((word[1:] for word in given if _ID.fullmatch(word)), ""),
                classes=tuple(word[1:] for word in given if word.startswith(".")),
                line=line,
                start=found.start(),
            )
        )
    return headings


def _citations(
    text: str, plain: str, uncited: str, headings: tuple[Heading, ...]
) -> tuple[tuple[Citation, ...], tuple[Slip, ...]]:
    citations, slips, lines = [], [], {heading.line for heading in headings}
    for found in _CLUSTER.finditer(plain):
        line = line_of(plain, found.start())
        try:
            cites = parse_cluster(re.sub(r"\n[ \t]*>", " ", found[1]))
        except MalformedCitationError as error:
            slips.append(Slip(found[0], str(error), line))
        else:
            citations.append(Citation(cites, line, section_at(headings, found.start())))
        if line in lines:
            slips.append(Slip(found[0], "it stands in a heading, which other pages repeat", line))
        if re.match(r"[\w.,;:!?)]", plain[found.start() - 1 : found.start()]):
            slips.append(Slip(found[0], "no space stands before it", line))
    rest = uncited
    for pattern, reason in _SLIPS if "@" in rest else ():
        for found in pattern.finditer(rest):
            escaped = re.search(r"\\\[[^\[\]\n]*$", text[: found.start()])
            why = "a backslash stands before its bracket: take it out" if escaped else reason
            slips.append(Slip(found[0], why, line_of(plain, found.start())))
        rest = pattern.sub(lambda found: spaces(found[0]), rest)
    return tuple(citations), tuple(slips)


def _links(text: str, plain: str, headings: tuple[Heading, ...]) -> list[Link]:
    def link(form: str, found: re.Match[str], target: str, label: str = "") -> Link:
        words = text[found.start(label) : found.end(label)] if label else ""
        line = line_of(plain, found.start())
        return Link(form, words, target, line, found.start(), section_at(headings, found.start()))

    links, rest = [], plain
    for found in _INLINE.finditer(plain):
        form = "image" if _is_image(found) else "inline"
        links.append(link(form, found, found["target"].strip("<>"), "text"))
        for inner in _INLINE.finditer(plain, found.start("text"), found.end("text")):
            links.append(link("image", inner, inner["target"].strip("<>"), "text"))
        rest = rest[: found.start()] + spaces(found[0]) + rest[found.end() :]
    for found in _REFERENCE.finditer(rest):
        links.append(link("reference", found, found["label"] or found["text"], "text"))
    for found in _DEFINITION.finditer(rest):
        uses = plain.casefold().count(f"[{found['label']}]".casefold()) - 1
        form = "definition" if uses else "unused"
        links.append(link(form, found, found["target"].strip("<>"), "label"))
    for found in _AUTOLINK.finditer(_DEFINITION.sub(lambda found: spaces(found[0]), rest)):
        links.append(link("autolink", found, found["target"], "target"))
    return links


def _is_image(found: re.Match[str]) -> bool:
    return found.string.endswith("!", 0, found.start())


def _quotations(plain: str) -> list[Quotation]:
    quotations = []
    for found in _QUOTE.finditer(plain) if ">" in plain else ():
        inner = re.sub(r"^[ \t]*>", " ", found[0], flags=re.M)
        cited = bool(_CLUSTER.search(inner))
        quotations.append(Quotation(_count_words(inner), cited, line_of(plain, found.start())))
    return quotations


def _blocks(plain: str, headings: tuple[Heading, ...]) -> list[Block]:
    sections = tuple(heading for heading in headings if heading.level == 2)
    return [
        Block(found[0][1:], line, section_at(sections, found.start()))
        for line, found in lines_found(_BLOCK, plain)
        if not _SILENT.match(found[0])
    ]


def _acronyms(uncited: str) -> list[tuple[str, int]]:
    """Each acronym of the text with the line where it stands first."""
    text = _INLINE.sub(lambda found: found["text"], uncited)
    first: dict[str, int] = {}
    for found in _ACRONYM.finditer(text):
        first.setdefault(found[0], line_of(text, found.start()))
    return list(first.items())


_FENCE = re.compile(
    r"^(?P<in>[ ]*+)(?P<mark>`{3,}+|~{3,}+)[^\n]*+\n(?:.*?\n)??(?P=in)(?P=mark)[^\S\n]*$",
    re.S | re.M,
)
_INDENTED = re.compile(r"(?:\A|(?<=\n\n))(?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[^\S\n]*\n)+")
_CODE = re.compile(r"`(?<![`\\]`)(`*+)((?:(?!\n[^\S\n]*\n).)+?)(?<!`)`\1(?!`)", re.S)
_ESCAPE = re.compile(r"\\[\\`*_{}\[\]()#+.!>-]")
_CONTAINER = re.compile(r"\s*(?:[-*+]|\d+[.)]|!!!|\?\?\?|===|\[\^)")


def spaces(text: str) -> str:
    """As many spaces as `text` has characters; line ends stay."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def blank_code(text: str) -> str:
    """`text` with code and escaped characters as spaces; lines and length stay."""
    if "```" in text or "~~~" in text:
        text = _FENCE.sub(lambda found: spaces(found[0]), text)
    text = _INDENTED.sub(lambda found: _blank_indented(text, found), text)
    for pattern in (_CODE, _ESCAPE):
        text = pattern.sub(lambda found: spaces(found[0]), text)
    return text


def _blank_indented(text: str, found: re.Match[str]) -> str:
    """Indented lines are code unless they continue a list item, an admonition or the like."""
    above = text[: found.start()].rstrip("\n").split("\n")
    opener = next((line for line in reversed(above) if line and not line.startswith(" ")), "")
    return found[0] if _CONTAINER.match(opener) else spaces(found[0])
