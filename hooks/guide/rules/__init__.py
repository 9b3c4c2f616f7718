"""The rules: one function each, named as the truth that it protects."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps
from importlib import import_module
from inspect import getdoc
from operator import attrgetter
from pkgutil import iter_modules

from guide.problems import Problem
from guide.source.model import Site

Rule = Callable[[Site], Iterable[Problem]]
#: What a rule that judges one thing after the other says of it: a fact and a hint.
Told = tuple[str, str] | None
#: The things that a rule judges: each with file and line, then what the rule is called with.
Subject = Callable[[Site], Iterable[tuple]]

#: Every rule by its code, in the order of the codes.
RULES: dict[str, Rule] = {}
#: Codes of rules: those whose problems are told alone, as nothing can be judged before they are
#: mended; those after which no page is made, as a file could do harm; those that tell of a place
#: still to write; those that tell of a file that is not what it should be, of which no other does.
FIRST, FATAL, UNFINISHED, UNREAD = set[str](), set[str](), set[str](), set[str]()
_KINDS = {"first": FIRST, "fatal": FATAL, "unfinished": UNFINISHED, "unread": UNREAD}


def rule(code: str, of: Subject | None = None, **kinds: bool) -> Callable[[Callable], Callable]:
    """Enter a function in RULES under `code`; `kinds` say what is special about it.

    It takes the site and finds its problems; with `of` it judges one thing after the other.
    """

    def enter(function: Callable) -> Callable:
        if code in RULES:
            raise ValueError(f"{code} is taken by {RULES[code].__name__}")
        RULES[code] = _judging(function, of) if of else function
        for kind in kinds:
            _KINDS[kind].add(code)
        return function

    return enter


def _judging(judge: Callable[..., Told], of: Subject) -> Rule:
    @wraps(judge)
    def judged(site: Site) -> Iterator[Problem]:
        for path, line, *given in of(site):
            if told := judge(site, *given):
                yield Problem(path, line, *told)

    return judged


def find_problems(site: Site, codes: Iterable[str] = RULES) -> list[Problem]:
    """The problems of the site that some rules or all of them find, by file, line and code.

    A line still to be written is one problem, whatever else could be said of it; of a file that
    cannot be read nothing else is said. Problems of data files come alone, as everything else
    rests on what such a file says.
    """
    unwritten = {(page.file, line) for page in site.pages for line in page.unwritten}
    found = [replace(problem, code=code) for code in codes for problem in RULES[code](site)]
    unread = {problem.path for problem in found if problem.code in UNREAD}
    problems = sorted(
        (
            problem
            for problem in found
            if problem.code in UNFINISHED or (problem.path, problem.line) not in unwritten
            if problem.path not in unread or problem.code in UNREAD
        ),
        key=attrgetter("path", "line", "code", "fact", "hint"),
    )
    if any(problem.code in FIRST for problem in problems):
        nobodys = {problem.path for problem in site.unread}
        return [problem for problem in problems if problem.code in FIRST or problem.path in nobodys]
    return problems


def truths() -> dict[str, str]:
    """What each rule protects, for the manual; its docstring is the one home of that."""
    return {code: getdoc(rule).strip() for code, rule in sorted(RULES.items())}


# Importing a family enters its rules.
for _family in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"guide.rules.{_family}")
