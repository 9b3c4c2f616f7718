"""Where a reader says what is wrong on a page: a form of the repository with the page filled in."""

from urllib.parse import quote, urlencode

from guide.source.model import Page, Site

#: The form below .github/ISSUE_TEMPLATE/, and the id of its field for the page.
FORM, FIELD = "page.yml", "page"


def improve_address(site: Site, page: Page) -> str:
    filled = urlencode(
        {"template": FORM, FIELD: site.url.rstrip("/") + page.address}, quote_via=quote
    )
    return f"{site.repository.rstrip('/')}/issues/new?{filled}"
