"""Lighthouse on one page of each kind: `python bench/lighthouse.py SITE CACHE [ROUNDS]`.

SITE is the guide as `make compressed` builds it, CACHE a folder for Lighthouse and the Node that it
needs, from npm. nginx serves the site with the project's configuration (tests/servers.py), Chromium
is throttled as Lighthouse does for a phone. Prints the median of the rounds for each page and
category, and exits with 1 where one is below what the guide promises.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path += [str(ROOT / "hooks"), str(ROOT / "tests")]

from servers import nginx  # noqa: E402

PACKAGES = ("lighthouse@13.5.0", "node@22")
PAGES = (
    "/",
    "/situations/",
    "/situations/s02-one-partner-dominates/",
    "/stages/starting/",
    "/themes/trust/",
    "/paths/g01-new-to-partnership/",
    "/mindsets/m05-trust-first/",
    "/workshop/w03-positive-experiences/",
    "/typologies/t16-seven-forms-compared/",
    "/sources/ten-lessons/",
    "/references/",
    "/glossary/",
    "/collections/",
    "/find/",
    "/about/",
)
PROMISED = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def install(cache: Path) -> tuple[Path, Path]:
    """Node and Lighthouse below `cache`."""
    cache.mkdir(parents=True, exist_ok=True)
    node, lighthouse = (cache / "node_modules" / p for p in ("node/bin/node", "lighthouse/cli"))
    if not lighthouse.exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", cache, *PACKAGES], check=True)
    return node, lighthouse / "index.js"


def judge(program: tuple[Path, Path], address: str) -> dict[str, float]:
    """The categories' scores, in percent, and what failed in them."""
    options = [
        "--quiet",
        "--output=json",
        f"--chrome-flags={CHROMIUM}",
        f"--only-categories={','.join(PROMISED)}",
    ]
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    done = subprocess.run(
        [*program, address, *options],
        env={"PATH": "/usr/bin:/bin", "CHROME_PATH": str(chromium), "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    report = json.loads(done.stdout)
    for name in ("accessibility", "best-practices", "seo"):
        for audit in report["categories"][name]["auditRefs"]:
            found = report["audits"][audit["id"]]
            if audit["weight"] and found["score"] not in (None, 1):
                print(f"    {name}: {found['title']}", file=sys.stderr)
    return {name: 100 * (report["categories"][name]["score"] or 0) for name in PROMISED}


def main(arguments: list[str]) -> int:
    built, program = Path(arguments[0]).resolve(), install(Path(arguments[1]).resolve())
    rounds = int(arguments[2]) if len(arguments) > 2 else 3
    below = False
    with tempfile.TemporaryDirectory() as work, nginx(built, Path(work)) as address:
        for page in PAGES:
            runs = [judge(program, address + page) for _ in range(rounds)]
            scores = {name: median(run[name] for run in runs) for name in PROMISED}
            below |= any(scores[name] < wanted for name, wanted in PROMISED.items())
            print(page, *(f"{name} {score:.0f}" for name, score in scores.items()), flush=True)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
