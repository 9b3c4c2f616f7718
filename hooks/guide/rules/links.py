"""KB30x: links, images and addresses. No network is used."""

import posixpath
import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from guide.links.anchors import anchors_of
from guide.nearest import did_you_mean
from guide.problems import Finding
from guide.rules import rule
from guide.source.markup import Link, line_of
from guide.source.model import Page, Site

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?", re.I)
_SAY_NOTHING = {"here", "click here", "this", "this page", "link", "this link", "more", "read more"}
_TRACKING = re.compile(r"[?&](utm_\w+|fbclid|gclid|mc_cid|mc_eid|msclkid|igshid)=")
_BARE = re.compile(r"(?:https?://|www\.(?<!\w.{4}))[^\s<>()]+")
_MAIL = re.compile(r"[^\s@]+@(?:[a-z0-9-]+\.)+[a-z]{2,}", re.I)


def _links(site: Site) -> Iterator[tuple[Page, Link]]:
    """Every link with a target; references are KB305's."""
    for page in site.pages:
        for link in page.markup.links:
            if link.form != "reference":
                yield page, link


def _from(page: Page, path: str) -> str:
    """`path` as a link on the page writes it."""
    return posixpath.relpath(path, posixpath.dirname(page.path) or ".")


def _suggest(page: Page, path: str, files: Collection[str]) -> str:
    """A hint with the file that was probably meant: the same name elsewhere, or a similar path."""
    name = posixpath.basename(path).removesuffix(".html").removesuffix(".md")
    namesakes = [file for file in files if posixpath.basename(file) in (name, f"{name}.md")]
    near = namesakes if len(namesakes) == 1 else get_close_matches(path, sorted(files), n=1)
    return f"did you mean `{_from(page, near[0])}`?" if near else ""


def _files(site: Site) -> set[str]:
    return set(site.page) | site.assets


@rule("KB301")
def link_target_exists(site: Site) -> Iterator[Finding]:
    """A link leads to a file below docs/, written as a path from the page's own folder.

    Bad:  [Lesson 5](lessons/l05-trust.md) in docs/mindsets/
    Good: [Lesson 5](../lessons/l05-trust.md)
    """
    files = _files(site)
    folded = {name.casefold() for name in files}
    for page, link, _parts, path in site.relative_links:
        if link.form != "image" and path not in files and path.casefold() not in folded:
            hint = _suggest(page, path, files) or "link to the .md file of the page"
            yield Finding(
                page.file, link.line, f"the link leads to `{link.target}`, which is no file", hint
            )


@rule("KB302")
def linked_heading_exists(site: Site) -> Iterator[Finding]:
    """The part of a link after `#` is the id of a heading on that page.

    Bad:  [the way out](m05-trust-first.md#anitdote)
    Good: [the way out](m05-trust-first.md#antidote)
    """
    anchors = {page.path: anchors_of(site, page) for page in site.pages}
    for page, link, parts, path in site.relative_links:
        known = anchors.get(path)
        if known is not None and parts.fragment and parts.fragment not in known:
            fact = f"`{site.page[path].file}` has no heading with the id `{parts.fragment}`"
            hint = did_you_mean(parts.fragment, known) or f"it has {', '.join(sorted(known))}"
            yield Finding(page.file, link.line, fact, hint)


@rule("KB303")
def link_has_the_files_case(site: Site) -> Iterator[Finding]:
    """A link spells the file's name with the same small and capital letters.

    Bad:  [Lesson 5](../lessons/L05-Trust.md)
    Good: [Lesson 5](../lessons/l05-trust.md)
    """
    files = _files(site)
    folded = {name.casefold(): name for name in files}
    for page, link, _parts, path in site.relative_links:
        meant = folded.get(path.casefold())
        if meant and path not in files:
            fact = f"`{link.target}` differs from `docs/{meant}` in small and capital letters"
            yield Finding(page.file, link.line, fact, f"write `{_from(page, meant)}`")


