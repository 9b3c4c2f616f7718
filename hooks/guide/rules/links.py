"""KB30x and KB31x: links, images and addresses. No network is used."""

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import SplitResult

from guide.links.permalinks import anchors_of, fixed_ids
from guide.problems import Problem, did_you_mean
from guide.rules import Told, rule
from guide.rules.subjects import links, relative_links
from guide.source.harmless import FOLLOWING, SCHEMES, scheme_of
from guide.source.markup import Link
from guide.source.model import Page, Site

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d{1,4})?", re.I)
_HOST_ALONE = re.compile(r"(?:www\.[\w.-]+|(?:[\w-]+\.)+(?:com|edu|gov|net|org|uk))(?:/|$)", re.I)
_SAY_NOTHING = {"here", "click here", "this", "this page", "link", "this link", "more", "read more"}
_MAIL = re.compile(r"[^\s@]+@(?:[a-z0-9-]+\.)+[a-z]{2,}", re.I)
_FILE_NAME = re.compile(r".*\.(?:svg|png|jpe?g|webp|gif)|image|picture|diagram|photo|", re.I)


@rule("KB301", relative_links)
def link_leads_to_a_file(site: Site, page: Page, link: Link, _: SplitResult, path: str) -> Told:
    """A link leads to a file below docs/, spelt as it is, from the folder of the page."""
    if path in site.page or path in site.assets:
        return None
    if meant := site.files.get(path.casefold()):
        if meant != meant.lower() and meant.endswith((".md", ".svg")):
            return None  # KB110, KB702 and KB704 tell of the file's own name.
        fact = f"`{link.target}` differs from `docs/{meant}` in small and capital letters"
        return fact, f"write `{_from(page, meant)}`"
    entry = site.entry.get(posixpath.basename(path).partition("-")[0])
    if entry and entry.is_misnamed:
        return None  # KB110 tells of the file, which was moved into another's folder.
    if link.form == "image":
        hint = _suggest(site, page, path) or "put the file below docs/"
        return f"there is no image `{link.target}`", hint
    hint = f"write `https://{link.target}`" if _HOST_ALONE.match(link.target) else ""
    hint = f"write `mailto:{link.target}`" if _MAIL.fullmatch(link.target) else hint
    hint = hint or _suggest(site, page, path) or "link to the .md file of the page"
    return f"the link leads to `{link.target}`, which is no file", hint


def _from(page: Page, path: str) -> str:
    """`path` as a link on the page writes it."""
    return posixpath.relpath(path, posixpath.dirname(page.path) or ".")


def _suggest(site: Site, page: Page, path: str) -> str:
    """A hint with the file that was meant: of the same id or name, or of nearly the same path."""
    files = site.files.values()
    name = posixpath.basename(path).removesuffix(".html").removesuffix(".md")
    same = [file for file in files if posixpath.basename(file) in (name, f"{name}.md")]
    if entry := site.entry.get(name.partition("-")[0]):
        same = [entry.path]
    near = same if len(same) == 1 else get_close_matches(path, sorted(files), 1, cutoff=0.85)
    return f"did you mean `{_from(page, near[0])}`?" if near else ""


@rule("KB302", relative_links)
def linked_heading_exists(
    site: Site, _page: Page, _link: Link, parts: SplitResult, path: str
) -> Told:
    """The part of a link after `#` is the id of a heading on that page."""
    if path in site.page and parts.fragment:
        known = anchors_of(site, site.page[path])
        if parts.fragment not in known:
            fact = f"`{site.page[path].file}` has no heading with the id `{parts.fragment}`"
            ids = fixed_ids(site, site.page[path])
            return fact, did_you_mean(parts.fragment, ids) or f"it has {', '.join(sorted(ids))}"


@rule("KB305")
def label_has_its_address(site: Site) -> Iterator[Problem]:
    """A link `[text][label]` has a line `[label]: address` on its page, and this line a link."""
    for page in site.pages:
        all_links = page.markup.links
        labels = {link.text.casefold() for link in all_links if link.form == "definition"}
        for link in all_links:
            if link.form == "unused":
                fact = f"`[{link.text}]:` gives a link its address, but no link here has it"
                yield Problem(page.file, link.line, fact, f"write `{link.text}:` for plain text")
            if link.form == "reference" and link.target.casefold() not in labels:
                fact = f"`[{link.text}][{link.target}]` has no line `[{link.target}]: …`"
                yield Problem(page.file, link.line, fact, f"write `[{link.text}](address)`")


@rule("KB306", links)
def image_has_a_description(_: Site, link: Link) -> Told:
    """An image says in a sentence what it shows, and not its file's name or "image"."""
    if link.form == "image" and _FILE_NAME.fullmatch(link.text.strip()):
        fact = f"`{link.text}` does not describe the image" if link.text.strip() else ""
        hint = "say between the brackets what somebody who cannot see it misses"
        return fact or f"the image `{link.target}` has no description", hint


@rule("KB307", links)
def link_within_the_site_is_relative(site: Site, link: Link) -> Told:
    """A link to a page of the guide is a path, never an address of the published site."""
    rooted = link.target.startswith("/") and not link.target.startswith("//")
    if rooted or (site.url and (link.target + "/").startswith(site.url.rstrip("/") + "/")):
        fact = f"`{link.target}` is an address of the site itself"
        return fact, "link to the .md file, from this page's folder"


@rule("KB309", links)
def link_has_text_with_a_target(_: Site, link: Link) -> Told:
    """A link has words to read, which say what is at its end, and somewhere to lead."""
    words = link.text.strip(" .,*_").casefold()
    if link.target in ("", "#"):
        hint = "write the page's path between the round brackets"
        return f"the link `{link.text}` leads nowhere", hint
    if link.form == "inline" and not words:
        hint = "write between the brackets where it leads"
        return f"the link to `{link.target}` has no text", hint
    if link.form == "inline" and (words in _SAY_NOTHING or re.match(r"https?:|www\.", words)):
        fact = f"`{link.text}` does not say where the link leads"
        return fact, "link the words that name it"


@rule("KB310", links)
def outside_address_is_whole(_: Site, link: Link) -> Told:
    """An outside address is https or mailto, whole, and no image's; it tells nobody who reads."""
    scheme = scheme_of(link.target)
    if scheme and scheme not in SCHEMES | {"http"}:
        hint = f"an address begins with {' or '.join(f'`{s}:`' for s in sorted(SCHEMES))}"
        return f"an address with `{scheme}:` is not allowed", hint
    if link.form == "image" and scheme:
        return f"the image `{link.target}` lies on another site", "put the file into docs/assets/"
    if not _is_whole(link.target):
        hint = "an outside address is `https://` and a host name, a mail address `mailto:…`"
        return f"`{link.target}` is no whole address", hint
    if link.target.casefold().startswith("http:"):
        return f"`{link.target}` is not https", "write `https://…`"
    if follows := re.search(FOLLOWING, link.target):
        fact = f"`{follows[0].strip('/?&=')}` in the address follows the reader"
        return fact, "open the link and copy the address where it ends, up to a `?utm_…`"


def _is_whole(target: str) -> bool:
    """Whether the target is sound as an outside address, or is none."""
    if target.casefold().startswith("mailto:"):
        return bool(_MAIL.fullmatch(target[7:]))
    if re.match(r"https?:", target, re.I):
        begins = re.match(r"https?://([^\s/?#\\][^/?#]*)", target, re.I)
        return bool(begins and _HOST.fullmatch(begins[1]))
    return not target.startswith("//")
