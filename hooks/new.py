"""Begin an entry: `python hooks/new.py [--collection …] [--title …] [--slug …] [--form …]`.

Asks on a terminal for what is not given. `--form` takes collection, title and text from a
form that came back. Exits with 1, and writes nothing, where the entry cannot be made.
"""

import argparse
import sys
from pathlib import Path

from guide.form_reader import UnreadableFormError, read_form
from guide.model import Site
from guide.new_entry import collection_named, file_name, new_path, plain_title, problems_of_new
from guide.problems import RefusedError
from guide.reader import parse_page, read_site
from guide.rules import UNFINISHED
from guide.template import entry_text
from guide.terminal import ask

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
    write(site, path, entry_text(collection, {"title": title}, {}), only_unfinished=True)


def begin_from_form(site: Site, form_path: Path, slug: str) -> None:
    """An entry from a form; whatever else is wrong with it is mended in the entry."""
    if not form_path.is_file():
        raise RefusedError(f"there is no file `{form_path}`", "give the form's path after FORM=")
    form = read_form(form_path.read_bytes(), site.schema)
    title = plain_title(form.fields["title"])
    path = new_path(site, form.collection, slug or title)
    text = entry_text(form.collection, form.fields | {"title": title}, form.sections)
    write(site, path, text, only_unfinished=False)


def write(site: Site, path: str, text: str, *, only_unfinished: bool) -> None:
    page = parse_page(path, text, site.schema, site.outlines)
    problems = problems_of_new(site, page)
    for problem in problems if only_unfinished else ():
        if problem.code != UNFINISHED:
            raise RefusedError(problem.fact, problem.hint)
    with (ROOT / page.file).open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    fewest, most = page.collection.words
    print(f"{page.file} is begun; it should have {fewest} to {most} words. Still to do:")
    for problem in problems:
        hint = f" ({problem.hint})" if problem.code != UNFINISHED and problem.hint else ""
        print(f"    line {problem.line}: {problem.fact}{hint}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("collection", "title", "slug", "form"):
        parser.add_argument(f"--{name}", default="")
    given = parser.parse_args(arguments)
    site = read_site(ROOT)
    try:
        if given.form and (given.collection or given.title):
            fact = "a form brings its own collection and title"
            raise RefusedError(fact, "give FORM= alone, or with SLUG=")
        if given.form:
            begin_from_form(site, Path(given.form), given.slug)
        else:
            begin_as_asked(site, given)
    except RefusedError as refused:
        print(f"{refused}\nNothing was written.", file=sys.stderr)
        return 1
    except UnreadableFormError as unreadable:
        for fault in unreadable.faults:
            print(f"{given.form}:{fault.line}: {fault.fact}\n    hint: {fault.hint}")
        print("Nothing was written.", file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nNothing was written.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
