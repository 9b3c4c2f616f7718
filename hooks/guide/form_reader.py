"""A form that came back, by e-mail or typed in: what it answers, or what is wrong with it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import dedent

from guide.forms import COLLECTION, END, questions
from guide.incoming import decode_incoming
from guide.markup import begins_block
from guide.nearest import did_you_mean
from guide.new_entry import collection_named
from guide.problems import Fault, RefusedError
from guide.schema import Collection, Field, Schema, Section

_QUESTION = re.compile(r"(?P<quoted>[ >]*)::[ ]*(?P<name>[^: ](?:[^:]*[^: ])?)[ ]*::[ ]*")
_BULLET = re.compile(r"(?:[-*+•][ ]+|\d+[.)][ ]+)")


@dataclass(frozen=True)
class Form:
    """The answers: fields by name, sections by id, without what was left empty."""

    collection: Collection
    fields: dict[str, str | list[str]]
    sections: dict[str, str]


class UnreadableFormError(ValueError):
    """The form cannot be read; `faults` say why, each with its line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__("the form cannot be read")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class _Answer:
    """What stands below a question; `line` is the question's."""

    question: str
    line: int
    lines: tuple[str, ...]


def read_form(raw: bytes, schema: Schema) -> Form:
    """Raises UnreadableFormError where a question is missing, unknown or asked twice."""
    answers = _answers(decode_incoming(raw))
    collection = _collection(answers, schema)
    asked = {name.casefold(): (name, about) for name, about in questions(collection).items()}
    given: dict[str, _Answer] = {}
    faults = []
    for answer in answers:
        name = answer.question.casefold()
        if name in given:
            fact = f"the line `:: {answer.question} ::` stands twice"
            first = given[name].line
            faults.append(Fault(answer.line, fact, f"it already stands in line {first}"))
        elif name not in asked and name != COLLECTION.casefold():
            known = [shown for shown, _ in asked.values()]
            hint = did_you_mean(answer.question, known) or f"the form asks: {', '.join(known)}"
            fact = f"`:: {answer.question} ::` is no line of this form"
            faults.append(Fault(answer.line, fact, hint))
        given.setdefault(name, answer)
    faults += _missing(asked, given)
    if faults:
        raise UnreadableFormError(sorted(faults))
    fields, sections = {}, {}
    for name, (_, about) in asked.items():
        lines = given[name].lines if name in given else ()
        if isinstance(about, Field):
            fields[about.name] = _text(lines) if about.is_text else _list(lines, about)
        else:
            sections[about.id] = _paragraphs(lines)
    if not fields["title"]:
        fault = Fault(given["title"].line, "there is no title", "every page begins with one")
        raise UnreadableFormError([fault])
    return Form(collection, fields, sections)


def _answers(text: str) -> list[_Answer]:
    """The answers in their order, without the marks that e-mail puts before quoted lines."""
    answers: list[_Answer] = []
    lines = text.split("\n")
    starts = [(n, found) for n, line in enumerate(lines) if (found := _QUESTION.fullmatch(line))]
    ends = [n for n, _ in starts[1:]] + [len(lines)]
    for (start, found), end in zip(starts, ends, strict=True):
        if found["name"].casefold() == END.casefold():
            break
        marks = re.compile(rf"(?:[ ]*>[ ]?){{0,{found['quoted'].count('>')}}}")
        below = tuple(marks.sub("", line, count=1) for line in lines[start + 1 : end])
        answers.append(_Answer(" ".join(found["name"].split()), start + 1, below))
    return answers


def _collection(answers: list[_Answer], schema: Schema) -> Collection:
    for answer in answers:
        if answer.question.casefold() == COLLECTION.casefold():
            try:
                return collection_named(schema, _text(answer.lines))
            except RefusedError as refused:
                fault = Fault(answer.line, refused.fact, refused.hint)
                raise UnreadableFormError([fault]) from refused
    known = ", ".join(collection.folder for collection in schema.collections)
    hint = f"write `:: {COLLECTION} ::` above the other questions, and below it one of {known}"
    raise UnreadableFormError([Fault(1, f"the line `:: {COLLECTION} ::` is missing", hint)])


def _missing(
    asked: dict[str, tuple[str, Field | Section]], given: dict[str, _Answer]
) -> list[Fault]:
    """The questions that are gone, each at the line of the question that stood before it."""
    faults, line = [], given[COLLECTION.casefold()].line
    for name, (shown, about) in asked.items():
        line = given[name].line if name in given else line
        if name not in given and not (isinstance(about, Field) and not about.required):
            hint = "put it back after this one; below it may stand nothing"
            faults.append(Fault(line, f"after this, the line `:: {shown} ::` is missing", hint))
    return faults


def _text(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())


def _list(lines: Iterable[str], field: Field) -> list[str]:
    """Items with commas between them, or one on each line."""
    whole = _text(lines)
    items = re.split("[,;]", whole) if re.search("[,;]", whole) else lines
    plain = (_BULLET.sub("", item.strip(), count=1).strip(" .") for item in items)
    return [item.casefold() if field.terms else item for item in plain if item]


def _paragraphs(lines: Iterable[str]) -> str:
    """The text with each paragraph and each item of a list in one line again."""
    joined: list[str] = []
    for line in dedent("\n".join(lines)).split("\n"):
        goes_on = bool(joined and joined[-1] and line.strip() and not begins_block(line))
        if goes_on:
            joined[-1] += " " + line.strip()
        else:
            joined.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(joined)).strip()
