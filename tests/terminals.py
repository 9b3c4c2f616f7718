"""A terminal with someone at it who types answers."""

import os
import pty
import subprocess
import sys
from pathlib import Path

from guides import with_tools


def answer_on_a_terminal(root: Path, tool: str, answers: list[str]) -> tuple[int, str]:
    """How `python -m guide TOOL` ended, and all that stood on the screen."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "guide", tool],
        cwd=root,
        env=with_tools(root),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode("utf-8"))
        shown = b""
        while True:
            try:
                read = os.read(ours, 4096)
            except OSError:  # Linux says so when the other side has closed.
                break
            if not read:
                break
            shown += read
        os.close(ours)
    return process.returncode, shown.decode("utf-8").replace("\r\n", "\n")
