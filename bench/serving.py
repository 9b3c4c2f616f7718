"""What serving the guide costs: `python bench/serving.py [--weights] SITE`.

Without an option: requests a second and the slowest hundredth for an entry, behind nginx with
our configuration and with none, on this machine alone. It takes 20 seconds and needs `wrk`.
With `--weights`: bytes and requests of one million readers, counted from the built site.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from guide.files.serving import write_server_files  # noqa: E402
from guide.links.permalinks import redirects  # noqa: E402
from guide.source.reader import read_site  # noqa: E402
from servers import nginx  # noqa: E402
from weights import weights_of  # noqa: E402

ENTRY = "mindsets/m05-trust-first"
ROUNDS, SECONDS, CONNECTIONS = 6, 1, 32
#: The same nginx that knows nothing of the guide but its folder.
EMPTY = "server { listen 8080; root /srv/guide/current; access_log off; }"


def load(url: str, accepted: str) -> tuple[float, float]:
    """Requests a second, and the milliseconds within which 99 of 100 were answered."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    header = f"Accept-Encoding: {accepted}"
    done = subprocess.run([*command, "-H", header, url], capture_output=True, text=True, check=True)
    if "Non-2xx" in done.stdout:
        raise RuntimeError(done.stdout)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", done.stdout)
    return float(rate[1]), float(slow[1]) * {"us": 0.001, "ms": 1, "s": 1000}[slow[2]]


def compare(built: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        site = shutil.copytree(built, folder / "site")
        write_server_files(site, redirects(read_site(ROOT)))
        subprocess.run(["gzip", "-kn9", site / ENTRY / "index.html"], check=True)
        works = [folder / "ours", folder / "empty"]
        for work in works:
            work.mkdir()
        with nginx(site, works[0]) as ours, nginx(site, works[1], EMPTY) as empty:
            cases = {
                "empty configuration": (empty, "identity"),
                "ours, the same bytes": (ours, "identity"),
                "ours, the .gz copy": (ours, "gzip"),
            }
            found = {case: [] for case in cases}
            for _ in range(ROUNDS):
                for case, (address, accepted) in cases.items():
                    found[case].append(load(f"{address}/{ENTRY}/", accepted))
    base = found["empty configuration"]
    for case, rounds in found.items():
        rate, slow = (median(column) for column in zip(*rounds, strict=True))
        faster = median(mine[0] / other[0] for mine, other in zip(rounds, base, strict=True))
        later = median(mine[1] / other[1] for mine, other in zip(rounds, base, strict=True))
        print(
            f"{case:22} {rate:8,.0f} requests/s ({faster:.2f} of empty)"
            f"  p99 {slow:6.2f} ms ({later:.2f} of empty)"
        )


if __name__ == "__main__":
    if sys.argv[1] == "--weights":
        print(weights_of(Path(sys.argv[2])))
    else:
        compare(Path(sys.argv[1]))
