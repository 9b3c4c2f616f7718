"""Front matter with the line of each field. MkDocs itself swallows what is broken."""

import re
from dataclasses import dataclass
from functools import lru_cache

import yaml

from guide.problems import Fault
from guide.source.plain_yaml import NotPlainError, Path, compose_plain, to_data

#: Pages that are not taken apart again where their text is the same, as in `make serve`.
REMEMBERED = 10_000
#: Levels of lists and fields within each other that the fields of a page need.
_DEEPEST = 3

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)
#: What was probably meant as the block, where it does not begin or end as it should.
_ATTEMPT = re.compile(r"\A\s*(?:---[ \t]*\n)?(?:[A-Za-z_]+:.*\n)*(?:---[ \t]*(?:\n|\Z))?")


@dataclass(frozen=True)
class FieldValue:
    """A field's value: text, a list of texts, or None where it is something else."""

    value: str | tuple[str, ...] | None
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

    def texts(self, name: str) -> tuple[str, ...]:
        """Every text in the field."""
        return self.words(name) or tuple(filter(None, (self.text(name),)))

    def line(self, name: str) -> int:
        return self.fields[name].line if name in self.fields else 1


@lru_cache(maxsize=REMEMBERED)
def parse_front_matter(text: str) -> FrontMatter:
    """The block at the top of `text`; `end` is the offset at which the body begins."""
    block = _BLOCK.match(text)
    if not block:
        fact, hint = "the page does not begin with its front matter", "its first line is `---`"
        if text.startswith("---"):
            fact, hint = "the front matter has no closing `---`", "end the block with a line `---`"
        hint += ", then come `title:` and the other fields" if not text.startswith("---") else ""
        return FrontMatter({}, (Fault(1, fact, hint),), _ATTEMPT.match(text).end())
    fields: dict[str, FieldValue] = {}
    try:
        # The empty line in front stands for that of the dashes: lines are those of the page.
        node = compose_plain(f"\n{block['yaml']}", _DEEPEST)
    except NotPlainError as error:
        fault = error.fault
        faults = [Fault(fault.line, f"the front matter {fault.fact}", fault.hint)]
        if glued := re.search(r"(?m)^([a-z_]+):[^\s/]", block["yaml"]):
            line = 2 + block["yaml"].count("\n", 0, glued.start())
            fact = f"no space stands behind `{glued[1]}:`"
            faults = [Fault(line, fact, "write a space behind the colon")]
    else:
        faults = _read(node, fields) if node else []
    return FrontMatter(fields, tuple(faults), block.end())


def _read(node: yaml.Node, fields: dict[str, FieldValue]) -> list[Fault]:
    """Fill `fields`; what is wrong with them."""
    if not isinstance(node, yaml.MappingNode):
        return [Fault(2, "the front matter is not a list of fields", "write `title: …` and so on")]
    lines: dict[Path, int] = {}
    faults: list[Fault] = []
    for name, value in to_data(node, _text, lines, faults).items():
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        fields[name] = FieldValue(
            tuple(value) if is_list else value if isinstance(value, str) else None, lines[name,]
        )
    return faults


def _text(node: yaml.ScalarNode) -> str | None:
    """A text below `>` or `|` is one line, as any other."""
    value = " ".join(node.value.split()) if node.style in ("|", ">") else node.value
    return value if node.tag != "tag:yaml.org,2002:null" else None
