"""What cards, decks, documents and books are made from, laid out once by each process."""

from datetime import date
from functools import cache

from jinja2 import Environment, FileSystemLoader

from guide.pages.views import Views
from guide.works.references import format_references
from guides import ROOT
from real import SITE

VIEWS = Views(SITE, format_references(SITE.works, ROOT), cards=True, day=date(2026, 5, 4))
TEMPLATES = Environment(
    loader=FileSystemLoader(ROOT / "overrides"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def documents() -> dict[str, str]:
    """The text of every deck, document and book by its path."""
    return VIEWS.documents(TEMPLATES)
