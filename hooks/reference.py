"""A work for the bibliography: `python hooks/reference.py`, with BibTeX on standard input.

Asks for its fields on a terminal. Exits with 1, and writes nothing, where the work cannot
be taken as it is.
"""

import re
import sys
from pathlib import Path

from guide.desk.incoming import decode_incoming
from guide.nearest import did_you_mean
from guide.desk.new_work import UNCITED, UNLISTED, add_work, entry_source, key_for, read_entry
from guide.problems import RefusedError
from guide.source.reader import BIBLIOGRAPHY, read_site
from guide.source.schema import Schema
from guide.desk.terminal import ask

ROOT = Path(__file__).resolve().parent.parent


def ask_for_work(schema: Schema) -> str:
    """The BibTeX of a work, from answers at the terminal."""

    def known_type(answer: str) -> str:
        if answer not in schema.work_fields:
            hint = did_you_mean(answer, schema.work_fields) or "one of the types above"
            raise RefusedError(f"there is no type `{answer}`", hint)
        return answer

    print(f"The types of work: {', '.join(schema.work_fields)}")
    kind = ask("Type", known_type)
    print("Names as `Huxham, Chris`, several with ` and ` between; an organisation in braces,")
    print("as `{Audit Commission}`.")
    fields = {}
    for wanted in schema.work_fields[kind]:
        *before, last = wanted.split("/")
        for name in before:
            fields[name] = ask(f"{name} (may be empty)", field_text)
        if not any(fields.get(name) for name in before):
            fields[last] = ask(last, required_text)
    fields["year"] = ask("year (may be empty)", field_text)
    while name := ask("another field, such as publisher (empty to end)", field_name):
        fields[name] = ask(name, required_text)
    lines = [f"{name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{new,\n{''.join(lines)}}}\n"


def field_name(answer: str) -> str:
    if not re.fullmatch("[a-z]*", answer):
        raise RefusedError(f"`{answer}` is no name of a field", "small letters only, as `note`")
    return answer


def field_text(answer: str) -> str:
    if answer.count("{") != answer.count("}"):
        raise RefusedError("a brace has no partner", "write as many `}` as `{`")
    if re.match("https?://", answer):
        return answer
    return re.sub(r"(?<!\\)([&%$#])", r"\\\1", answer)


def required_text(answer: str) -> str:
    if not answer:
        raise RefusedError("this field is needed", "type it, or press Ctrl-C to leave")
    return field_text(answer)


def add(bibtex: str) -> None:
    """Put the work in its place in the bibliography; all other bytes stay."""
    site = read_site(ROOT)
    entry = read_entry(bibtex)
    key = key_for(site, entry)
    source = entry_source(site, entry, key)
    text = site.raw[BIBLIOGRAPHY].decode("utf-8", "surrogateescape")
    grown, problems = add_work(site, text, key, source)
    for problem in problems:
        if problem.code not in (UNCITED, UNLISTED):
            raise RefusedError(problem.fact, problem.hint)
    (ROOT / BIBLIOGRAPHY).write_bytes(grown.encode("utf-8", "surrogateescape"))
    line = grown.count("\n", 0, grown.index(source)) + 1
    print(f"{BIBLIOGRAPHY}:{line}: added\n\n{source}\nCite it with its place, as `[@{key}, p. 5]`.")
    codes = {problem.code for problem in problems}
    if UNLISTED in codes:
        print("Then run `make permalinks`, so that the link to it lasts.")
    if UNCITED in codes:
        print(f"Until a page does, `make check` tells you that none does ({UNCITED}).")


def main() -> int:
    try:
        if sys.stdin.isatty():
            add(ask_for_work(read_site(ROOT).schema))
        else:
            add(decode_incoming(sys.stdin.buffer.read()))
    except RefusedError as refused:
        print(f"{refused}\nNothing was written.", file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nNothing was written.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
