"""The real guide as its files stand, read once by each process that tests it."""

from guide.source.reader import read_site
from guides import ROOT

SITE = read_site(ROOT)
#: An entry with everything that entries have.
ENTRY = "/mindsets/m05-trust-first/"


def kinds() -> list[str]:
    """One page of each kind, the first of each collection among them."""
    folders: dict[str, str] = {}
    for page in SITE.pages:
        kind = page.path.rpartition("/")[0] + ("/index" if page.path.endswith("index.md") else "")
        folders.setdefault(kind if "/" in page.path else page.path, page.address)
    return [*folders.values(), "/nothing-here/"]
