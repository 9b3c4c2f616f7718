"""The site as a zip that opens by a click on `index.html`, as from a memory stick.

Without a server a browser opens no folder, fetches nothing and loads no module and no font:
addresses are written out to `index.html`, fonts stand in the style sheet, and beside each file to
be fetched stands a script that hands it over (`local.js`).
"""

import json
import re
from base64 import b64encode
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jinja2 import Template

from guide.files.serving import POLICY_IN_PAGE

_POLICY = POLICY_IN_PAGE.replace("'self'", "file: data:")
_LEFT_OUT = re.compile(r"[._]|404\.html|sw\.js|offline\.|.*\.(?:gz|woff2|zip)")
_TO_FOLDER = re.compile(r'((?:(?:href|action|data-to)="|url=)(?![a-z]+:)[^"#?]*/)(?=["#?])')
_NEEDLESS = re.compile(r' data-worker="[^"]+"|<link rel="\w*preload"[^>]+>|<a [^>]+\.zip".+?</a>')
_FIRST_SCRIPT = re.compile(r'<script src="([./]*)assets')
_FONT = re.compile(r'(?<=url\(")fonts/[^"]+')


def write_zip(site: Path, script: Template, target: Path) -> None:
    """Of a built site: the same bytes for the same site."""
    modules = {file.name: file.read_text("utf-8") for file in site.glob("assets/*.js")}
    with ZipFile(target, "w") as packed:

        def add(path: str, content: str | bytes) -> None:
            packed.writestr(ZipInfo(f"field-guide/{path}"), content, ZIP_DEFLATED)

        add("local.js", script.render(modules=modules))
        for file in sorted(path for path in site.rglob("*") if path.is_file()):
            path = file.relative_to(site).as_posix()
            if _LEFT_OUT.match(path):
                continue
            if file.suffix not in (".html", ".css", ".json"):
                add(path, file.read_bytes())
                continue
            text = _alone(file, file.read_text("utf-8"))
            add(path, text)
            if file.suffix != ".css":
                add(f"{path}.js", f"given({json.dumps(text, ensure_ascii=False)})")


def _alone(file: Path, text: str) -> str:
    """As a page, a style sheet or a part of the search index stands in a folder."""
    if file.suffix == ".css":
        fonts = {name: b64encode((file.parent / name).read_bytes()) for name in _FONT.findall(text)}
        text = _FONT.sub(lambda of: f"data:font/woff2;base64,{fonts[of[0]].decode()}", text)
    if file.suffix == ".html":
        text = text.replace(POLICY_IN_PAGE, _POLICY).replace('type="module"', 'type="local"')
        text = _NEEDLESS.sub("", text)
        text = _FIRST_SCRIPT.sub(r'<script src="\1local.js" defer></script>\g<0>', text, count=1)
        text = _TO_FOLDER.sub(r"\1index.html", text)
    return text
