"""data/glossary.yml: what the terms of the papers mean, in our words."""

import re
from functools import cached_property
from typing import Annotated

from pydantic import StringConstraints

from guide.source.documents import LINED, shape
from guide.source.markup import Citation, Slip, parse_markup

_Text = Annotated[str, StringConstraints(min_length=1)]
_Form = Annotated[str, StringConstraints(min_length=1, to_lower=True)]


@shape
class GlossaryTerm:
    """A term with its meaning. `forms` are lower case; `entry` is the id of an entry."""

    term: _Text
    forms: tuple[_Form, ...]
    means: _Text
    cite: _Text
    entry: _Text
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


Glossary = tuple[Annotated[GlossaryTerm, LINED], ...]
