"""The guide's commands: `python -m guide COMMAND`, from the folder hooks/."""

import gc
import os
import sys
from pathlib import Path
from typing import BinaryIO

import click

from guide.problems import RefusedError

ROOT = Path(__file__).resolve().parents[2]
FILE = click.Path(path_type=Path, exists=True)


@click.group(help=__doc__)
def guide() -> None:
    """Each command imports what it needs alone: `check` is to be quick."""


@guide.command(help="find problems, told with file and line")
@click.option("--github", is_flag=True, help="print for a pull request")
@click.argument("files", nargs=-1, type=FILE)
def check(github: bool, files: tuple[Path, ...]) -> int:
    from guide.desk.checking import check

    gc.disable()  # The process ends soon: looking for what to forget costs a quarter.
    return check(ROOT, files, github=github)


@guide.command(help="begin an entry; asks for what is not given")
@click.option("--collection", envvar="COLLECTION", prompt="Folder below docs/")
@click.option("--title", envvar="TITLE", prompt=True)
@click.option("--slug", envvar="SLUG", default="", help="a few words for its file name")
def new(collection: str, title: str, slug: str) -> None:
    from guide.desk.new_entry import begin_entry

    begin_entry(ROOT, collection, title, slug)


@guide.command(help="add works: BibTeX, RIS or CSL-JSON in a file, or on the input")
@click.option("--file", envvar="FILE", type=click.File("rb"), default="-")
def reference(file: BinaryIO) -> int:
    from guide.desk.new_work import take_works

    return take_works(ROOT, file)


@guide.command(help="add new paths and headings to the ledger")
def permalinks() -> None:
    from guide.desk.ledger import add

    add(ROOT)


@guide.command(help="see that a ledger's lines lead on in a built site")
@click.argument("site", type=FILE)
@click.argument("ledger", type=FILE)
def published(site: Path, ledger: Path) -> int:
    from guide.desk.ledger import kept_in

    return kept_in(site, ledger)


def main(arguments: list[str]) -> int:
    """0 where all is well, 1 where something is wrong in the guide, 2 in what was asked for."""
    try:
        status = guide(arguments, prog_name="guide", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        print(f"guide: {error.format_message()}", file=sys.stderr)
        return 2
    except RefusedError as refused:
        print(f"{refused}\nNothing was written.", file=sys.stderr)
        return 2
    except BrokenPipeError:  # Whoever read along has seen enough, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except click.Abort:
        print("Stopped: nothing was written.", file=sys.stderr)
        return 130
    return status or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
