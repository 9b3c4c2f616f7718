"""YAML files that people write, with the line of every value and what is wrong with their form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import yaml
from jsonschema import Draft202012Validator

from guide.problems import Fault
from guide.source.plain_yaml import NotPlainError, compose_plain

Key = str | int
Path = tuple[Key, ...]

#: Levels of lists and fields within each other that data/schema.yml needs, and some to spare.
_DEEPEST = 8
#: What is more than text, as YAML tells it from the way in which it is written.
_READ: Mapping[str, Callable[[str], object]] = {
    "tag:yaml.org,2002:bool": lambda text: yaml.SafeLoader.bool_values[text.lower()],
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:null": lambda text: None,
}


@dataclass(frozen=True)
class Document:
    """A YAML file. `faults` are what keeps it from being read, `misfits` what its form refuses."""

    data: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    misfits: tuple[Fault, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not (self.faults or self.misfits)

    @property
    def fields(self) -> dict[str, object]:
        """The fields of the file; none where it is something else."""
        return self.data if isinstance(self.data, dict) else {}

    def line(self, *path: Key) -> int:
        """The line of the value at `path`, or of the nearest one that holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse_document(text: str, form: dict[str, object]) -> Document:
    """The file's data; `form` is the JSON Schema that they have to fit."""
    try:
        node = compose_plain(text, _DEEPEST)
    except NotPlainError as error:
        fault = error.fault
        return Document(faults=(Fault(fault.line, f"the file {fault.fact}", fault.hint),))
    lines: dict[Path, int] = {}
    faults: list[Fault] = []
    data = _data(node, (), lines, faults) if node else {}
    if faults:
        return Document(data, lines, tuple(faults))
    return Document(data, lines, misfits=tuple(_misfits(Document(data, lines), form)))


def _data(node: yaml.Node, path: Path, lines: dict[Path, int], faults: list[Fault]) -> object:
    """The node as plain data."""
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_data(item, (*path, n), lines, faults) for n, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode):
        return _value(node)
    data: dict[str, object] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault(line, "the name of a field is no text", "write `name: …`"))
            continue
        if key.value in data:
            hint = f"it already stands in line {lines[*path, key.value]}"
            faults.append(Fault(line, f"`{key.value}` stands twice", hint))
            continue
        lines[*path, key.value] = line
        data[key.value] = _data(value, (*path, key.value), lines, faults)
    return data


def _value(node: yaml.ScalarNode) -> object:
    try:
        return _READ.get(node.tag, str)(node.value)
    except ValueError:  # A number of another base, or of thousands of digits.
        return node.value


def _misfits(document: Document, form: dict[str, object]) -> Iterator[Fault]:
    """What the form refuses, once for each value: an unknown name before a missing one."""
    found = Draft202012Validator(form).iter_errors(document.data)
    last = sorted(found, key=lambda error: error.validator == "additionalProperties")
    for error in {tuple(error.absolute_path): error for error in last}.values():
        place = ".".join(map(str, error.absolute_path)) or "the file"
        yield Fault(document.line(*error.absolute_path), f"`{place}`: {error.message}")
