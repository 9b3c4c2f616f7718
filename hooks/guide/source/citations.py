"""The grammar of citations, which is pandoc's: `[@key, no. 5; cited in @other, p. 26]`."""

import re
from dataclasses import dataclass

KEY = r"[A-Za-z0-9][A-Za-z0-9_-]*"
AT = rf"(?<![\w.@/-])-?@(?={KEY})"
# The closing bracket is looked for first: a text with none would else be searched again and again.
#: A bracketed cluster that is not the text of a link.
CLUSTER = rf"\[(?=[^\[\]]*+\](?![(\[]))([^\[\]]*?{AT}[^\[\]]*+)\]"
#: A citation as the text of a link, where it cannot be one.
LINKED = rf"\[(?=[^\[\]]*+\][(\[])([^\[\]]*?{AT}[^\[\]]*+)\]"

_ITEM = re.compile(rf"(?P<prefix>[^@]*?)(?P<minus>-?)@(?P<key>{KEY})(?P<rest>.*)", re.S)


@dataclass(frozen=True)
class Cite:
    """One work cited at its places. `prefix` is the text before it, such as "cited in"."""

    key: str
    locators: tuple[str, ...] = ()
    prefix: str = ""
    suppress_author: bool = False

    @property
    def is_vehicle(self) -> bool:
        """Whether this is the paper through which the work before it is known."""
        return self.prefix == "cited in"


class MalformedCitationError(ValueError):
    """The text in the brackets is not a citation; the message says what it lacks."""


def parse_cluster(inner: str) -> tuple[Cite, ...]:
    """The works cited between the brackets.

    Raises MalformedCitationError where the text would be printed as it stands.
    """
    return tuple(_parse_item(" ".join(item.split())) for item in inner.split(";"))


def _parse_item(item: str) -> Cite:
    found = _ITEM.fullmatch(item)
    if not found:
        raise MalformedCitationError(
            f"`{item}` names no key with `@`" if item else "a part is empty"
        )
    rest = found["rest"].strip()
    if rest == ",":
        raise MalformedCitationError("no place follows the comma")
    if rest and not re.match(r",\s*\S", rest):
        raise MalformedCitationError(f"`{rest}` follows the key without a comma")
    locators = tuple(part.strip() for part in rest.split(",")[1:])
    if not all(locators) or "@" in rest:
        lacks = ": a `;` stands before each further work" if "@" in rest else ""
        raise MalformedCitationError(f"`{rest.lstrip(', ')}` is not a locator{lacks}")
    return Cite(found["key"], locators, found["prefix"].strip(), bool(found["minus"]))
