"""The guide's commands: `python -m guide COMMAND`, from the folder hooks/."""

import argparse
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from guide.problems import RefusedError

ROOT = Path(__file__).resolve().parents[2]


class Parser(argparse.ArgumentParser):
    """Tells in one line what is wrong with the arguments, and ends with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def parser() -> Parser:
    whole = Parser(prog="guide", description=__doc__)
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="find problems, told with file and line")
    check.add_argument("--github", action="store_true", help="print for a pull request")
    check.add_argument("files", nargs="*", metavar="FILE", help="tell of these files only")

    new = commands.add_parser("new", help="begin an entry; asks for what is not given")
    for name, about in (
        ("collection", "the folder below docs/"),
        ("title", "the entry's title"),
        ("slug", "a few words for its file name"),
    ):
        new.add_argument(f"--{name}", default="", help=about)

    commands.add_parser("reference", help="add a work: BibTeX on the input")
    commands.add_parser("permalinks", help="add new paths and headings to the ledger")
    kept = commands.add_parser("kept", help="see that no line left the ledger since a revision")
    kept.add_argument("revision", metavar="REVISION")
    published = commands.add_parser("published", help="see that a ledger's lines lead on")
    published.add_argument("site", type=Path, metavar="SITE")
    published.add_argument("ledger", type=Path, metavar="LEDGER")
    return whole


def run(given: argparse.Namespace) -> int:
    """Only what a command needs is imported: `check` is to be quick."""
    match given.command:
        case "check":
            from guide.desk.checking import check

            gc.disable()  # The process ends soon: looking for what to forget costs a quarter.
            return check(ROOT, given.files, github=given.github)
        case "new":
            from guide.desk.new_entry import begin_entry

            return writes(lambda: begin_entry(ROOT, given.collection, given.title, given.slug))
        case "reference":
            from guide.desk.new_work import take_work

            return writes(lambda: take_work(ROOT))
        case "permalinks":
            from guide.desk.ledger import add

            return add(ROOT)
        case "kept":
            from guide.desk.ledger import kept_since

            return kept_since(ROOT, given.revision)
        case _:
            from guide.desk.ledger import kept_in

            return kept_in(given.site, given.ledger)


def writes(command: Callable[[], None]) -> int:
    """A command that writes all of what was asked for, or nothing."""
    try:
        command()
    except RefusedError as refused:
        print(f"{refused}\nNothing was written.", file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nNothing was written.", file=sys.stderr)
        return 1
    return 0


def main(arguments: list[str]) -> int:
    try:
        status = run(parser().parse_args(arguments))
        sys.stdout.flush()
    except RefusedError as refused:
        print(refused, file=sys.stderr)
        return 2
    except BrokenPipeError:  # Whoever read along has seen enough, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
