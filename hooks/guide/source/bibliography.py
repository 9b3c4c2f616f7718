"""bibliography.bib, work by work, each with the line on which it begins.

Every work is parsed on its own, so that one mistake is one problem at its line and the
others are still checked.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from markdown.extensions.toc import slugify
from pybtex.bibtex.utils import split_name_list
from pybtex.database.input.bibtex import Parser, UndefinedMacro, month_names
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError

from guide.problems import Fault

_BEGIN = re.compile(r"^[ \t]*@", re.M)
_HEAD = re.compile(r"[ \t]*@(?P<type>\w+)[ \t]*[{(]\s*(?P<key>[^,\s{}()]+)\s*,")
#: Comments, and the field that only we have.
_OUR_OWN = re.compile(
    r"^[ \t]*%[^\n]*\n?|\s*\bcitedin\s*=\s*(?:\{[^{}]*+\}|\"[^\"]*+\")\s*?,?", re.M | re.I
)
_NO_WORK = re.compile(r"[ \t]*@(comment|preamble|string)\b", re.I)
#: Letters that are no letter from a to z with a mark.
_LATIN = str.maketrans({"ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L"})


@dataclass(frozen=True)
class Work:
    """A work as it stands in the file. `source` is its BibTeX; `fields` are lower case.

    `fault` says why it does not parse; then `fields` is empty.
    """

    key: str
    type: str
    line: int
    source: str
    fields: dict[str, str]
    fault: Fault | None = None

    @property
    def cited_in(self) -> tuple[str, ...]:
        """Keys of the source papers that cite this work."""
        return tuple(k.strip() for k in self.fields.get("citedin", "").split(",") if k.strip())

    @property
    def bibtex(self) -> str:
        """The work as a reader takes it along: without comments and our own field."""
        return _OUR_OWN.sub("", self.source).strip() + "\n"

    def persons(self, role: str) -> list[str]:
        """The names in `author` or `editor`, as they are typed."""
        return split_name_list(self.fields.get(role, ""))

    def field_line(self, name: str) -> int:
        found = re.search(rf"^[ \t]*{re.escape(name)}[ \t]*=", self.source, re.M | re.I)
        return self.line + self.source.count("\n", 0, found.start()) if found else self.line


@lru_cache(maxsize=1)
def parse_bibliography(text: str) -> tuple[Work, ...]:
    starts = [found.start() for found in _BEGIN.finditer(text)]
    works, line, macros = [], 1 + text.count("\n", 0, starts[0] if starts else 0), month_names
    for start, end in pairwise([*starts, len(text)]):
        source = text[start:end].rstrip()
        if not (other := _NO_WORK.match(source)):
            works.append(_parse_work(source, line, macros))
        elif other[1].lower() == "string":
            with suppress(PybtexError):  # Who uses a broken one is told so.
                parser = Parser(macros=macros)
                parser.parse_string(source)
                macros = dict(parser.macros)
        line += text.count("\n", start, end)
    return tuple(works)


def plain_words(text: str) -> str:
    """The words of a field in small letters from a to z, for comparing: `creating-advantage`."""
    return slugify(re.sub(r"[{}\\]", "", text).translate(_LATIN), "-")


def _parse_work(source: str, line: int, macros: dict[str, str]) -> Work:
    head = _HEAD.match(source)
    if not head:
        fact = "a work begins with `@` but not with a type and a key"
        fault = Fault(line, fact, "write `@book{huxham1996,` for example: a key has no space")
        return Work("", "", line, source, {}, fault=fault)
    work = Work(head["key"], head["type"].lower(), line, source, {})
    reason, where = "", line
    try:
        entries = [*Parser(macros=macros, person_fields=()).parse_string(source).entries.values()]
        reason = "its braces do not close" if len(entries) != 1 else ""
    except PybtexSyntaxError as error:
        reason, where = str(error).rpartition(": ")[2], line + (error.lineno or 1) - 1
        if isinstance(error, UndefinedMacro):
            reason = f"`{reason}` is neither in braces nor the name of a `@string`"
        if reason.startswith("premature end"):
            reason, where = "a brace or a quotation mark does not close", line
    except PybtexError as error:
        reason = str(error)
    if reason:
        fact = f"`{work.key}` is not valid BibTeX: {reason}"
        fault = Fault(where, fact, "look for a missing brace, comma or quote")
        return replace(work, fault=fault)
    (entry,) = entries
    fields = {name.lower(): " ".join(value.split()) for name, value in entry.fields.items()}
    return replace(work, fields=fields)
