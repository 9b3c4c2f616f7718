"""The problems of a pull request as data that somebody else sends, and as a comment on it.

Imports nothing but the standard library and `problems`: the comment is written where a
token is, and nothing is installed there.
"""

import json
import re
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from guide.problems import Problem

NAME = "problems.json"
#: What is taken from a sender: bytes in all, problems, and characters of one text.
LARGEST, MOST, LONGEST = 2_000_000, 5_000, 300
#: How many problems a comment lists. GitHub takes 65,536 characters.
SHOWN = 20

_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError)
_CODE = re.compile(r"KB\d{3}")
_TEXTS = ("path", "code", "fact", "hint")
#: What a failed step means. Its name comes from the pull request's own workflow.
_STEPS = {
    "make report": "",
    "make check": "",
    "make kept": "A line left `permalinks.txt`. Put it back: a published link is never taken out.",
    "make test": "A test failed. The log shows which; a change of text alone seldom does this.",
    "make build": "The site could not be built. The log shows why.",
}
_OTHER = "A step failed that has nothing to do with your text. The log shows which."


class UnfitReportError(ValueError):
    """What was sent is not a list of problems."""


@dataclass(frozen=True)
class Run:
    """A run of the checks: its address, that of the preview or nothing, its failed steps."""

    address: str
    preview: str
    failed: tuple[str, ...]


def problems_json(problems: Iterable[Problem]) -> str:
    return json.dumps([_cut(problem) for problem in problems], ensure_ascii=False, indent=1) + "\n"


def _cut(problem: Problem) -> dict[str, str | int]:
    return {name: getattr(problem, name)[:LONGEST] for name in _TEXTS} | {"line": problem.line}


def unpack(archive: bytes) -> bytes:
    """The report from an artefact: a zip of one tar of one file. Nothing is written to disk."""
    try:
        with zipfile.ZipFile(BytesIO(archive)) as outer:
            (packed,) = outer.infolist()
            _refuse_if_large(packed.file_size)
            tar = outer.read(packed)
        with tarfile.open(fileobj=BytesIO(tar), mode="r:") as inner:
            (member,) = (m for m in inner if not m.isdir())
            file = inner.extractfile(member) if member.isreg() else None
            if not file or member.name != f"./{NAME}":
                raise UnfitReportError(f"the artefact holds {member.name!r}")
            _refuse_if_large(member.size)  # A sparse file may claim to be of any size.
            return file.read()
    except (ValueError, RuntimeError, *_DAMAGE) as error:
        raise UnfitReportError(f"the artefact does not hold {NAME} alone: {error}") from error


def _refuse_if_large(size: int) -> None:
    if size > LARGEST:
        raise UnfitReportError(f"{size} bytes are too many")


def parse_problems(raw: bytes) -> tuple[Problem, ...]:
    """The problems in `raw`, whoever sent it; anything of another form is refused."""
    _refuse_if_large(len(raw))
    try:
        given = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnfitReportError("the report is not JSON") from error
    if not isinstance(given, list) or len(given) > MOST:
        raise UnfitReportError("the report is not a list, or too long")
    return tuple(_problem(one) for one in given)


def _problem(given: object) -> Problem:
    if not isinstance(given, dict) or set(given) != {"line", *_TEXTS}:
        raise UnfitReportError("a problem does not have the fields of a problem")
    texts, line = [given[name] for name in _TEXTS], given["line"]
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in texts):
        raise UnfitReportError("a text of a problem is no text, or too long")
    if type(line) is not int or not 0 < line < 10_000_000 or not _CODE.fullmatch(given["code"]):
        raise UnfitReportError("a problem has no line or no code")
    return Problem(**given)


def comment(problems: tuple[Problem, ...] | None, run: Run) -> str:
    """Markdown for the pull request. `problems` is None where no fit report was sent."""
    parts = [_heading(problems, run), *(_listed(problems) if problems else ())]
    parts += dict.fromkeys(filter(None, (_STEPS.get(step, _OTHER) for step in run.failed)))
    if run.failed:
        parts.append(f"[The log of this run]({run.address}) has the whole story.")
    parts.append(_preview(run))
    return "\n\n".join(parts) + "\n"


def _heading(problems: tuple[Problem, ...] | None, run: Run) -> str:
    if problems:
        count = "One problem" if len(problems) == 1 else f"{len(problems)} problems"
        return (
            f"### {count} to mend\n\nEach is also shown at its line under “Files changed”. Edit "
            "the file on this branch; the checks run again and this comment changes with them."
        )
    if problems is None:
        return "### The checks did not come to an end"
    if run.failed:
        return "### Your text has no problem, but something else failed"
    return (
        "### Nothing to mend\n\nEvery check passed. Somebody will now compare "
        "what you wrote with the places that you cite."
    )


def _listed(problems: tuple[Problem, ...]) -> list[str]:
    lines = []
    for told in problems[:SHOWN]:
        hint = f"\n  To do: {_inert(told.hint)}" if told.hint else ""
        place = f"- {_inert(told.path)}, line {told.line} ({told.code})  \n"
        lines.append(f"{place}  {_inert(told.fact)}" + "  " * bool(hint) + hint)
    more = len(problems) - SHOWN
    listed = ["\n".join(lines)]
    return [*listed, f"And {more} more. `make check` lists all of them."] if more > 0 else listed


def _preview(run: Run) -> str:
    if not run.preview:
        return "There is a preview as soon as the site can be built."
    return (
        f"**See your pages:** [download the preview]({run.preview}) (GitHub asks you to log in), "
        "unpack it, and in its folder run\n\n"
        "```sh\ntar -xf artifact.tar && python3 -m http.server 8000 --bind 127.0.0.1\n```\n\n"
        "Then open http://127.0.0.1:8000/ in your browser."
    )


def _inert(text: str) -> str:
    """`text` as a code span, in which nobody is mentioned and nothing is a link or HTML."""
    line = "".join(c if _is_shown(c) else " " for c in text).strip()
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    return f"{fence} {line} {fence}"


def _is_shown(character: str) -> bool:
    """Not a line end, a control character or one that turns the direction of writing."""
    return unicodedata.category(character)[0] not in "CZ" or character == " "
