"""Every mistake of tests/faults.yml, made in a copy of the guide, is told at its place alone."""

import re
import shutil
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

import pytest

from builds import copy_project
from guide.rules import RULES, bibliography, find_problems, markdown, subjects, words
from guide.source import reader
from guide.source.documents import Document, parse_document
from guide.source.markup import lines_found
from guide.source.reader import read_site
from guides import ROOT
from mistakes import FaultExample, Told, made, read_faults

FAULTS = read_faults()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real guide, in which the pages that most mistakes are made in stay as they were.

    So the text of the guide can be written anew without a look at the mistakes.
    """
    guide = copy_project(tmp_path_factory.mktemp("faults") / "guide")
    shutil.copytree(ROOT / "tests/frozen", guide, dirs_exist_ok=True)
    return guide


@pytest.fixture(autouse=True, scope="module")
def unchanged_text_is_parsed_once() -> None:
    """Parsing depends on the text alone, and all pages but one stay as they are."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("parse_markup", "parse_front_matter", "parse_bibliography"):
            patch.setattr(reader, name, lru_cache(maxsize=None)(getattr(reader, name)))
        patch.setattr(reader, "parse_document", document_once)
        for module in (bibliography, markdown, subjects, words):
            patch.setattr(module, "lines_found", found_once)
        yield


DOCUMENTS: dict[str, Document] = {}


def document_once(text: str, form: object) -> Document:
    """No two data files have the same text, unless it is empty."""
    if not text or text not in DOCUMENTS:
        DOCUMENTS[text] = parse_document(text, form)
    return DOCUMENTS[text]


@cache
def found_once(pattern: re.Pattern[str], text: str) -> tuple[tuple[int, re.Match[str]], ...]:
    return tuple(lines_found(pattern, text))


def place(told: Told, project: Path, line: int) -> tuple[str, int, str]:
    if told.at is not None:
        text = (project / told.file).read_text("utf-8") if told.at else ""
        assert told.at in text, f"{told.file} has no {told.at}"
        line = text.count("\n", 0, text.find(told.at)) + 1
    return told.file, line, told.code


def name(example: FaultExample) -> str:
    return " ".join([*(told.code for told in example.told), example.did])


@pytest.mark.parametrize("example", FAULTS, ids=name)
def test_fault_is_told(example: FaultExample, project: Path) -> None:
    with made(example, project) as line:
        problems = find_problems(read_site(project))
        expected = sorted(place(told, project, line) for told in example.told)
    found = [(problem.path, problem.line, problem.code) for problem in problems]
    assert found == expected, "\n".join(problem.as_text() for problem in problems)


def test_guide_is_as_before_once_faults_are_taken_back(project: Path) -> None:
    assert find_problems(read_site(project)) == []


def test_faults_are_many_and_distinct() -> None:
    assert len(FAULTS) >= 120
    assert Counter(example.did for example in FAULTS).most_common(1)[0][1] == 1
    assert len({(e.file, e.how, e.what) for e in FAULTS}) == len(FAULTS)
    assert {told.code for example in FAULTS for told in example.told} <= set(RULES)
