"""The shape of mkdocs.yml, as far as the guide rests on it."""

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Len, MinLen, Predicate
from pydantic import StrictBool, StringConstraints

from guide.source.documents import shape

_Https = Annotated[str, StringConstraints(pattern="^https://[^/]+")]
#: None that could include files or take HTML from a page.
_Known = Literal["attr_list", "tables", "admonition", "footnotes", "pymdownx.details"]


@shape
class _Theme:
    name: Literal["material"]
    custom_dir: Literal["overrides"]
    font: Literal[False]
    language: Literal["en-GB"]
    features: tuple[str, ...]
    favicon: str = ""


@shape
class _Extra:
    contact: str
    cards: StrictBool = False


@shape
class _Bibtex:
    bib_file: Literal["bibliography.bib"]
    bib_by_default: Literal[False]
    enable_inline_citations: Literal[False]


@dataclass(frozen=True)
class Settings:
    """What the guide reads of mkdocs.yml; the other settings are MkDocs' own."""

    site_name: Annotated[str, MinLen(1)]
    repo_url: _Https
    edit_uri: Annotated[str, MinLen(1)]
    theme: _Theme
    extra: _Extra
    hooks: Annotated[tuple[str, ...], Predicate(lambda hooks: "hooks/mkdocs_hooks.py" in hooks)]
    plugins: tuple[dict[Literal["bibtex"], _Bibtex]]
    markdown_extensions: Annotated[tuple[_Known, ...], Len(5, 5)]
    site_url: _Https = "https://guide.example/"
    site_dir: Literal["site"] = "site"
    docs_dir: Literal["docs"] = "docs"
    use_directory_urls: Literal[True] = True
    exclude_docs: str = ""
    nav: None = None
