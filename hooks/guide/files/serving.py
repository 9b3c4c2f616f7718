"""What a web server says about the site, as serving/answers.yml has it.

A page carries the policy in a `meta` element; `server_files` writes the rest for the servers.
"""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader

_FOLDER = Path(__file__).resolve().parents[3] / "serving"
ANSWERS = yaml.safe_load((_FOLDER / "answers.yml").read_text("utf-8"))
#: The value of the header Content-Security-Policy.
POLICY = "; ".join(f"{name} {value}" for name, value in ANSWERS["policy"].items())
#: That of a page's `meta` element, where a host takes no headers from us: who frames the page is
#: heeded only in a header.
POLICY_IN_PAGE = POLICY.replace("; frame-ancestors 'none'", "")
HEADERS = {"Content-Security-Policy": POLICY, **ANSWERS["headers"]}


def is_fingerprinted(path: str) -> bool:
    return any(re.search(pattern, path) for pattern in ANSWERS["fingerprinted"])


def server_files(redirects: Mapping[str, str], paths: Iterable[str]) -> dict[str, str]:
    """Path and text of what servers read, for a site that holds the files `paths`.

    All of it can be public: a host that has no use for it does no harm with it.
    """
    files = sorted(f"/{path}" for path in paths)
    folders = {(path.rpartition("/")[0], path.rpartition(".")[2]) for path in files}
    given = ANSWERS | {
        "headers": HEADERS,
        # One by one, as a rule of that file has no expression to tell them by.
        "lasting_paths": [path for path in files if is_fingerprinted(path)],
        "downloads_in": sorted(pair for pair in folders if pair[1] in ANSWERS["downloads"]),
        "redirects": redirects,
    }
    env = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"), trim_blocks=True, keep_trailing_newline=True
    )
    texts = {name: env.get_template(name).render(given) for name in env.list_templates()}
    return {
        "_headers": texts["_headers"],
        "_redirects": "".join(f"{old} {new} 301!\n" for old, new in redirects.items()),
        ".serving/nginx-http.conf": texts["nginx-http.conf"],
        ".serving/nginx-server.conf": texts["nginx-server.conf"],
    }


def write_server_files(folder: Path, redirects: Mapping[str, str]) -> None:
    """What servers read, added to the built site in `folder`."""
    above = len(str(folder)) + 1
    paths = [f"{place}/{name}"[above:] for place, _, names in os.walk(folder) for name in names]
    for path, text in server_files(redirects, paths).items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
