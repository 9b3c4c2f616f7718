"""What contributors are told about the rules; each rule's docstring is its one home."""

import re
from dataclasses import dataclass
from inspect import getdoc

from guide.rules import RULES, Rule


@dataclass(frozen=True)
class RuleNote:
    """A rule as the manual shows it: the truth it protects, a bad and a good example."""

    code: str
    truth: str
    bad: str
    good: str


def rule_notes() -> tuple[RuleNote, ...]:
    """Every rule in the order of its code."""
    return tuple(_note(code, rule) for code, rule in sorted(RULES.items()))


def _note(code: str, rule: Rule) -> RuleNote:
    truth, _, examples = (getdoc(rule) or "").partition("\n\n")
    found = re.fullmatch(r"Bad:\s+(?P<bad>.+)\nGood:\s+(?P<good>.+)", examples.strip())
    if not found:
        raise ValueError(f"the docstring of {rule.__name__} lacks a Bad and a Good example")
    return RuleNote(code, " ".join(truth.split()), found["bad"], found["good"])
