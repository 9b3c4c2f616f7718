"""The mistakes of data/faults.yml as tables: what somebody did, what they are told, and by whom."""

from collections.abc import Iterator
from itertools import groupby

from guide.faults import FaultExample
from guide.manual import rule_notes
from guide.model import Site

_PEERS = ("mkdocs", "htmlproofer")
#: How the outcome of another build is shown; bench/faults.py says what the words mean.
_SHOWN = {
    "line": "file and line",
    "file": "file",
    "told": "no place",
    "silent": "nothing",
    "none": "–",
}


def faults_markdown(site: Site) -> str:
    """How many there are and who names their file, then a table for each group."""
    truths = {note.code: note.truth for note in rule_notes()}
    counts = [sum(e.elsewhere.get(p) in ("file", "line") for e in site.faults) for p in _PEERS]
    parts = [
        f"\nThe checks tell all {len(site.faults)}, each with its file and line. "
        f"MkDocs names the file of {counts[0]}, with htmlproofer of {counts[1]}.\n"
    ]
    for group, examples in groupby(site.faults, lambda example: example.group):
        head = "| Somebody … | is told | MkDocs | htmlproofer |\n|---|---|---|---|\n"
        rows = "".join(_row(example, truths) for example in examples)
        parts.append(f"\n**{group}**\n\n{head}{rows}")
    return "".join(parts)


def _row(example: FaultExample, truths: dict[str, str]) -> str:
    codes = dict.fromkeys(told.code for told in example.told)
    told = " ".join(f"`{code}` {truths[code]}" for code in codes)
    cells = (example.did, told, *_elsewhere(example))
    return "".join(f"| {cell.replace('|', chr(92) + '|')} " for cell in cells) + "|\n"


def _elsewhere(example: FaultExample) -> Iterator[str]:
    return (_SHOWN[example.elsewhere.get(peer, "none")] for peer in _PEERS)
