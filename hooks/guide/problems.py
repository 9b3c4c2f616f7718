"""What is wrong, and where, in the words of the person who can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


class RefusedError(ValueError):
    """What was asked for cannot be done: a fact and the next action, in the asker's words."""

    def __init__(self, fact: str, hint: str = "") -> None:
        super().__init__(f"{fact}\n    hint: {hint}" if hint else fact)
        self.fact = fact
        self.hint = hint


#: Characters of a fact or a hint that are printed.
_LONGEST = 500


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in a file not yet named. `line` counts from 1."""

    line: int
    fact: str
    hint: str = ""


@dataclass(frozen=True)
class Problem:
    """One fault in the file `path` (relative to the project); `code` is that of the rule."""

    path: str
    line: int
    fact: str
    hint: str = ""
    code: str = ""

    def as_text(self) -> str:
        return f"{_printable(self.path)}:{self.line}: {self._message}"

    def as_annotation(self) -> str:
        """A GitHub workflow command, which shows the text at its line in a pull request."""
        message = self._message.replace("%", "%25").replace("\n", "%0A")
        path = _printable(self.path)
        for plain, escaped in (("%", "%25"), (":", "%3A"), (",", "%2C")):
            path = path.replace(plain, escaped)
        return f"::error file={path},line={self.line}::{message}"

    @property
    def _message(self) -> str:
        hint = f"\n    hint: {_printable(self.hint)}" if self.hint else ""
        return f"{self.code} {_printable(self.fact)}{hint}"


def _printable(text: str) -> str:
    """`text` in one line of bearable length, so that what it quotes cannot speak for the checks."""
    line = " ".join(text.split())
    line = line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or nothing where none is near."""
    known, whole = sorted(known), given.casefold()
    begins = whole.rpartition("/")[2].partition("-")[0]  # As `p14` in the name of a file.
    near = [name for name in known if name.casefold() in (whole, begins)]
    alike = [name for name in known if name[:1].casefold() == whole[:1]]
    near = near or get_close_matches(given, alike, n=1, cutoff=0.6 if len(given) > 3 else 0.8)
    return f"did you mean `{near[0]}`?" if near else ""
