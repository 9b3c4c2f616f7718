"""KB100 and KB15x: the files as text, before anything is read from them."""

from collections.abc import Iterator

from guide.problems import Finding
from guide.rules import rule
from guide.source.model import Site

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@rule("KB100", fatal=True, unread=True)
def file_is_readable_text(site: Site) -> Iterator[Finding]:
    """A page, a list or a drawing is a text file in UTF-8, of bearable length.

    Bad:  a file saved as Windows-1252
    Good: a file saved as UTF-8
    """
    return iter(site.unread)


@rule("KB150")
def lines_end_plainly(site: Site) -> Iterator[Finding]:
    """Lines end with a line feed alone, as on Linux and macOS, so that changes can be compared.

    Bad:  a file saved with the line ends of Windows (CRLF)
    Good: a file saved with the line ends of Unix (LF)
    """
    for path, raw in site.raw.items():
        if b"\r" in raw:
            line = raw.count(b"\n", 0, raw.index(b"\r")) + 1
            hint = "save it with the line ends LF, or run `make check FIX=1`"
            yield Finding(path, line, "the lines do not end as on Unix (LF)", hint, with_plain_ends)


@rule("KB151")
def last_line_is_ended(site: Site) -> Iterator[Finding]:
    """The last line of a file is ended like all others.

    Bad:  a file whose last line has no line end
    Good: a file that ends with a line end
    """
    for path, raw in site.raw.items():
        if raw and not raw.endswith((b"\n", b"\r")):
            hint = "press Return at the end of the file, or run `make check FIX=1`"
            line = raw.count(b"\n") + 1
            yield Finding(path, line, "the last line has no line end", hint, with_last_end)


@rule("KB152")
def file_begins_with_its_text(site: Site) -> Iterator[Finding]:
    """A file begins with its text, without an invisible mark for the byte order.

    Bad:  a file saved as "UTF-8 with BOM"
    Good: a file saved as "UTF-8"
    """
    for path, raw in site.raw.items():
        if raw.startswith(_MARK.encode("utf-8")):
            hint = "save it as UTF-8 without BOM, or run `make check FIX=1`"
            yield Finding(path, 1, "the file begins with an invisible mark", hint, without_mark)


def with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def with_last_end(text: str) -> str:
    return text + "\n"


def without_mark(text: str) -> str:
    return text.removeprefix(_MARK)
