"""KB71x: nothing in a page runs, calls elsewhere or wears out who reads it."""

import re
from collections.abc import Iterator

from guide.problems import Finding
from guide.rules import rule
from guide.source.harmless import CLASSES, SCHEMES, scheme_of
from guide.source.markup import line_of, lines_found
from guide.source.model import Page, Site
from guide.source.reader import GLOSSARY

_TAG = re.compile(r"<(?<!\]\(<)(?:/?[a-zA-Z][\w-]*(?=[\s/>])|!|\?)")
#: A pattern that begins with a letter lets the engine skip what has none.
_ADDRESSES = (
    re.compile(r"\]\([\s<]*+(?P<address>[^()<>\"']*+)"),
    re.compile(r"<(?=[^\s<>]*:)[\s<]*+(?P<address>[^()<>\"']*+)"),
    re.compile(r"\n {0,3}+\[(?!\^)[^\[\]]++\]:[\s<]*+(?P<address>[^\s<>]*+)"),
)
_BRACES = re.compile(r"\{:?(?P<all>[^{}\n]*+)\}?")
_WORD_IN_BRACES = re.compile(rf"#[a-z][a-z0-9-]*|\.(?:{'|'.join(sorted(CLASSES))})")
_IMAGE = re.compile(r"!\[(?P<text>[^\[\]]*+)\](?:\s?\[(?P<label>[^\[\]]*+)\])?(?!\()")
_BRACKETS = re.compile(r"\[(?:[^\[\]]*+\[){4}")
_MARKS = re.compile(r"\n[ \t]*+(?:(?:[-*+]|\d++[.)])[ \t]++|>(?!>{6}(?: |$))[ \t]*+){5}", re.M)
_IN_TEXT = re.compile(r"<[a-zA-Z/!?]|&#?\w+;")
_PARAGRAPH = re.compile(r"(?:^(?![^\S\n]*$)[^\n]++\n?)+", re.M)
#: Characters of a paragraph, list or table.
_LONGEST = 4_000


@rule("KB710")
def page_is_markdown_alone(site: Site) -> Iterator[Finding]:
    """A page is Markdown and has no HTML, comments included: tags would be printed as typed.

    Bad:  <b>small</b> steps <!-- more to come -->
    Good: **small** steps
    """
    for page in site.pages:
        plain, lines = page.markup.plain, set[int]()
        for found in _TAG.finditer(plain):
            line = line_of(plain, found.start())
            if line not in lines:
                lines.add(line)
                fact = f"`{found[0]}` begins HTML, which pages do not have"
                hint = "write it in Markdown; for the sign itself write `&lt;`"
                yield Finding(page.file, line, fact, hint)


@rule("KB711")
def address_has_a_known_scheme(site: Site) -> Iterator[Finding]:
    """An address is a path within the guide, or begins with https: or mailto:.

    Bad:  [more](javascript:show())
    Good: [more](https://example.org/more)
    """
    for page in site.pages:
        plain = page.markup.plain
        for found in (f for address in _ADDRESSES for f in address.finditer("\n" + plain)):
            scheme = scheme_of(found["address"])
            if scheme and scheme not in SCHEMES | {"http"}:  # KB310 tells of http.
                fact = f"an address with `{scheme}:` is not allowed"
                hint = f"an address begins with {' or '.join(f'`{s}:`' for s in sorted(SCHEMES))}"
                line = line_of(plain, found.start("address") - 1)
                yield Finding(page.file, line, fact, hint)


