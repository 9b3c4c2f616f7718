"""Slips of spelling are found in texts and code, American spelling in texts."""

from importlib import resources
from pathlib import Path

import pytest

from guides import BIN, ROOT, git, run

#: Quotations, code, addresses and citation keys keep their own spelling.
KEPT = r"^>.*|`[^`]*`|https?:\S+|\]\([^)]*\)|\[@[^\]]*\]|\{[^}]*\}"
#: British too, in another sense: the noun, a tale, a computer's, an author's name.
BRITISH = {
    "dialog", "focused", "gray", "license", "licensing", "practice", "practices", "program",
    "stories", "story",
}  # fmt: skip
KINDS = ("*.md", "*.py", "*.yml", "*.html", "*.css", "*.js", "*.bib", "Makefile")


def slips(folder: Path, files: list[str], *options: str) -> list[str]:
    done = run(BIN / "codespell", *options, *files, cwd=folder)
    assert not done.stderr, done.stderr
    return done.stdout.splitlines()


def tracked(*patterns: str) -> list[str]:
    return git(ROOT, "ls-files", "--", *patterns).splitlines()


@pytest.fixture(scope="module")
def british(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Options by which codespell, which has the list the other way round, wants British words."""
    name = "dictionary_en-GB_to_en-US.txt"
    listed = (resources.files("codespell_lib") / "data" / name).read_text("utf-8")
    pairs = [line.split("->") for line in listed.splitlines() if "," not in line]
    file = tmp_path_factory.mktemp("british") / "list.txt"
    file.write_text("".join(f"{us}->{gb}\n" for gb, us in pairs if us not in BRITISH), "utf-8")
    return ("--dictionary", str(file), "--ignore-regex", KEPT)


def test_texts_and_code_have_no_slip() -> None:
    assert slips(ROOT, tracked(*KINDS)) == []


def test_texts_are_british(british: tuple[str, ...]) -> None:
    assert slips(ROOT, tracked("*.md", "data/glossary.yml"), *british) == []


def test_slip_is_told_and_a_quotation_is_not(tmp_path: Path, british: tuple[str, ...]) -> None:
    (tmp_path / "a.md").write_text("The color.\n\n> The color of teh room.\n", "utf-8")
    assert slips(tmp_path, ["a.md"], *british) == ["a.md:1: color ==> colour"]
    assert [line.split()[1] for line in slips(tmp_path, ["a.md"])] == ["teh"]
