"""Front matter with the line of each field. MkDocs itself swallows what is broken."""

import re
from dataclasses import dataclass
from functools import lru_cache

import yaml

from guide.problems import Fault
from guide.source.plain_yaml import NotPlainError, compose_plain, text_of

#: Pages that are not taken apart again where their text is the same, as in `make serve`.
REMEMBERED = 10_000

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)

#: What was probably meant as the block, where it does not begin or end as it should.
_ATTEMPT = re.compile(r"\A\s*(?:---[ \t]*\n)?(?:[A-Za-z_]+:.*\n)*(?:---[ \t]*(?:\n|\Z))?")

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


@lru_cache(maxsize=REMEMBERED)
def parse_front_matter(text: str) -> FrontMatter:
    """The block at the top of `text`; `end` is the offset at which the body begins."""
    block = _BLOCK.match(text)
    if not block:
        if text.startswith("---"):
            fault = Fault(
                1, "the front matter has no closing `---`", "end the block with a line `---`"
            )
        else:
            hint = "its first line is `---`, then come `title:` and the other fields, then `---`"
            fault = Fault(1, "the page does not begin with its front matter", hint)
        return FrontMatter({}, (fault,), _ATTEMPT.match(text).end())
    try:
        node = compose_plain(block["yaml"])
    except NotPlainError as error:
        fault = error.fault
        fact = f"the front matter {fault.fact}"
        return FrontMatter({}, (Fault(fault.line + 1, fact, fault.hint),), block.end())
    if node is None:
        return FrontMatter({}, (), block.end())
    if not isinstance(node, yaml.MappingNode):
        fault = Fault(2, "the front matter is not a list of fields", "write `title: …` and so on")
        return FrontMatter({}, (fault,), block.end())
    return _collect(node, block["yaml"].split("\n"), block.end())


def _collect(mapping: yaml.MappingNode, lines: list[str], end: int) -> FrontMatter:
    fields: dict[str, FieldValue] = {}
    faults = []
    for key, node in mapping.value:
        line = key.start_mark.line + 2
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault(line, "the name of a field is no text", "write `title: …`"))
            continue
        if key.value in fields:
            first = fields[key.value].line
            faults.append(
                Fault(line, f"`{key.value}` stands twice", f"it already stands in line {first}")
            )
            continue
        fields[key.value] = FieldValue(_value(node), line)
        mark = node.end_mark
        rest = lines[mark.line][mark.column :].strip() if mark.line < len(lines) else ""
        if rest.startswith("#"):
            fact = f"`{rest}` is not read: a `#` after a space begins a comment"
            faults.append(Fault(mark.line + 2, fact, "put the whole value in straight quotes"))
    return FrontMatter(fields, tuple(faults), end)


def _value(node: yaml.Node) -> Value:
    if not isinstance(node, yaml.SequenceNode):
        return text_of(node)
    items = [text_of(item) for item in node.value]
    return None if None in items else tuple(item for item in items if item is not None)