@rule("KB304")
def image_exists(site: Site) -> Iterator[Finding]:
    """An image is a file below docs/.

    Bad:  ![The model](mobius.svg) without the file
    Good: ![The model](../assets/mobius.svg)
    """
    files = _files(site)
    folded = {name.casefold() for name in files}
    for page, link, _parts, path in site.relative_links:
        if link.form == "image" and path not in files and path.casefold() not in folded:
            hint = _suggest(page, path, site.assets) or "put the file below docs/"
            yield Finding(page.file, link.line, f"there is no image `{link.target}`", hint)


@rule("KB305")
def reference_has_its_definition(site: Site) -> Iterator[Finding]:
    """A link written `[text][label]` has a line `[label]: address` on its page.

    Bad:  [Lesson 5][l5] and no such line
    Good: [Lesson 5](../lessons/l05-trust.md)
    """
    for page in site.pages:
        links = page.markup.links
        defined = {link.text.casefold() for link in links if link.form == "definition"}
        for link in links:
            if link.form == "reference" and link.target.casefold() not in defined:
                fact = f"`[{link.text}][{link.target}]` has no line `[{link.target}]: …`"
                yield Finding(page.file, link.line, fact, f"write `[{link.text}](address)`")


@rule("KB306")
def image_has_a_description(site: Site) -> Iterator[Finding]:
    """An image says in words what it shows.

    Bad:  ![](../assets/mobius.svg)
    Good: ![Six qualities inside a circle, four monologues outside](../assets/mobius.svg)
    """
    for page, link in _links(site):
        if link.form == "image" and not link.text.strip():
            fact = f"the image `{link.target}` has no description"
            yield Finding(page.file, link.line, fact, "say between the brackets what it shows")


@rule("KB307")
def link_within_the_site_is_relative(site: Site) -> Iterator[Finding]:
    """A link to a page of the guide is a path, never an address of the published site.

    Bad:  [Lesson 5](/lessons/l05-trust/)
    Good: [Lesson 5](../lessons/l05-trust.md)
    """
    for page, link in _links(site):
        rooted = link.target.startswith("/") and not link.target.startswith("//")
        if rooted or (site.url and (link.target + "/").startswith(site.url.rstrip("/") + "/")):
            fact = f"`{link.target}` is an address of the site itself"
            yield Finding(
                page.file, link.line, fact, "link to the .md file, from this page's folder"
            )


@rule("KB308")
def link_on_the_same_page_is_short(site: Site) -> Iterator[Finding]:
    """A link to the page it stands on is only `#` and the id.

    Bad:  [above](l05-trust.md#lesson) in l05-trust.md
    Good: [above](#lesson)
    """
    for page, link, parts, path in site.relative_links:
        if parts.path and path == page.path:
            hint = (
                f"write `#{parts.fragment}`" if parts.fragment else "a page need not link to itself"
            )
            yield Finding(page.file, link.line, f"`{link.target}` leads to this page itself", hint)


@rule("KB309")
def link_has_text_with_a_target(site: Site) -> Iterator[Finding]:
    """A link has words to read and somewhere to lead.

    Bad:  [](l05-trust.md) or [Lesson 5]()
    Good: [Lesson 5](l05-trust.md)
    """
    for page, link in _links(site):
        if link.form == "inline" and not link.text.strip():
            yield Finding(
                page.file,
                link.line,
                f"the link to `{link.target}` has no text",
                "write between the brackets where it leads",
            )
        if link.target in ("", "#"):
            yield Finding(
                page.file,
                link.line,
                f"the link `{link.text}` leads nowhere",
                "write the page's path between the round brackets",
            )


@rule("KB310")
def outside_address_is_https(site: Site) -> Iterator[Finding]:
    """A link to another site uses https.

    Bad:  [the charity](http://www.example.org/)
    Good: [the charity](https://www.example.org/)
    """
    for page, link in _links(site):
        if link.target.casefold().startswith("http:") and _is_whole(link.target):
            yield Finding(
                page.file, link.line, f"`{link.target}` is not https", "write `https://…`"
            )


