"""data/glossary.yml: what the terms of the papers mean, in our words."""

import re
from dataclasses import dataclass
from functools import cached_property

import yaml

from guide.problems import Fault
from guide.source.markup import Citation, Slip, parse_markup
from guide.source.plain_yaml import NotPlainError, compose_plain, text_of

_FIELDS = ("term", "forms", "means", "cite", "entry")


@dataclass(frozen=True)
class GlossaryTerm:
    """A term with its meaning. `forms` are lower case; `entry` is the id of an entry."""

    term: str
    forms: tuple[str, ...]
    means: str
    cite: str
    entry: str
    line: int

    @property
    def anchor(self) -> str:
        return "term-" + "-".join(re.findall(r"[a-z0-9]+", self.term.lower()))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of the definition; their lines are those of `cite` alone."""
        return parse_markup(self.cite).citations

    @cached_property
    def slips(self) -> tuple[Slip, ...]:
        return parse_markup(self.cite).slips


@dataclass(frozen=True)
class Glossary:
    """The terms in the order of the file, and what is wrong with its form."""

    terms: tuple[GlossaryTerm, ...] = ()
    faults: tuple[Fault, ...] = ()


def parse_glossary(text: str) -> Glossary:
    try:
        node = compose_plain(text)
    except NotPlainError as error:
        fault = error.fault
        return Glossary(faults=(Fault(fault.line, f"the glossary {fault.fact}", fault.hint),))
    if not isinstance(node, yaml.SequenceNode):
        return Glossary(faults=(Fault(1, "the glossary is no list of terms", "write `- term: …`"),))
    terms, faults = [], []
    for item in node.value:
        line = item.start_mark.line + 1
        fields = _fields(item)
        if set(fields) == set(_FIELDS) and all(fields.values()):
            forms = tuple(form.lower() for form in fields["forms"])
            terms.append(GlossaryTerm(**{**fields, "forms": forms}, line=line))
        else:
            hint = f"it needs {', '.join(_FIELDS)}, each once; `forms` is a list"
            faults.append(Fault(line, "a term of the glossary is not complete", hint))
    return Glossary(tuple(terms), tuple(faults))


def _fields(item: yaml.Node) -> dict[str, str | tuple[str, ...]]:
    """The item's fields: text, and a list of texts for `forms`. Empty where one is there twice."""
    if not isinstance(item, yaml.MappingNode):
        return {}
    fields: dict[str, str | tuple[str, ...]] = {}
    for key, value in item.value:
        name = text_of(key) or ""
        if name in fields:
            return {}
        if isinstance(value, yaml.SequenceNode) and name == "forms":
            forms = [text_of(form) for form in value.value]
            fields[name] = tuple(form for form in forms if form) if all(forms) else ()
        elif isinstance(value, yaml.ScalarNode) and name != "forms":
            fields[name] = text_of(value) or ""
    return fields
