"""What may stand in a page and in a drawing: the closed lists that checks and rendering share."""

import re
from collections.abc import Mapping
from html import unescape

import nh3

#: Schemes of addresses that a page may link to; all others could do more than lead somewhere.
SCHEMES = frozenset({"https", "mailto"})
#: Classes that an author may give, in braces behind a heading or an image.
CLASSES = frozenset({"diagram", "ours"})

_BOX = {"x", "y", "width", "height", "rx", "ry"}
_ROUND = {"cx", "cy", "r", "rx", "ry"}
_STROKE = {"stroke-linejoin", "stroke-width", "marker-end"}
_LETTERS = {"x", "y", "dx", "dy", "font-size", "text-anchor"}
_ARROW = {"markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient"}
#: Elements of a drawing and what each may carry; classes give the colours.
SHAPES: Mapping[str, frozenset[str]] = {
    name: frozenset({"class", "id", *attributes})
    for name, attributes in {
        "svg": {"viewBox", "width", "height"},
        "g": {"text-anchor", "font-size"},
        "defs": set(),
        "marker": {"viewBox", *_ARROW},
        "path": {"d", *_STROKE},
        "line": {"x1", "y1", "x2", "y2", *_STROKE},
        "polyline": {"points", *_STROKE},
        "polygon": {"points", *_STROKE},
        "rect": _BOX,
        "circle": _ROUND,
        "ellipse": _ROUND,
        "text": _LETTERS,
        "tspan": _LETTERS,
    }.items()
}

_BLOCKS = "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr br section div details summary"
_INLINE = "em strong code a img span sup"
_TABLE = "table thead tbody tr th td"
_ELEMENTS = frozenset(f"{_BLOCKS} {_INLINE} {_TABLE}".split())
_ATTRIBUTES = {
    "*": {"id", "class", "role", "aria-label"},
    "a": {"href", "title", "data-means", "download"},
    "details": {"open"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "table": {"data-columns"},
    "td": {"data-label"},
    "th": {"data-label"},
}


#: What in an address tells somebody who reads: marks of a campaign, detours through another site.
FOLLOWING = (
    r"[?&](?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|msclkid|igshid)=|//[^/]*(?:safelinks\.|ezproxy"
    r"|\.sharepoint\.|urldefense\.|google\.[a-z.]+/url|facebook\.com/l|lnkd\.in"
    r"|scopus\.com/inward)"
)


def scheme_of(address: str) -> str:
    """The scheme as a browser reads it, in small letters; empty where the address has none."""
    read = re.sub(r"[\x00-\x20\\]", "", unescape(address))
    found = re.match(r"([^:/?#]*):", read)
    return found[1].casefold() if found else ""


def is_within(address: str) -> bool:
    """Whether an address stays on the site."""
    read = unescape(address).strip().replace("\\", "/")
    return not scheme_of(address) and not read.startswith("//")


def is_own_reference(value: str) -> bool:
    """Whether an attribute of a drawing refers to nothing outside the drawing."""
    calls = re.search(r"url\s*\(|\\", value, re.I)  # A backslash could spell `url` in CSS.
    return not calls or bool(re.fullmatch(r"url\(#[\w-]+\)", value))


def clean(html: str) -> str:
    """`html` without what is not on the lists, so that nothing in it runs or calls elsewhere."""
    return _CLEANER.clean(html)


def _keep(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if is_within(value) else None
    is_drawn = name in SHAPES.get(tag, ())
    return value if not is_drawn or is_own_reference(value) else None


_CLEANER = nh3.Cleaner(
    tags={*_ELEMENTS, *SHAPES},
    attributes={name: set(known) for name, known in {**SHAPES, **_ATTRIBUTES}.items()},
    attribute_filter=_keep,
    url_schemes=set(SCHEMES),
    link_rel=None,
)
