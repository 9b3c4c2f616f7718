"""KB60x: what was published once keeps leading somewhere."""

import re
from collections.abc import Iterator

from guide.links.permalinks import (
    fixed_ids,
    former_headings,
    former_paths,
    published,
    redirects,
    short_links,
)
from guide.problems import Problem
from guide.rules import rule
from guide.source.model import Site
from guide.source.reader import LEDGER

_LINE = re.compile(r"/(?:[a-z0-9-]+/)*(?:#[a-zA-Z0-9_-]+)?")


@rule("KB601")
def published_line_leads_somewhere(site: Site) -> Iterator[Problem]:
    """A path or heading that was published is there still, or says where its text went."""
    there, moved = set(published(site)), redirects(site)
    for number, line in enumerate(site.ledger, 1):
        path, _, id = line.partition("#")
        now = moved.get(path, path)
        if not id and line not in there and _LINE.fullmatch(line):
            fact = f"`{line}` was published and leads nowhere now"
            if heir := site.entry.get(path.split("/")[-2].partition("-")[0]):
                hint = f"add `{line}` to the list `former:` of this page"
                yield Problem(heir.file, heir.front.line("former"), fact, hint)
                continue
            hint = f"restore the page, or list `{line}` under `former:` in the one in its place"
            yield Problem(LEDGER, number, fact, hint)
        elif id and now in there and f"{now}#{id}" not in there:
            fact = f"the heading `{line}` was published and is gone"
            hint = f"give a heading the id `{id}`, or list `#{id} -> #its-new-id` under `former:`"
            hint += "; a line that was never on the site may be taken out"
            yield Problem(LEDGER, number, fact, hint)


@rule("KB603")
def former_path_is_free(site: Site) -> Iterator[Problem]:
    """A path under `former` is no page's path now, and belongs to one page only."""
    taken = {page.address: page.file for page in site.pages}
    taken |= dict.fromkeys(short_links(site), "a short link")
    for page, path in ((one, path) for one in site.pages for path in former_paths(one)):
        other = taken.setdefault(path, page.file)
        if other != page.file or path == page.address:
            fact, hint = f"`{path}` under `former` is taken by {other}", "a path leads to one page"
            yield Problem(page.file, page.front.line("former"), fact, hint)
        elif (heir := site.entry.get(path.split("/")[-2].partition("-")[0], page)) is not page:
            fact = f"`{heir.id}` was this page's number, which `{heir.file}` has now"
            hint = "give each its own again: slides and codes lead there"
            yield Problem(page.file, page.front.line("former"), fact, hint)


@rule("KB604")
def former_is_a_path_or_a_heading(site: Site) -> Iterator[Problem]:
    """Under `former` stand paths of the site and pairs of heading ids; the new one is there."""
    for page in site.pages:
        line, moved = page.front.line("former"), former_headings(page)
        sound = {*former_paths(page), *(f"#{old} -> #{new}" for old, new in moved.items())}
        for given in (given for given in page.front.words("former") if given not in sound):
            fact = f"`{given}` is neither a path nor a pair of headings"
            yield Problem(page.file, line, fact, "write `/folder/name/`, or `#old -> #new`")
        for old, new in moved.items():
            ids = fixed_ids(site, page)
            if new not in ids or old in ids:
                fact = f"`#{old} -> #{new}` leads to no other heading of this page"
                yield Problem(page.file, line, fact, f"the ids here are {', '.join(sorted(ids))}")


@rule("KB605", first=True)
def ledger_holds_paths(site: Site) -> Iterator[Problem]:
    """The ledger holds paths of the site, perhaps with a heading, one a line."""
    for number, line in enumerate(site.ledger, 1):
        if not _LINE.fullmatch(line):
            fact = f"`{line}` is no line of the ledger" if line.strip() else "an empty line"
            hint = "a line is `/folder/name/` or `/folder/name/#heading`, alone: take this one out"
            yield Problem(LEDGER, number, fact, hint)
