"""Blanking: what is no text becomes spaces, so that offsets and lines stay true."""

import re

_FENCE = re.compile(
    r"^(?P<in>[ ]*+)(?P<mark>`{3,}+|~{3,}+)[^\n]*+\n(?:.*?\n)??(?P=in)(?P=mark)[^\S\n]*$",
    re.S | re.M,
)
_INDENTED = re.compile(r"(?:\A|(?<=\n\n))(?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[^\S\n]*\n)+")
_CODE = re.compile(r"`(?<![`\\]`)(`*+)((?:(?!\n[^\S\n]*\n).)+?)(?<!`)`\1(?!`)", re.S)
_ESCAPE = re.compile(r"\\[\\`*_{}\[\]()#+.!<>@-]")
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
