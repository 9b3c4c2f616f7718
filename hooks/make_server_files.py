"""What web servers read, added to a built site: `python hooks/make_server_files.py SITE`."""

import sys
from pathlib import Path

from guide.links.permalinks import redirects
from guide.source.reader import read_site
from guide.files.serving import server_files

ROOT = Path(__file__).resolve().parent.parent


def make_server_files(root: Path, folder: Path) -> None:
    paths = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    for path, text in server_files(redirects(read_site(root)), paths).items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")


if __name__ == "__main__":
    make_server_files(ROOT, Path(sys.argv[1]))
