"""Texts and code are spelt right, and in British English."""

import re
import subprocess
import sys

import yaml

from guides import ROOT

WRITTEN = ("*.md", "*.yml", "*.py", "*.html", "*.js", "*.css", "*.bib", "Makefile")


def test_no_word_is_misspelt() -> None:
    listed = ["git", "ls-files", "--", *WRITTEN]
    files = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    command = [sys.executable, "-m", "codespell_lib", *files.split("\n")[:-1]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0


def test_misspelt_word_is_found() -> None:
    command = [sys.executable, "-m", "codespell_lib", "-"]
    done = subprocess.run(
        command, cwd=ROOT, input="They recieve it.", capture_output=True, text=True, check=False
    )
    assert "recieve ==> receive" in done.stdout


def test_what_maintainers_read_is_british_too() -> None:
    schema = yaml.safe_load((ROOT / "data/schema.yml").read_text("utf-8"))
    american = re.compile(rf"\b(?:{'|'.join(schema['spelling'])})", re.IGNORECASE)
    for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md"):
        assert not american.findall((ROOT / name).read_text("utf-8")), name
