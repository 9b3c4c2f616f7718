"""The link from a page to the form that takes what is wrong on it."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from guides import ROOT

FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[!c]*.yml"))


@pytest.mark.parametrize("path", ["lessons/l01-differences/", "lessons/l05-trust/"])
def test_form_is_there_and_every_parameter_is_one_of_its_fields(path: str, built: Path) -> None:
    page = (built / path / "index.html").read_text("utf-8")
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    (link,) = set(re.findall(rf'href="({re.escape(settings["repo_url"])}/issues/new[^"]*)"', page))
    query = parse_qs(urlsplit(unescape(link)).query, strict_parsing=True)
    (name,) = query.pop("template")
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / name).read_text("utf-8"))
    assert query.keys() <= {field["id"] for field in form["body"]}
    assert query == {"page": [settings["site_url"] + path]}


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.name)
def test_every_field_of_a_form_can_be_filled_by_a_link(form: Path) -> None:
    fields = yaml.safe_load(form.read_text("utf-8"))["body"]
    assert all("id" in field for field in fields)
    assert "page" in {field["id"] for field in fields}
