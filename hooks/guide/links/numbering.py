"""The numbers of entries: given once, and to nobody else afterwards."""

import re

from guide.source.model import Site
from guide.source.schema import Collection


def taken_numbers(site: Site, collection: Collection) -> frozenset[int]:
    """Numbers that an entry of the collection has, or had when it was published."""
    short_link = re.compile(rf"/{collection.prefix.lower()}(\d+)/")
    published = (short_link.fullmatch(line) for line in site.ledger)
    now = {int(page.id[1:]) for page in site.entries_of(collection)}
    return frozenset(now | {int(found[1]) for found in published if found})


def next_id(site: Site, collection: Collection) -> str:
    number = max(taken_numbers(site, collection), default=0) + 1
    return f"{collection.prefix.lower()}{number:02}"
