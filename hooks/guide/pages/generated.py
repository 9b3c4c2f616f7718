"""The glossary as the text of its page."""

from guide.source.model import Site


def glossary_markdown(site: Site) -> str:
    """A heading, a definition with its citation, and a link to the entry for each term."""
    return "".join(
        f"\n## {term.term} {{ #{term.anchor} }}\n\n{term.means} {term.cite} "
        f"More: [{site.entry[term.entry].title}]({site.entry[term.entry].path})\n"
        for term in site.terms
        if term.entry in site.entry
    )
