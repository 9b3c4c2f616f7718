"""The link from a page to the form that takes what is wrong on it."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from guide.files.exports import improve_address
from guide.source.model import Settings
from guide.source.reader import read_site
from guides import ROOT

SITE = replace(
    read_site(ROOT),
    settings=Settings(
        site_url="https://guide.example/", repo_url="https://repository.example/someone/guide/"
    ),
)
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[!c]*.yml"))


@pytest.mark.parametrize("path", ["index.md", "lessons/index.md", "lessons/l05-trust.md"])
def test_form_is_there_and_every_parameter_is_one_of_its_fields(path: str) -> None:
    address = urlsplit(improve_address(SITE, SITE.page[path]))
    assert address.netloc + address.path == "repository.example/someone/guide/issues/new"
    query = parse_qs(address.query, strict_parsing=True)
    (name,) = query.pop("template")
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / name).read_text("utf-8"))
    assert query.keys() <= {field["id"] for field in form["body"]}
    assert query == {"page": [f"https://guide.example{SITE.page[path].address}"]}


def test_repository_is_named_in_one_place() -> None:
    configuration = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert f"repo_url: {read_site(ROOT).repository}\n" in configuration


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.name)
def test_every_field_of_a_form_can_be_filled_by_a_link(form: Path) -> None:
    fields = yaml.safe_load(form.read_text("utf-8"))["body"]
    assert all("id" in field for field in fields)
    assert "page" in {field["id"] for field in fields}
