"""Questions to whoever sits at the terminal, and text that comes in by it."""

import codecs
import re
from collections.abc import Callable
from typing import TypeVar

from guide.problems import RefusedError

Answer = TypeVar("Answer")


def ask(question: str, accept: Callable[[str], Answer], preset: str = "") -> Answer:
    """What `accept` makes of the answer; asks again where it refuses. Return gives `preset`."""
    shown = f"{question} [{preset}]: " if preset else f"{question}: "
    while True:
        try:
            return accept(input(shown).strip() or preset)
        except RefusedError as refused:
            print(refused)


def decode_incoming(raw: bytes) -> str:
    """The text, whatever it was saved as, with plain line ends and plain spaces."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        raise RefusedError("this is no plain text", "save it as plain text (.txt)")
    return re.sub(r"\r\n?", "\n", text).replace("\N{NO-BREAK SPACE}", " ")
