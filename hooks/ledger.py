"""The ledger of published paths: `python hooks/ledger.py add`, or `kept-since REVISION`.

`add` writes what is new to permalinks.txt. `kept-since` exits with 1 where a line that
stood in the ledger at that revision is gone.
"""

import subprocess
import sys
from pathlib import Path

from guide.permalinks import with_new
from guide.reader import LEDGER, read_site

ROOT = Path(__file__).resolve().parent.parent


def add() -> int:
    site = read_site(ROOT)
    lines = with_new(site)
    (ROOT / LEDGER).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{len(lines) - len(site.ledger)} new lines in {LEDGER}, {len(lines)} in all")
    return 0


def kept_since(revision: str) -> int:
    command = ["git", "show", f"{revision}:{LEDGER}"]
    before = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    gone = sorted(set(before.splitlines()) - set(read_site(ROOT).ledger))
    for line in gone:
        print(f"{LEDGER}:1: `{line}` stood in the ledger at {revision}: a line is never taken out")
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(add() if sys.argv[1:] == ["add"] else kept_since(sys.argv[2]))
