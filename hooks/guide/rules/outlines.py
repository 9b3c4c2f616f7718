"""KB72x: data/outlines/."""

from collections.abc import Iterator

from guide.model import Site
from guide.problems import Finding
from guide.rules import rule


@rule("KB720")
def outline_is_complete(site: Site) -> Iterator[Finding]:
    """An outline names its paper, and every item has its id, place and label, each id once.

    Bad:  - {id: "3", label: "Respect comes first"}
    Good: - {id: "3", locator: "no. 3", label: "Respect comes first"}
    """
    for outline in site.outlines:
        for fault in outline.faults:
            yield Finding(outline.path, fault.line, fault.fact, fault.hint)
