"""Builds of the site in a process of their own, as on a contributor's machine."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from posixpath import normpath
from zipfile import ZipFile

from guides import ROOT, run

FOLDERS = ("docs", "data", "hooks", "overrides", "serving")
FILES = ("bibliography.bib", "permalinks.txt", "mkdocs.yml")


def copy_project(folder: Path) -> Path:
    """What the build needs, copied below `folder`, to be changed there."""
    compiled = shutil.ignore_patterns("__pycache__")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=compiled)
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    return folder


def lost_in_zip(packed: Path) -> set[tuple[str, str]]:
    """Links of the pages in a zip of the site that lead to no file in it."""
    with ZipFile(packed) as file:
        names = {*file.namelist()}
        pages = {name: file.read(name).decode() for name in names if name.endswith(".html")}
    link = re.compile(r'\b(?:href|src|action|data-to)="([^":?#]+)(?![^":?#]|:)')
    found = ((name, to) for name, text in pages.items() for to in link.findall(text))
    return {(name, to) for name, to in found if normpath(f"{name}/../{to}") not in names}


def build(
    project: Path, site: Path, *, strict: bool, **environment: str
) -> subprocess.CompletedProcess[str]:
    """MkDocs run on `project`, writing to `site`. Its messages are in `stderr`."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)]
    quiet = {"SOURCE_DATE_EPOCH": "1700000000", "NO_MKDOCS_2_WARNING": "1"}
    return run(*command, *["--strict"] * strict, cwd=project, **quiet | environment)
