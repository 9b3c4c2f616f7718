"""KB71x: nothing in a page runs, calls elsewhere or wears out who reads it."""

import re
from collections.abc import Iterator

from guide.problems import Problem
from guide.rules import Told, rule
from guide.rules.subjects import found
from guide.source.harmless import CLASSES
from guide.source.model import Site

_TAG = re.compile(r"(?P<tag><(?<!\]\(<)(?:/?[a-zA-Z][\w-]*(?=[\s/>])|!|\?))[^\n]*")
_BRACES = re.compile(r"\{+:?(?P<all>[^{}\n]*+)\}*")
_WORD_IN_BRACES = re.compile(rf"#[a-z][a-z0-9-]*|\.(?:{'|'.join(sorted(CLASSES))})")


@rule("KB710", found(_TAG))
def page_is_markdown_alone(_: Site, html: re.Match[str]) -> Told:
    """A page is Markdown and has no HTML, comments included: tags would be printed as typed."""
    hint = "write it in Markdown; for the sign itself write `&lt;`"
    return f"`{html['tag']}` begins HTML, which pages do not have", hint


@rule("KB712")
def braces_name_what_stands_before_them(site: Site) -> Iterator[Problem]:
    """Braces hold an id, `.diagram` or `.ours`, right behind a heading, an image or a paragraph."""
    known = ", ".join(f"`.{name}`" for name in sorted(CLASSES))
    hint = f"take out what another program left; write `#an-id` or {known}; for a sign `\\{{`"
    for page in site.pages:
        lines = page.markup.plain.split("\n") if "{" in page.markup.plain else []
        for number, (line, above) in enumerate(zip(lines, ["", *lines], strict=False), 1):
            for braces in _BRACES.finditer(line) if "{" in line else ():
                words, before = braces["all"].split(), line[: braces.start()]
                alone = braces[0] == line.strip() and above.strip()
                if not words or not all(_WORD_IN_BRACES.fullmatch(word) for word in words):
                    yield Problem(page.file, number, f"`{braces[0]}` is no id or class", hint)
                    break  # One is enough for a line.
                elif not (alone or before.endswith((")", "*", "]")) or re.match(" {0,3}#", line)):
                    fact = f"`{braces[0]}` would be printed as it stands"
                    yield Problem(page.file, number, fact, "put it right behind what it belongs to")
