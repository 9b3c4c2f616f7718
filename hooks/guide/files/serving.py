"""What a web server says about the site: the one home of policy, headers, types and caching.

A page carries the policy in a `meta` element; `server_files` writes the rest for the servers.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

#: Nothing but what the site itself holds: no inline script or style, no other host.
POLICY = {
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
#: Directives that a browser heeds only in a header.
HEADER_ONLY = ("frame-ancestors",)

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


def policy() -> str:
    """The value of the header Content-Security-Policy."""
    return "; ".join(f"{name} {value}" for name, value in POLICY.items())


def policy_in_page() -> str:
    """The policy for a page's `meta` element, where a host takes no headers from us."""
    return "; ".join(f"{name} {value}" for name, value in POLICY.items() if name not in HEADER_ONLY)


def headers() -> dict[str, str]:
    """The headers of every answer."""
    return {
        "Content-Security-Policy": policy(),
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
    return {
        "_headers": _netlify_headers(sorted(f"/{path}" for path in paths)),
        "_redirects": "".join(f"{old} {new} 301!\n" for old, new in redirects.items()),
        ".serving/nginx-http.conf": _nginx_http(redirects),
        ".serving/nginx-server.conf": _nginx_server(),
    }


def _netlify_headers(paths: list[str]) -> str:
    """Fingerprinted files one by one, as a rule has no expression to tell them by."""
    rules = {"/*": headers() | SECURE}
    for path in paths:
        folder, ending = path.rpartition("/")[0], path.rpartition(".")[2]
        if is_fingerprinted(path):
            rules[path] = {"Cache-Control": LASTING}
        elif ending in DOWNLOADS:
            rules[f"{folder}/*.{ending}"] = _as_download(DOWNLOADS[ending])
    return "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in rule.items())
        for path, rule in rules.items()
    )


def _as_download(kind: str) -> dict[str, str]:
    return {"Content-Type": f"{kind}; charset=utf-8", "Content-Disposition": "attachment"}


def _nginx_http(redirects: Mapping[str, str]) -> str:
    """Maps and types for the context `http`. Redirects are looked up without their last slash."""
    short = {old.rstrip("/"): new for old, new in redirects.items()}
    lasting = {f"~{pattern}": LASTING for pattern in FINGERPRINTED}
    saved = {rf"~\.{ending}$": "attachment" for ending in DOWNLOADS}
    secure = {"~on|https": SECURE["Strict-Transport-Security"]}
    types = "".join(f"    {kind} {ending};\n" for ending, kind in DOWNLOADS.items())
    return (
        _nginx_map("$without_slash", "$leads_to", "", short)
        + _nginx_map("$uri", "$cache_control", FRESH, lasting)
        + _nginx_map("$uri", "$disposition", "", saved)
        + _nginx_map("$https$http_x_forwarded_proto", "$transport_security", "", secure)
        + f"types {{\n{types}}}\n"
        + f"charset_types text/css text/plain text/xml application/javascript"
        f" {' '.join(DOWNLOADS.values())};\n"
    )


def _nginx_map(source: str, target: str, default: str, values: Mapping[str, str]) -> str:
    lines = "".join(f'    "{key}" "{value}";\n' for key, value in values.items())
    return f'map {source} {target} {{\n    default "{default}";\n{lines}}}\n'


def _nginx_server() -> str:
    """Headers for the context `server`; nginx leaves out those that a map makes empty."""
    mapped = {
        "Cache-Control": "$cache_control",
        "Content-Disposition": "$disposition",
        **dict.fromkeys(SECURE, "$transport_security"),
    }
    return "".join(
        f'add_header {name} "{value}" always;\n' for name, value in (headers() | mapped).items()
    )


def write_server_files(folder: Path, redirects: Mapping[str, str]) -> None:
    """What servers read, added to the built site in `folder`."""
    paths = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    for path, text in server_files(redirects, paths).items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
