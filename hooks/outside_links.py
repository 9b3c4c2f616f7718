"""Links to elsewhere that do not answer: `python hooks/outside_links.py`.

The only part of the project that asks the network. Prints a list in Markdown and exits with 1
where a link leads nowhere. A host that answers but wants no machine (401, 403, 429 ...) counts
as there.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from guide.model import Site
from guide.reader import BIBLIOGRAPHY, read_site

GONE = {404, 410}
_ASKING = {"User-Agent": "Mozilla/5.0 (a weekly check of links)"}


def outside_links(site: Site) -> dict[str, list[str]]:
    """Every address on the web, with the places, as `docs/about.md:12`, that lead to it."""
    found: dict[str, list[str]] = {}
    for place, address in _written(site):
        if address.startswith(("https://", "http://")):
            found.setdefault(address.partition("#")[0], []).append(place)
    return found


def _written(site: Site) -> Iterator[tuple[str, str]]:
    for page in site.pages:
        for link in page.markup.links:
            yield f"{page.file}:{link.line}", link.target
    for work in site.works:
        yield f"{BIBLIOGRAPHY}:{work.field_line('url')}", work.fields.get("url", "")


def what_is_wrong(address: str, patience: float = 30) -> str:
    """Why the address does not answer; nothing where it does."""
    try:
        with urlopen(Request(address, headers=_ASKING), timeout=patience):
            return ""
    except HTTPError as error:
        return f"answers {error.code}" if error.code in GONE or error.code >= 500 else ""
    except (OSError, ValueError, HTTPException) as error:
        return str(getattr(error, "reason", error))


def main(root: Path) -> int:
    links = outside_links(read_site(root))
    with ThreadPoolExecutor(8) as asking:
        answers = dict(zip(links, asking.map(what_is_wrong, links), strict=True))
    broken = {address: why for address, why in answers.items() if why}
    for address, why in broken.items():
        print(f"- `{address}` {why}: {', '.join(f'`{place}`' for place in links[address])}")
    print(f"{len(broken)} of {len(links)} links to elsewhere do not answer", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent))
