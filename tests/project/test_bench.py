"""The scripts that measure fit the guide that they measure."""

import importlib
from pathlib import Path

import pytest

from guides import ROOT
from peers import GENERATORS, Peer


@pytest.mark.parametrize("script", sorted(path.stem for path in (ROOT / "bench").glob("*.py")))
def test_script_that_measures_finds_what_it_measures(script: str) -> None:
    importlib.import_module(script)


@pytest.mark.parametrize("peer", [p for p in GENERATORS if p.pins], ids=lambda peer: peer.name)
def test_every_generator_is_given_all_pages(peer: Peer, tmp_path: Path) -> None:
    peer.write(ROOT, project := tmp_path / "project")
    given = {path.stem for path in project.rglob("*.md")}
    assert {path.stem for path in (ROOT / "docs").rglob("*.md")} - {"index"} <= given
