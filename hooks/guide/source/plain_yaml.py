"""YAML as the guide writes it: texts, lists and fields; never deep, nothing by reference."""

from collections.abc import Callable

import yaml

from guide.problems import Fault

Path = tuple[str | int, ...]


class NotPlainError(ValueError):
    """The text is not plain YAML; `fault` completes "the front matter …" and the like."""

    def __init__(self, line: int, fact: str, hint: str) -> None:
        super().__init__(fact)
        self.fault = Fault(line, fact, hint)


class Fields(dict):
    """What stands under names, from `line` on."""

    line = 1


def compose_plain(text: str, deepest: int) -> yaml.Node | None:
    """The nodes of `text`, with marks; lists and fields stand `deepest` deep in each other.

    Raises NotPlainError.
    """
    try:
        _refuse_what_grows(text, deepest)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        is_open = "quoted scalar" in (error.context or "")
        mark = error.context_mark if is_open else error.problem_mark or error.context_mark
        hint = "put the text in quotes" if "mapping values" in (error.problem or "") else ""
        hint = "an item of a list begins with `-`" if "alias" in (error.context or "") else hint
        raise NotPlainError(
            mark.line + 1 if mark else 1,
            f"is not YAML: {error.problem or error.context}",
            hint or "look for a missing quote, bracket or space after a colon",
        ) from error
    except yaml.YAMLError as error:
        raise NotPlainError(1, "is not YAML", "look for an invisible character") from error


def _refuse_what_grows(text: str, deepest: int) -> None:
    """Look at the stream of events before anything is built from it."""
    depth, rows = 0, text.split("\n")
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        line, end = event.start_mark.line + 1, event.end_mark
        is_plain = isinstance(event, yaml.ScalarEvent) and not event.style
        if is_plain and end.line < len(rows) and rows[end.line][end.column :].startswith(" #"):
            hint = "take the space out, or put all in straight quotes; a comment has two before it"
            fact = f"has a value that ends before `{rows[end.line][end.column + 1 :]}`"
            raise NotPlainError(end.line + 1, fact, hint)
        if depth > deepest:
            hint = "write a text, or a list of texts"
            raise NotPlainError(line, "has lists within lists within lists", hint)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise NotPlainError(line, "has an `&` or a `*` before a value", "put it in quotes")
        if getattr(event, "tag", None):
            raise NotPlainError(line, f"has the tag `{event.tag}`", "take it out, or use quotes")


def to_data(
    node: yaml.Node,
    scalar: Callable[[yaml.ScalarNode], object],
    lines: dict[Path, int],
    faults: list[Fault],
    path: Path = (),
) -> object:
    """The node as lists and Fields; `scalar` reads a single value. Adds to `lines` and `faults`."""
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        if not node.style and node.end_mark.line > node.start_mark.line and " - " in node.value:
            fact = f"`{node.value}` is one text, with a list within it"
            faults.append(Fault(node.start_mark.line + 1, fact, "let all items begin alike"))
        return scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [to_data(n, scalar, lines, faults, (*path, i)) for i, n in enumerate(node.value)]
    data = Fields()
    data.line = node.start_mark.line + 1
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault(line, "the name of a field is no text", "write `name: …`"))
        elif key.value in data:
            hint = f"it already stands in line {lines[*path, key.value]}"
            faults.append(Fault(line, f"`{key.value}` stands twice", hint))
        else:
            lines[*path, key.value] = line
            data[key.value] = to_data(value, scalar, lines, faults, (*path, key.value))
    return data
