"""mkdocs.yml, where it holds more than the checks ask for."""

import re
from importlib import resources

import yaml

from guides import ROOT
from real import SITE

SETTINGS = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))


def test_addresses_are_whole() -> None:
    assert re.fullmatch(r"https://[a-z0-9.-]+(?::\d+)?/(?:[^\s?#]+/)?", SETTINGS["site_url"])
    assert SETTINGS["repo_url"].startswith("https://")


def test_icons_of_collections_are_there() -> None:
    icons = resources.files("material") / "templates/.icons/material"
    for collection in SITE.schema.collections:
        assert (icons / f"{collection.icon}.svg").is_file(), collection.folder


def test_mkdocs_warns_of_every_broken_link() -> None:
    wanted = {
        "nav": {"omitted_files", "not_found", "absolute_links"},
        "links": {"not_found", "anchors", "absolute_links", "unrecognized_links"},
    }
    found = SETTINGS["validation"]
    assert {group: set(levels) for group, levels in found.items()} == wanted
    assert {level for levels in found.values() for level in levels.values()} == {"warn"}
