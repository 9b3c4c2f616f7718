"""Front matter with the line of each field. MkDocs itself swallows what is broken."""

import re
from dataclasses import dataclass

import yaml

from guide.problems import Fault

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)

Value = str | tuple[str, ...] | None


@dataclass(frozen=True)
class FieldValue:
    """A field's value: text, a list of texts, or None where it is something else."""

    value: Value
    line: int


@dataclass(frozen=True)
class FrontMatter:
    """The fields of a page by name, and what is wrong with the block as a whole."""

    fields: dict[str, FieldValue]
    faults: tuple[Fault, ...] = ()
    end: int = 0

    def text(self, name: str) -> str:
        value = self.fields[name].value if name in self.fields else ""
        return value if isinstance(value, str) else ""

    def words(self, name: str) -> tuple[str, ...]:
        value = self.fields[name].value if name in self.fields else ()
        return value if isinstance(value, tuple) else ()

    def line(self, name: str) -> int:
        return self.fields[name].line if name in self.fields else 1


def parse_front_matter(text: str) -> FrontMatter:
    """The block at the top of `text`; `end` is the offset at which the body begins."""
    block = _BLOCK.match(text)
    if not block:
        fact = "the front matter has no closing `---`" if text.startswith("---") else ""
        return FrontMatter({}, (Fault(1, fact, "end the block with a line `---`"),) if fact else ())
    try:
        node = yaml.compose(block["yaml"], Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        return FrontMatter({}, (_describe(error),), block.end())
    except yaml.YAMLError as error:
        return FrontMatter({}, (Fault(2, f"the front matter is not YAML: {error}"),), block.end())
    if node is None:
        return FrontMatter({}, (), block.end())
    if not isinstance(node, yaml.MappingNode):
        fault = Fault(2, "the front matter is not a list of fields", "write `title: …` and so on")
        return FrontMatter({}, (fault,), block.end())
    return _collect(node, block.end())


def _collect(mapping: yaml.MappingNode, end: int) -> FrontMatter:
    fields: dict[str, FieldValue] = {}
    faults = []
    for key, node in mapping.value:
        line = key.start_mark.line + 2
        if key.value in fields:
            first = fields[key.value].line
            faults.append(
                Fault(line, f"`{key.value}` stands twice", f"it already stands in line {first}")
            )
            continue
        fields[key.value] = FieldValue(_value(node), line)
    return FrontMatter(fields, tuple(faults), end)


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.tag != "tag:yaml.org,2002:null" else None
    if isinstance(node, yaml.SequenceNode):
        items = [_value(item) for item in node.value]
        return (
            tuple(i for i in items if isinstance(i, str))
            if all(isinstance(i, str) for i in items)
            else None
        )
    return None


def _describe(error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    hint = "put the text in quotes" if "mapping values" in (error.problem or "") else ""
    return Fault(
        mark.line + 2 if mark else 2,
        f"the front matter is not YAML: {error.problem or error.context}",
        hint or "look for a missing quote, bracket or space after a colon",
    )
