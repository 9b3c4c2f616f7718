"""What contributors are told about the rules; each rule's docstring is its one home."""

from inspect import getdoc

from guide.rules import RULES


def truths() -> dict[str, str]:
    """What each rule protects, in the order of their codes."""
    return {code: getdoc(rule).strip() for code, rule in sorted(RULES.items())}
