"""data/outlines/: what each source paper holds, item by item."""

from dataclasses import dataclass
from functools import cached_property

import yaml

from guide.plain_yaml import NotPlainError, compose_plain, text_of
from guide.problems import Fault

_FIELDS = ("id", "locator", "label")


@dataclass(frozen=True)
class Item:
    """An item of a paper's outline. `locator` is what a citation gives as its place."""

    outline: str
    id: str
    locator: str
    label: str
    line: int

    @property
    def name(self) -> str:
        return f"{self.outline}#{self.id}"


@dataclass(frozen=True)
class Outline:
    """What a source paper holds, item by item. `work` is the paper's key."""

    name: str
    path: str
    work: str
    note: str
    items: tuple[Item, ...]
    faults: tuple[Fault, ...] = ()

    @cached_property
    def locators(self) -> frozenset[str]:
        return frozenset(item.locator for item in self.items)


def parse_outline(text: str, name: str, path: str) -> Outline:
    """The outline `name`; what is wrong with it stands in its `faults`."""
    try:
        node = compose_plain(text)
    except NotPlainError as error:
        fault = Fault(error.fault.line, f"the outline {error.fault.fact}", error.fault.hint)
        return Outline(name, path, "", "", (), (fault,))
    given = _texts(node)
    listed = next((v for k, v in _pairs(node) if k == "items"), None)
    rows = listed.value if isinstance(listed, yaml.SequenceNode) else []
    items: dict[str, Item] = {}
    faults = []
    if not given.get("work") or not rows:
        hint = "write `work:` and the paper's key, then `items:` and a line for each"
        faults.append(Fault(1, "the outline names no paper, or has no items", hint))
    for row in rows:
        line, fields = row.start_mark.line + 1, _texts(row)
        if set(fields) != set(_FIELDS) or not all(fields.values()):
            hint = f"it needs {', '.join(_FIELDS)}, each once"
            faults.append(Fault(line, "an item of the outline is not complete", hint))
        elif fields["id"] in items:
            first = items[fields["id"]].line
            hint = f"it already stands in line {first}"
            faults.append(Fault(line, f"the item `{fields['id']}` stands twice", hint))
        else:
            items[fields["id"]] = Item(name, **fields, line=line)
    note = given.get("note", "")
    return Outline(name, path, given.get("work", ""), note, tuple(items.values()), tuple(faults))


def _pairs(node: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    fields = node.value if isinstance(node, yaml.MappingNode) else []
    return [(text_of(key) or "", value) for key, value in fields]


def _texts(node: yaml.Node | None) -> dict[str, str]:
    """The fields that hold text."""
    return {k: text_of(v) or "" for k, v in _pairs(node) if isinstance(v, yaml.ScalarNode)}