@rule("KB311")
def outside_address_is_well_formed(site: Site) -> Iterator[Finding]:
    """A link to another site is a whole address: https, a host name, no spaces.

    Bad:  [the charity](https://example) or (//example.org)
    Good: [the charity](https://www.example.org/)
    """
    for page, link in _links(site):
        if not _is_whole(link.target):
            hint = "an outside address is `https://` and a host name, a mail address `mailto:…`"
            yield Finding(page.file, link.line, f"`{link.target}` is no whole address", hint)


def _is_whole(target: str) -> bool:
    """Whether the target is sound as an outside address, or is none."""
    if target.casefold().startswith("mailto:"):
        return bool(_MAIL.fullmatch(target[7:]))
    if re.match(r"https?:", target, re.I):
        begins = re.match(r"https?://[^\s/?#\\]", target, re.I)
        return bool(begins and _HOST.fullmatch(_host(target)))
    return not target.startswith("//")  # KB711 tells of other schemes.


def _host(address: str) -> str:
    return re.split(r"[/?#]", address.split("//", 1)[1], maxsplit=1)[0]


@rule("KB312")
def link_text_says_where_it_leads(site: Site) -> Iterator[Finding]:
    """A link's words say what is at its end, even read alone.

    Bad:  For trust, click [here](l05-trust.md)
    Good: See [Lesson 5](l05-trust.md)
    """
    for page, link in _links(site):
        words = link.text.strip(" .,*_").casefold()
        if link.form == "inline" and (words in _SAY_NOTHING or re.match(r"https?:|www\.", words)):
            fact = f"`{link.text}` does not say where the link leads"
            yield Finding(page.file, link.line, fact, "link the words that name it")


@rule("KB313")
def address_does_not_track(site: Site) -> Iterator[Finding]:
    """An outside address carries nothing that follows the reader.

    Bad:  https://www.example.org/?utm_source=newsletter
    Good: https://www.example.org/
    """
    for page, link in _links(site):
        found = _TRACKING.search(link.target)
        if found:
            fact = f"`{found[1]}` in the address follows the reader"
            yield Finding(page.file, link.line, fact, "take out what follows the `?`")


@rule("KB314")
def address_in_the_text_is_a_link(site: Site) -> Iterator[Finding]:
    """An outside address is the target of a link, not bare text.

    Bad:  see www.example.org
    Good: see [the charity](https://www.example.org/)
    """
    for page in site.pages:
        for found in _BARE.finditer(page.markup.unlinked):
            line = line_of(page.markup.unlinked, found.start())
            fact = f"`{found[0]}` is printed and leads nowhere"
            yield Finding(page.file, line, fact, "write `[what it is](https://…)`")


@rule("KB315")
def description_is_no_file_name(site: Site) -> Iterator[Finding]:
    """The description of an image is a sentence about it, not its file's name or "image".

    Bad:  ![mobius-model.svg](../assets/mobius-model.svg)
    Good: ![Six qualities inside a circle](../assets/mobius-model.svg)
    """
    for page, link in _links(site):
        words = link.text.strip().casefold()
        name = re.search(r"\.(?:svg|png|jpe?g|webp|gif)$", words)
        if link.form == "image" and (name or words in ("image", "picture", "diagram", "photo")):
            fact = f"`{link.text}` does not describe the image"
            yield Finding(page.file, link.line, fact, "say what somebody who cannot see it misses")


@rule("KB316")
def definition_is_used_once(site: Site) -> Iterator[Finding]:
    """A line `[label]: address` is used on its page, and its label is defined once.

    Bad:  [l5]: l05-trust.md and no [Lesson 5][l5]
    Good: [Lesson 5](l05-trust.md)
    """
    for page in site.pages:
        links = page.markup.links
        used = {link.target.casefold() for link in links if link.form == "reference"}
        seen: set[str] = set()
        for link in (link for link in links if link.form == "definition"):
            label = link.text.casefold()
            if label not in used or label in seen:
                what = "defined already" if label in seen else "used nowhere on this page"
                yield Finding(
                    page.file, link.line, f"`[{link.text}]` is {what}", "take the line out"
                )
            seen.add(label)
