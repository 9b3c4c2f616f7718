"""The guide built in turn with its peers; `make bench` runs it.

CACHE is a folder outside the project, for the peers' environments and the guides that are built.
Each round builds every generator once, so that what else the machine does falls on all alike.
Processor time is user and system time of all processes, memory that of the largest process. Prints
Markdown tables of medians; ratios are taken within a round. `--write` puts them into docs/speed.md.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass, fields
from multiprocessing import Process
from pathlib import Path
from statistics import median

from inflate import ROOT, inflate
from peers import CHECKERS, GENERATORS, SITE, Peer

PAGE = ROOT / "docs" / "speed.md"
_MARKED = re.compile(r"(?<=\{ #figures \}\n\n).*(?=## Repeat it)", re.S)
#: Each generator finds its own packages and no others, and prints no advertisement.
_OWN = {"PYTHONPATH": "", "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000"}


@dataclass(frozen=True)
class Run:
    """What one command took: seconds of CPU and of the clock, megabytes of memory and of files."""

    cpu: float
    wall: float
    memory: float
    size: float


def main(given: Namespace) -> None:
    """Measure every size in turn."""
    tables = []
    for pages in given.pages:
        guide = given.cache / "guides" / str(pages)
        shutil.rmtree(guide, ignore_errors=True)
        _apart(inflate, ROOT, guide, pages)
        count = len(list((guide / "docs").rglob("*.md")))
        for title, peers in (("Builds", GENERATORS), ("Checks", CHECKERS)):
            runs = _rounds(given, guide, [peer for peer in peers if count <= peer.most])
            tables += [f"{title} of {count:,} pages, rounds: {given.rounds}\n", *_table(runs), ""]
    text = "\n".join([*tables, *_legend(), ""])
    print(text)
    if given.write:
        PAGE.write_text(_MARKED.sub(lambda _: f"{text}\n", PAGE.read_text("utf-8")), "utf-8")


def _rounds(given: Namespace, guide: Path, peers: list[Peer]) -> dict[str, list[Run]]:
    """The runs of each peer, which takes its turn in every round."""
    runs: dict[str, list[Run]] = {peer.name: [] for peer in peers}
    commands = {}
    for peer in peers:
        project = given.cache / "projects" / peer.folder
        shutil.rmtree(project, ignore_errors=True)
        _apart(peer.write, guide, project)
        commands[peer.name] = (peer.command(peer.python(given.cache), project), project)
    for number in range(given.rounds):
        for name, (command, project) in commands.items():
            runs[name].append(_measure(command, project))
            print(f"{number + 1}/{given.rounds} {name}: {runs[name][-1]}", file=sys.stderr)
    return runs


def _apart(prepare: Callable[..., object], *given: object) -> None:
    """Do it in a process of its own: Linux counts what we hold as memory of what we start."""
    process = Process(target=prepare, args=given)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{prepare.__name__} failed")


def _measure(command: list[str | Path], project: Path) -> Run:
    shutil.rmtree(project / SITE, ignore_errors=True)
    started = time.monotonic()
    with (project / "log").open("w") as log:
        process = subprocess.Popen(command, env=os.environ | _OWN, stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    if status:
        sys.exit(f"{command} failed:\n{(project / 'log').read_text()[-2000:]}")
    size = sum(path.stat().st_size for path in (project / SITE).rglob("*") if path.is_file())
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, size / 1e6)


def _table(runs: dict[str, list[Run]]) -> list[str]:
    """A row of medians for each peer, and the ratio of the first one's CPU to its own."""
    ours = next(iter(runs.values()))
    rows = [
        "| what | processor, s | ours : it | clock, s | memory, megabytes | output, megabytes |",
        "|---|---|---|---|---|---|",
    ]
    for name, its in runs.items():
        ratio = median(a.cpu / b.cpu for a, b in zip(ours, its, strict=True))
        cpu, wall, memory, size = (median(getattr(run, f.name) for run in its) for f in fields(Run))
        rows.append(
            f"| {name} | {cpu:.2f} | {ratio:.2f} | {wall:.2f} | {memory:.0f} | {size:.1f} |"
        )
    return rows


def _legend() -> list[str]:
    """What each peer does, and with which versions."""
    return [
        f"- {peer.name}{' (' + ', '.join(peer.pins) + ')' if peer.pins else ''}: {peer.does}."
        for peer in (*GENERATORS, *CHECKERS)
    ]


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("cache", type=Path)
    parser.add_argument("--pages", type=int, nargs="+", default=[200])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    main(parser.parse_args())
