"""Begin an entry: `python hooks/new.py [--collection …] [--title …] [--slug …]`.

Asks on a terminal for what is not given. Exits with 1, and writes nothing, where the entry
cannot be made.
"""

import argparse
import sys
from pathlib import Path

from guide.source.model import Site
from guide.desk.new_entry import collection_named, file_name, new_path, plain_title, problems_of_new
from guide.problems import RefusedError
from guide.source.reader import parse_page, read_site
from guide.rules import UNFINISHED
from guide.desk.template import entry_text
from guide.desk.terminal import ask

ROOT = Path(__file__).resolve().parent.parent


def begin_as_asked(site: Site, given: argparse.Namespace) -> None:
    """An entry from what was given, and from answers at the terminal."""
    schema, asks = site.schema, sys.stdin.isatty()
    if not (asks or (given.collection and given.title)):
        example = f'make new COLLECTION={schema.collections[0].folder} TITLE="A few words"'
        raise RefusedError("a new page needs its collection and title", f"type `{example}`")
    if given.collection:
        collection = collection_named(schema, given.collection)
    else:
        print(f"The kinds of page: {', '.join(c.folder for c in schema.collections)}")
        collection = ask("Which kind", lambda answer: collection_named(schema, answer))
    title = plain_title(given.title) if given.title else ask("Title", plain_title)
    if given.slug or not asks:
        path = new_path(site, collection, given.slug or title)
    else:
        path = ask(
            "A few words for its file name",
            lambda words: new_path(site, collection, words),
            preset=file_name(title),
        )
    write(site, path, entry_text(collection, title))


def write(site: Site, path: str, text: str) -> None:
    page = parse_page(path, text, site.schema, site.outlines)
    problems = problems_of_new(site, page)
    for problem in problems:
        if problem.code != UNFINISHED:
            raise RefusedError(problem.fact, problem.hint)
    with (ROOT / page.file).open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    fewest, most = page.collection.words
    print(f"{page.file} is begun; it should have {fewest} to {most} words. Still to do:")
    for problem in problems:
        print(f"    line {problem.line}: {problem.fact}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("collection", "title", "slug"):
        parser.add_argument(f"--{name}", default="")
    given = parser.parse_args(arguments)
    site = read_site(ROOT)
    try:
        begin_as_asked(site, given)
    except RefusedError as refused:
        print(f"{refused}\nNothing was written.", file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nNothing was written.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
