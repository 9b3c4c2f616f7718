"""Bytes as text that people can read: what is not so is a fault with its line."""

import re
import unicodedata

from guide.problems import Fault

#: Bytes of a page. The longest entry has half of it; a phone's reader wants less.
LONGEST_PAGE = 20_000
#: Bytes of any other text file.
LONGEST_FILE = 1_000_000

# Controls, line ends that only some programs see, and marks that turn the order of what is read.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def decode(raw: bytes, longest: int) -> tuple[str, Fault | None]:
    """The text of a file, line ends made one, and the first thing that makes it unreadable.

    A file longer than `longest` bytes has no text.
    """
    if len(raw) > longest:
        return "", Fault(1, f"the file is longer than {longest} bytes", "make two files of it")
    try:
        text, fault = raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        text = raw.decode("utf-8-sig", errors="replace")
        fault = Fault(line, "the file is not UTF-8", "save it with the encoding UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    unseen = _UNSEEN.search(text)
    if unseen and not fault:
        name = unicodedata.name(unseen[0], "a control character").lower()
        fact = f"the invisible character U+{ord(unseen[0]):04X} ({name}) stands in the text"
        line = text.count("\n", 0, unseen.start()) + 1
        fault = Fault(line, fact, "delete the word and type it again")
    return text, fault
