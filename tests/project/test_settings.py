"""mkdocs.yml, as far as the guide rests on it."""

import re
from importlib import resources

import yaml

from guides import ROOT

SETTINGS = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))


def test_addresses_are_whole() -> None:
    assert re.fullmatch(r"https://[a-z0-9.-]+(?::\d+)?/(?:[^\s?#]+/)?", SETTINGS["site_url"])
    assert SETTINGS["repo_url"].startswith("https://")


def test_what_the_guide_needs_is_there() -> None:
    assert SETTINGS["hooks"] == ["hooks/mkdocs_hooks.py"]
    assert [list(plugin) for plugin in SETTINGS["plugins"]] == [["bibtex"]]
    # Nothing that could include files or take HTML from a page.
    assert set(SETTINGS["markdown_extensions"]) == {
        *("attr_list", "tables", "admonition", "footnotes", "pymdownx.details"),
    }
    # The theme asks no other host for its fonts.
    assert SETTINGS["theme"]["name"] == "material"
    assert SETTINGS["theme"]["font"] is False


def test_icons_of_collections_are_there() -> None:
    schema = yaml.safe_load((ROOT / "data/schema.yml").read_text("utf-8"))
    icons = resources.files("material") / "templates/.icons/material"
    for collection in schema["collections"]:
        assert (icons / f"{collection['icon']}.svg").is_file(), collection["folder"]


def test_what_would_change_addresses_is_not() -> None:
    assert not {"nav", "docs_dir", "use_directory_urls"} & SETTINGS.keys()


def test_mkdocs_warns_of_every_broken_link() -> None:
    wanted = {
        "nav": {"omitted_files", "not_found", "absolute_links"},
        "links": {"not_found", "anchors", "absolute_links", "unrecognized_links"},
    }
    found = SETTINGS["validation"]
    assert {group: set(levels) for group, levels in found.items()} == wanted
    assert {level for levels in found.values() for level in levels.values()} == {"warn"}
