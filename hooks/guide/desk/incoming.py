"""Text that came from elsewhere: by e-mail, from a word processor, from another program."""

import codecs
import re

from guide.problems import RefusedError


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
