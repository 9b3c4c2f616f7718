"""YAML as the guide writes it: texts, lists and fields; never deep, nothing by reference."""

import re

import yaml

from guide.problems import Fault

#: Levels of lists and fields within each other that a list or the fields of a page need.
_DEEPEST = 3
#: Fields with a text or a list on one line each: nothing in them can be deep or grow.
_FLAT = re.compile(r"(?:[a-z]+:(?: (?:[^\n&*!\[\]{}]++|\[[^\n&*!\[\]{}]*+\]))?\n)*")


class NotPlainError(ValueError):
    """The text is not plain YAML; `fault` completes "the front matter …" and the like."""

    def __init__(self, line: int, fact: str, hint: str) -> None:
        super().__init__(fact)
        self.fault = Fault(line, fact, hint)


def compose_plain(text: str, deepest: int = _DEEPEST) -> yaml.Node | None:
    """The nodes of `text`, with marks. Raises NotPlainError."""
    try:
        if not _FLAT.fullmatch(text):
            _refuse_what_grows(text, deepest)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        hint = "put the text in quotes" if "mapping values" in (error.problem or "") else ""
        raise NotPlainError(
            mark.line + 1 if mark else 1,
            f"is not YAML: {error.problem or error.context}",
            hint or "look for a missing quote, bracket or space after a colon",
        ) from error
    except yaml.YAMLError as error:
        raise NotPlainError(1, "is not YAML", "look for an invisible character") from error


def _refuse_what_grows(text: str, deepest: int) -> None:
    """Look at the stream of events before anything is built from it."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1
        if depth > deepest:
            hint = "write a text, or a list of texts"
            raise NotPlainError(line, "has lists within lists within lists", hint)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise NotPlainError(line, "has an `&` or a `*` before a value", "put it in quotes")
        if getattr(event, "tag", None):
            raise NotPlainError(line, f"has the tag `{event.tag}`", "put the text in quotes")


def text_of(node: yaml.Node) -> str | None:
    """The text of a single value; None where it has none or is a list or fields."""
    plain = isinstance(node, yaml.ScalarNode) and node.tag != "tag:yaml.org,2002:null"
    return node.value if plain else None
