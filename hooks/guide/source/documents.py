"""YAML files that people write: typed data, the line of every value, and what is wrong.

A `shape` states once what a file must hold; pydantic reads the file by it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial

import pydantic
import yaml

from guide.problems import Fault, did_you_mean
from guide.source.plain_yaml import Fields, NotPlainError, Path, compose_plain, to_data

#: Levels of lists and fields within each other that data/schema.yml needs, and some to spare.
_DEEPEST = 8
#: What is more than text, as YAML tells it from the way in which it is written.
_READ: Mapping[str, Callable[[str], object]] = {
    "tag:yaml.org,2002:bool": lambda text: yaml.SafeLoader.bool_values[text.lower()],
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:null": lambda text: None,
}
#: A class whose fields are those that a file, or a part of it, must or may have.
shape = partial(
    pydantic.dataclasses.dataclass, frozen=True, config=pydantic.ConfigDict(extra="forbid")
)


def _with(given: object, **known: object) -> object:
    """The fields in a file and what is known without it, which the file must not say."""
    if not isinstance(given, dict):
        return given
    for name in given.keys() & known.keys():
        raise ValueError(f"has `{name}`, which is not a field here")
    return {**given, **known}


def known(**fields: object) -> pydantic.BeforeValidator:
    """Beside a shape: fields of it that do not stand in the file."""
    return pydantic.BeforeValidator(lambda given: _with(given, **fields))


#: Beside a shape that has a field `line`: where it begins in its file.
LINED = pydantic.BeforeValidator(lambda given: _with(given, line=getattr(given, "line", 1)))


def keyed(name: str) -> pydantic.BeforeValidator:
    """Beside a tuple of shapes: they stand under names, each of which is its field `name`."""

    def rows(given: object) -> object:
        pairs = given.items() if isinstance(given, dict) else ()
        return [_with(its, **{name: key}) for key, its in pairs] if pairs else given

    return pydantic.BeforeValidator(rows)


@dataclass(frozen=True)
class Document:
    """A YAML file: its data in their shape, or None and the `faults` that it has."""

    data: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def line(self, *path: str | int) -> int:
        """The line of the value at `path`, or of the nearest one that holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse_document(text: str, form: object) -> Document:
    """The file's data as `form` has them."""
    try:
        node = compose_plain(text, _DEEPEST)
    except NotPlainError as error:
        fault = error.fault
        return Document(faults=(Fault(fault.line, f"the file {fault.fact}", fault.hint),))
    lines: dict[Path, int] = {}
    faults: list[Fault] = []
    data = to_data(node, _value, lines, faults) if node else Fields()
    if not faults:
        try:
            return Document(_reader(form).validate_python(data), lines)
        except pydantic.ValidationError as error:
            faults = list(dict.fromkeys(_misfits(data, Document(lines=lines), error)))
    return Document(None, lines, tuple(faults))


_reader = cache(pydantic.TypeAdapter)

#: What is wrong with a value, by pydantic's name for it, where its own words are not those of YAML.
_MISFITS = {
    "bool_type": "should be `true` or `false`",
    "date_from_datetime_inexact": (day := "should be a day such as 2026-11-27"),
    "date_from_datetime_parsing": day,
    "date_type": day,
    "dataclass_type": "should hold fields",
    "dict_type": "should hold fields",
    "none_required": "is made from data/schema.yml",
    "predicate_failed": "lacks what the guide needs",
    "string_pattern_mismatch": "is not in its form",
    "int_type": "should be a whole number",
    "string_type": "should be text: put it in quotes",
    "tuple_type": "should be a list",
    "too_long": "has too many values",
    "too_short": "has too few values",
    "unexpected_keyword_argument": "is not a field here",
}


def _value(node: yaml.ScalarNode) -> object:
    try:
        return _READ.get(node.tag, str)(node.value)
    except ValueError:  # A number of another base, or of thousands of digits.
        return node.value


def _misfits(data: object, document: Document, error: pydantic.ValidationError) -> Iterator[Fault]:
    """What the form refuses, each at its line; a misspelt name is not told as a missing one too."""
    misfits = error.errors(include_url=False)
    missing = [m["loc"] for m in misfits if m["type"] == "missing"]
    unknown = {m["loc"][:-1] for m in misfits if m["type"] == "unexpected_keyword_argument"}
    for misfit in misfits:
        if misfit["type"] == "missing" and misfit["loc"][:-1] in unknown:
            continue
        path, here, kind = (), data, misfit["type"]
        for key in misfit["loc"]:
            # What stands under names was made a row of; a kind of value is no place at all.
            key = [*here][key] if isinstance(here, dict) and isinstance(key, int) else key
            rows = range(len(here)) if isinstance(here, list) else ()
            is_there = key in (here if isinstance(here, dict) else rows)
            if not is_there:
                break
            path, here = (*path, key), here[key]
        name = next((key for key in reversed(path) if isinstance(key, str)), "the file")
        says = _MISFITS.get(kind, re.sub("^(Input|String|Tuple|Value error,) ", "", misfit["msg"]))
        is_short = kind == "too_short" and not is_there
        is_missing = is_short or kind in ("missing", "string_too_short")
        fact = f"`{misfit['loc'][-1]}` is missing" if is_missing else f"`{name}` {says}"
        near = did_you_mean(name, (str(at[-1]) for at in missing if at[:-1] == misfit["loc"][:-1]))
        yield Fault(document.line(*path), fact, near or "compare its neighbours, or `git diff`")
