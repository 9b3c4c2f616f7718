"""Whose work the site ships, and under which licence."""

from guide.source.documents import shape


@shape
class Licensed:
    """A work and the files of the site, or the set of icons, that it consists of.

    `text` is the licence's address, or its file below docs/.
    """

    name: str
    use: str
    licence: str
    text: str
    by: str = ""
    ours: bool = False
    files: tuple[str, ...] = ()
    icons: str = ""


def licences_markdown(works: tuple[Licensed, ...]) -> str:
    """A table of the works that are not ours."""
    rows = [
        f"| {work.name} | {work.by} | {work.use} | [{work.licence}]({work.text}) |"
        for work in works
        if not work.ours
    ]
    head = ["| Work | By | For | Licence |", "| --- | --- | --- | --- |"]
    return "\n".join(["", *head, *rows, ""])
