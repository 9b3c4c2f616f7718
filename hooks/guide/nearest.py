"""What someone probably meant, as a hint."""

from collections.abc import Iterable
from difflib import get_close_matches


def only_near(given: str, known: Iterable[str]) -> str:
    """The one known word that is near, or nothing where none is or several are."""
    near = get_close_matches(given, sorted(known), n=2, cutoff=0.6)
    return near[0] if len(near) == 1 else ""


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or nothing where none is near."""
    near = get_close_matches(given, sorted(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else ""
