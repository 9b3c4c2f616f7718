"""A new entry: its collection, its path and what is wrong with it, before anything is written."""

from dataclasses import replace

from markdown.extensions.toc import slugify

from guide.source.model import Page, Site
from guide.nearest import did_you_mean
from guide.links.numbering import next_id
from guide.problems import Problem, RefusedError
from guide.rules import find_problems
from guide.source.schema import Collection, Schema

_LONGEST_NAME = 60


def collection_named(schema: Schema, given: str) -> Collection:
    """The collection whose folder is `given`. Raises RefusedError where there is none."""
    known = {collection.folder: collection for collection in schema.collections}
    name = given.strip().casefold()
    if name not in known:
        hint = did_you_mean(name, known) or f"one of {', '.join(known)}"
        raise RefusedError(f"there is no collection `{name}`", hint)
    return known[name]


def plain_title(given: str) -> str:
    """The title in one line. Raises RefusedError where nobody could read it."""
    title = " ".join(given.split())
    if not title:
        raise RefusedError("the title is empty", "say in a few words what the page is about")
    if not title.isprintable():
        raise RefusedError("the title holds a sign that cannot be seen", "type it anew")
    return title


def file_name(words: str) -> str:
    """`words` as they may stand in a file name; empty where none of their letters may."""
    return slugify(words, "-").replace("_", "-")[:_LONGEST_NAME].strip("-")


def new_path(site: Site, collection: Collection, words: str) -> str:
    """Where the entry will stand, relative to docs/; `words` become its file name."""
    name = file_name(words)
    if collection.names:
        return f"{collection.folder}/{_name_in_list(site, collection, name)}.md"
    if not name:
        raise RefusedError(
            f"`{words}` has no letter from a to z to make a file name of",
            "give the name as well: SLUG=a-few-words",
        )
    return f"{collection.folder}/{next_id(site, collection)}-{name}.md"


def _name_in_list(site: Site, collection: Collection, name: str) -> str:
    free = [one for one in collection.names if one not in site.entry]
    if name not in free:
        raise RefusedError(
            f"a page in {collection.folder} has its name from a list in data/schema.yml, "
            f"and `{name}` is not free there",
            f"give one of these: SLUG={' or SLUG='.join(free)}"
            if free
            else "all names of the list have their page: add the new one to the list first",
        )
    return name


def problems_of_new(site: Site, page: Page) -> list[Problem]:
    """What the checks would say of `page` if it stood in the guide."""
    grown = replace(site, pages=(*site.pages, page))
    return [problem for problem in find_problems(grown) if problem.path == page.file]
