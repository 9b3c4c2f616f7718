"""Assets under names that change with their content, so that a browser may keep them for ever."""

import hashlib
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass


def digest(content: bytes) -> str:
    """A short name for `content`: eight hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:8]


@dataclass(frozen=True)
class Fingerprints:
    """`names` leads from a path to its fingerprinted path, `contents` from that to the bytes."""

    names: dict[str, str]
    contents: dict[str, bytes]


def fingerprint(assets: Mapping[str, bytes]) -> Fingerprints:
    """Names for all assets, by path below docs/. Style sheets name their fonts anew."""
    names: dict[str, str] = {}
    contents: dict[str, bytes] = {}
    for path in sorted(assets, key=lambda path: (path.endswith(".css"), path)):
        content = assets[path]
        if path.endswith(".css"):
            content = _with_new_names(content, posixpath.dirname(path), names)
        stem, ending = posixpath.splitext(path)
        names[path] = f"{stem}.{digest(content)}{ending}"
        contents[names[path]] = content
    return Fingerprints(names, contents)


def _with_new_names(css: bytes, folder: str, names: Mapping[str, str]) -> bytes:
    for old, new in names.items():
        was, now = (posixpath.relpath(path, folder).encode() for path in (old, new))
        css = css.replace(b'url("' + was + b'")', b'url("' + now + b'")')
    return css
