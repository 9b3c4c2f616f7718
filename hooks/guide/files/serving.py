"""What a web server says about the site: the one home of policy, headers, types and caching.

A page carries the policy in a `meta` element; `server_files` writes the rest for the servers.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

TEMPLATES = Path(__file__).resolve().parents[3] / "serving/templates"

#: Nothing but what the site itself holds: no inline script or style, no other host.
_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # Material's signs are written into its style sheet.
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
#: The value of the header Content-Security-Policy.
POLICY = "; ".join(f"{name} {value}" for name, value in _DIRECTIVES.items())
#: That of a page's `meta` element, where a host takes no headers from us: who frames the page is
#: heeded only in a header.
POLICY_IN_PAGE = POLICY.replace("; frame-ancestors 'none'", "")

#: Paths whose name holds a hash of the bytes, as expressions that nginx understands.
FINGERPRINTED = (
    r"^/assets/(.+/)?[^/]+\.[0-9a-f]{8,}\.[a-z0-9.]+$",
    r"^/search/[0-9a-f]{8,}/.+$",
)
LASTING = "public, max-age=31536000, immutable"
#: Every other path is asked for anew each time, and mostly answered with 304.
FRESH = "no-cache"

#: Only over HTTPS: a browser that has read it refuses plain HTTP to this host for a year.
SECURE = {"Strict-Transport-Security": "max-age=31536000"}

#: Types of the downloads that servers do not know, by file ending.
DOWNLOADS = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}


#: The headers of every answer.
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def is_fingerprinted(path: str) -> bool:
    return any(re.search(pattern, path) for pattern in FINGERPRINTED)


def server_files(redirects: Mapping[str, str], paths: Iterable[str]) -> dict[str, str]:
    """Path and text of what servers read, for a site that holds the files `paths`.

    All of it can be public: a host that has no use for it does no harm with it.
    """
    files = sorted(f"/{path}" for path in paths)
    folders = {(path.rpartition("/")[0], path.rpartition(".")[2]) for path in files}
    given = {
        "headers": HEADERS,
        "secure": SECURE,
        "fresh": FRESH,
        "lasting": LASTING,
        "fingerprinted": FINGERPRINTED,
        # One by one, as a rule of that file has no expression to tell them by.
        "lasting_paths": [path for path in files if is_fingerprinted(path)],
        "downloads": DOWNLOADS,
        "downloads_in": sorted(pair for pair in folders if pair[1] in DOWNLOADS),
        "redirects": redirects,
    }
    env = Environment(
        loader=FileSystemLoader(TEMPLATES), trim_blocks=True, keep_trailing_newline=True
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
    paths = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    for path, text in server_files(redirects, paths).items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
