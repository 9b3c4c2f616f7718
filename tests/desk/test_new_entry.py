"""`make new`: an entry that is begun lacks nothing but the text still to write."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from guide.desk.new_entry import entry_text
from guide.rules import UNFINISHED, find_problems
from guide.source.frontmatter import parse_front_matter
from guide.source.reader import parse_page
from guide.source.schema import Collection
from guides import change, files_below, refused, run_tool
from real import SITE

NUMBERED = [collection for collection in SITE.schema.collections if collection.prefix]
TITLE = 'Who pays: "the #1" or us, {d\'où}?'


def asked(title: str = "Who pays?", **more: str) -> list[str]:
    given = {"collection": "lessons", "title": title} | more
    return ["new", *(f"--{name}={value}" for name, value in given.items())]


def begin(guide: Path, title: str = "Who pays?", **more: str) -> tuple[int, str, str]:
    return run_tool(guide, *asked(title, **more))


@pytest.mark.parametrize("collection", NUMBERED, ids=lambda collection: collection.folder)
def test_each_place_to_write_is_one_problem_and_nothing_else(collection: Collection) -> None:
    path = f"{collection.folder}/{collection.prefix.lower()}99-begun.md"
    text = entry_text(SITE.schema, collection, "Who pays?")
    page = parse_page(path, text, SITE.schema, SITE.outlines)
    # No number below 99 is missing: each is that of a page that is gone.
    ledger = tuple(f"/{collection.prefix.lower()}{number:02}/" for number in range(1, 99))
    grown = replace(SITE, ledger=ledger, pages=(*SITE.pages, page))
    told = [problem for problem in find_problems(grown) if problem.path == page.file]
    assert {problem.code for problem in told} == UNFINISHED
    to_do = [number for number, line in enumerate(text.split("\n"), 1) if "TODO:" in line]
    assert [problem.line for problem in told] == to_do
    wanted = [name for name, f in SITE.schema.fields_of(collection).items() if f.required]
    assert len(told) == len(wanted) - 1 + len(collection.sections)
    assert list(page.front.fields) == wanted
    assert [h.id for h in page.markup.headings] == [s.id for s in collection.sections]


def test_entry_is_begun_with_the_next_id(guide: Path) -> None:
    before = files_below(guide)
    status, out, err = begin(guide, f"  {TITLE}\n of them ")
    assert (status, err) == (0, "")
    (path,) = files_below(guide).keys() - before.keys()
    assert path == "docs/lessons/l03-who-pays-the-1-or-us-dou-of-them.md"
    text = (guide / path).read_text("utf-8")
    assert parse_front_matter(text).text("title") == f"{TITLE} of them"
    assert out.startswith(f"{path} is begun; it should have 3 to 40 words. Still to do:\n")
    assert "    line 3: still to write: two sentences\n" in out
    left = run_tool(guide, "check")
    assert left.err.split("\n")[0] == f"{text.count('TODO:')} problems"
    assert set(re.findall(r"(KB\d+)", left.out)) == UNFINISHED
    assert {name: raw for name, raw in files_below(guide).items() if name != path} == before


def test_written_out_it_has_no_problem(guide: Path) -> None:
    begin(guide)
    path = guide / "docs/lessons/l03-who-pays.md"
    text = path.read_text("utf-8")
    for field, value in {
        "summary": "Lunch is dear. Share it.",
        "covers": "[paper#1]",
        "themes": "[trust]",
        "stages": "[starting]",
    }.items():
        text = re.sub(rf"^{field}: .*$", f"{field}: {value}", text, flags=re.M)
    text = re.sub("TODO: what the.*", "It says no more [@smith2001, no. 1].", text)
    path.write_text(re.sub("TODO: what you.*", "Ask them.", text), "utf-8")
    status, out, err = run_tool(guide, "check")
    assert (status, out, err.split("\n")[0]) == (0, "", "0 problems")


def test_numbers_once_given_are_taken(guide: Path) -> None:
    (guide / "permalinks.txt").write_text("/l03/\n/l04/\n/lessons/l04-gone/\n/x09/\n")
    withdrawn = "---\nstatus: deprecated\nwhy: It was wrong.\n"
    change(guide / "docs/lessons/l02-power.md", "---\n", withdrawn)
    assert "docs/lessons/l05-who-pays.md is begun" in begin(guide)[1]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"collection": "lesson"}, "there is no collection `lesson`\n    hint: did you mean"),
        ({"collection": "../lessons"}, "there is no collection `../lessons`"),
        ({"collection": ""}, "there is no collection ``"),
        ({"title": " \n "}, "give the name as well"),
        ({"title": " \n ", "slug": "a"}, "`title` is empty"),
        ({"title": "A\x07b"}, "holds a sign that nobody sees"),
        ({"title": "Trust follows"}, "the title is that of `docs/lessons/l01-trust.md` too"),
        ({"title": "日本"}, "give the name as well: SLUG=a-few-words"),
    ],
)
def test_wrong_input_is_told(guide: Path, given: dict[str, str], told: str) -> None:
    err = refused(guide, *asked(**given))
    assert told in err
    assert err.endswith("Nothing was written.\n")


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("money", "l03-money"),
        ("../../My_own Näme.md", "l03-my-own-namemd"),
        ("a" * 300, "l03-" + "a" * 60),
    ],
)
def test_file_name_can_be_given(guide: Path, slug: str, name: str) -> None:
    assert f"docs/lessons/{name}.md is begun" in begin(guide, "日本", slug=slug)[1]


def test_page_named_by_a_list_needs_a_free_name(guide: Path) -> None:
    change(guide / "data/schema.yml", "    prefix: L\n", "    named_by: themes\n")
    for name in ("l01-trust.md", "l02-power.md"):
        (guide / "docs/lessons" / name).unlink()
    assert "named by none of trust, power" in begin(guide)[2]
    assert "docs/lessons/trust.md is begun" in begin(guide, slug="Trust")[1]
    assert "`trust` is taken by `docs/lessons/trust.md`" in begin(guide, "Other", slug="trust")[2]


def test_what_is_not_given_is_asked_for(guide: Path) -> None:
    done = run_tool(guide, "new", stdin=b"lessons\nWho pays?\n")
    assert "docs/lessons/l03-who-pays.md is begun" in done.out
    before = files_below(guide)
    stopped = run_tool(guide, "new", "--collection=lessons")
    assert (stopped.status, stopped.err) == (130, "Stopped: nothing was written.\n")
    assert files_below(guide) == before