@rule("KB712")
def braces_hold_an_id_or_a_class(site: Site) -> Iterator[Finding]:
    """Braces hold an id, or one of the classes `diagram` and `ours`; nothing else belongs there.

    Bad:  ![The model](model.svg){ style="float: right" }
    Good: ![The model](model.svg){ .diagram }
    """
    for page in site.pages:
        for found in _BRACES.finditer(page.markup.plain):
            words = found["all"].split()
            if not words or not all(_WORD_IN_BRACES.fullmatch(word) for word in words):
                known = ", ".join(f"`.{name}`" for name in sorted(CLASSES))
                hint = f"write `#an-id` or {known}; for the sign itself `\\{{`"
                line = line_of(page.markup.plain, found.start())
                yield Finding(page.file, line, f"`{found[0]}` is no id or class", hint)


@rule("KB713")
def image_is_a_file_of_the_guide(site: Site) -> Iterator[Finding]:
    """An image is a file of the guide: one from elsewhere would tell that site who reads here.

    Bad:  ![The model](https://example.org/model.svg)
    Good: ![The model](../assets/diagrams/model.svg)
    """
    for page in site.pages:
        for line, address in _images(page):
            if scheme_of(address) in ("https", "http"):  # KB311 and KB711 tell of others.
                fact = f"the image `{address}` lies on another site"
                yield Finding(page.file, line, fact, "put the file into docs/assets/")


def _images(page: Page) -> Iterator[tuple[int, str]]:
    """The addresses of images, with those that are written further down as `[label]: address`."""
    links = page.markup.links
    named = {_label(link.text): link.target for link in links if link.form == "definition"}
    yield from ((link.line, link.target) for link in links if link.form == "image")
    for found in _IMAGE.finditer(page.markup.plain):
        address = named.get(_label(found["label"] or found["text"]))
        if address:
            yield line_of(page.markup.plain, found.start()), address


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


@rule("KB714")
def field_holds_plain_text(site: Site) -> Iterator[Finding]:
    """Fields of pages, terms of the glossary and items of outlines are plain text, without HTML.

    Bad:  title: Trust <em>first</em>
    Good: title: Trust first
    """
    for file, line, text in _fields(site):
        found = _IN_TEXT.search(text)
        if found:
            fact = f"`{found[0]}` begins HTML, which a field does not have"
            yield Finding(
                file, line, fact, "write plain text; `&` and `<` need nothing before them"
            )


def _fields(site: Site) -> Iterator[tuple[str, int, str]]:
    for page in site.pages:
        for name, given in page.front.fields.items():
            yield page.file, given.line, page.front.text(name) + "\n".join(page.front.words(name))
    for term in site.glossary.terms:
        yield GLOSSARY, term.line, "\n".join((term.term, term.means, *term.forms))
    for outline in site.outlines:
        yield outline.path, 1, outline.note
        yield from (
            (outline.path, item.line, f"{item.locator}\n{item.label}") for item in outline.items
        )


@rule("KB715")
def paragraph_has_bounded_length(site: Site) -> Iterator[Finding]:
    """A paragraph, list or table has at most 4,000 characters.

    Bad:  a page without an empty line
    Good: an empty line between paragraphs
    """
    for page in site.pages:
        begin = len(page.markup.plain) - len(page.body)
        for found in _PARAGRAPH.finditer(page.body):
            if len(found[0]) > _LONGEST:
                fact = f"the paragraph has {len(found[0])} characters, {_LONGEST} at the most"
                line = line_of(page.markup.plain, begin + found.start())
                yield Finding(page.file, line, fact, "put an empty line where a thought ends")


@rule("KB716")
def nothing_is_nested_deeply(site: Site) -> Iterator[Finding]:
    """Lists, quotations and square brackets stand at most four deep in each other.

    Bad:  > > > > > deep
    Good: > a quotation
    """
    for page in site.pages:
        plain = page.markup.plain
        nested = {
            "brackets": [line_of(plain, found.start()) for found in _BRACKETS.finditer(plain)],
            "lists or quotations": [line for line, _ in lines_found(_MARKS, plain)],
        }
        for what, lines in nested.items():
            for line in lines:
                fact = f"{what} stand within each other more than four deep"
                yield Finding(page.file, line, fact, "take some of the marks out")
