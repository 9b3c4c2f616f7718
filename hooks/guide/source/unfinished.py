"""Places where text is still to be written: `TODO:` and what belongs there."""

import re

from guide.source.model import Page

TODO = "TODO:"
_PLACE = re.compile(rf"\b{TODO}[^\n]*")


def places_to_write(page: Page) -> dict[int, str]:
    """What is still to be written on a page, by line; code does not count."""
    places = {}
    for given in page.front.fields.values():
        values = given.value if isinstance(given.value, tuple) else (given.value or "",)
        for found in filter(None, (_PLACE.search(value) for value in values if TODO in value)):
            places.setdefault(given.line, found[0])
    plain = page.markup.plain
    for number, line in enumerate(plain.split("\n") if TODO in plain else (), 1):
        if found := _PLACE.search(line):
            places[number] = found[0]
    return places
