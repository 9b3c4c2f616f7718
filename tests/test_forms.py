"""The form on paper and as text: what e-mail does to it, and what comes back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from guide.form_reader import Form, UnreadableFormError, read_form
from guide.forms import form_text, questions
from guide.reader import read_site
from guide.schema import Collection
from guides import ROOT, copy_with_tools, files_below, run_tool

REAL = read_site(ROOT).schema
SMALL = read_site(ROOT / "tests/guide").schema
LESSON = """\
It grows out of the work that people do together, they say, and of nothing else
[@smith2001, no. 1].

> “power is uneven”
> [@smith2001, no. 2]

- one
  and a half
- two"""
ANSWERS = {
    "Title": "Who pays\nfor lunch?",
    "Summary": "Lunch is dear. Share\nit.",
    "Covers": "paper#1,\npaper#2",
    "Themes": "- Trust\n- Power",
    "Stages": "Starting",
    "Related": "",
    "The lesson": LESSON,
    "Try this": "Ask them.",
}


def filled() -> str:
    text = form_text(SMALL.collections[0])
    for name, answer in ANSWERS.items():
        assert text.count(f":: {name} ::\n") == 1
        text = text.replace(f":: {name} ::\n", f":: {name} ::\n{answer}\n")
    return text + "-- \nSam Smith\n"


def read(text: str) -> Form:
    return read_form(text.encode("utf-8"), SMALL)


EXPECTED = read(filled())


def test_answers_are_read() -> None:
    assert EXPECTED.collection.folder == "lessons"
    assert EXPECTED.fields == {
        "title": "Who pays for lunch?",
        "summary": "Lunch is dear. Share it.",
        "covers": ["paper#1", "paper#2"],
        "themes": ["trust", "power"],
        "stages": ["starting"],
        "related": [],
    }
    assert EXPECTED.sections == {
        "lesson": "It grows out of the work that people do together, they say, and of nothing else "
        "[@smith2001, no. 1].\n\n> “power is uneven”\n> [@smith2001, no. 2]\n\n"
        "- one and a half\n- two",
        "try": "Ask them.",
    }


@pytest.mark.parametrize(
    "damaged",
    [
        filled().replace("\n", "\r\n").encode("utf-8"),
        filled().replace("\n", "\r").encode("utf-8"),
        b"\xef\xbb\xbf" + filled().encode("utf-8"),
        filled().encode("cp1252"),
        filled().encode("utf-16"),
        re.sub("^", "> ", filled(), flags=re.M).encode("utf-8"),
        re.sub("^", ">> ", filled(), flags=re.M).encode("utf-8"),
        re.sub("^", "> > ", filled(), flags=re.M).encode("utf-8"),
        re.sub("^::", "   ::", filled(), flags=re.M).encode("utf-8"),
        filled()
        .replace(" ::\n", " ::   \n")
        .replace(":: ", "::\N{NO-BREAK SPACE}")
        .encode("utf-8"),
        filled().replace(":: Title ::", ":: TITLE ::").encode("utf-8"),
        filled().replace("they say, and", "they\nsay,\nand").encode("utf-8"),
        filled().replace(":: Related ::\n", "").encode("utf-8"),
        ("From: Sam\nSubject: the form\n\n" + filled().split("\n\n", 2)[2]).encode("utf-8"),
    ],
)
def test_damage_by_e_mail_changes_no_answer(damaged: bytes) -> None:
    assert read_form(damaged, SMALL) == EXPECTED


def test_answers_below_quoted_questions_are_read() -> None:
    quoted = re.sub("^(?=::)", "> ", filled().replace("> ", ""), flags=re.M)
    assert read(quoted) == read(filled().replace("> ", ""))


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        (":: Summary ::", ":: Sumary ::", "Title", "the line `:: Summary ::` is missing"),
        (":: Summary ::", ":: Sumary ::", "Sumary", "`:: Sumary ::` is no line of this form"),
        (":: Try this ::", "Try this", "The lesson", "the line `:: Try this ::` is missing"),
        (":: Themes ::", ":: Title ::", "Title", "the line `:: Title ::` stands twice"),
        (":: Collection ::", "Collection", "", "the line `:: Collection ::` is missing"),
        ("\nlessons\n", "\nlesson\n", "Collection", "there is no collection `lesson`"),
        (ANSWERS["Title"], "", "Title", "there is no title"),
    ],
)
def test_missing_and_unknown_questions_are_told_with_their_line(
    old: str, new: str, line: str, told: str
) -> None:
    text = filled()
    assert text.count(old) == 1
    text = text.replace(old, new)
    with pytest.raises(UnreadableFormError) as raised:
        read(text)
    lines = text.split("\n")
    asked = [number for number, one in enumerate(lines, 1) if one == f":: {line} ::"] or [1]
    assert [fault.line for fault in raised.value.faults if told in fault.fact] == [asked[-1]]
    assert all(fault.hint for fault in raised.value.faults)


@pytest.mark.parametrize("collection", REAL.collections, ids=lambda collection: collection.folder)
def test_form_asks_what_the_schema_wants(collection: Collection) -> None:
    asked = list(questions(collection).values())
    assert [field for field in asked if field in collection.fields] == [
        field for field in collection.fields if not field.later
    ]
    assert asked[-len(collection.sections) :] == list(collection.sections)
    text = form_text(collection)
    assert max(map(len, text.split("\n"))) <= 72, "e-mail would wrap it"
    form = read_form(text.replace(":: Title ::\n", ":: Title ::\nNew").encode("utf-8"), REAL)
    assert form.collection is collection
    assert form.sections == dict.fromkeys((section.id for section in collection.sections), "")


def test_form_becomes_an_entry(tmp_path: Path) -> None:
    guide = copy_with_tools(tmp_path)
    (guide / "back.txt").write_bytes(filled().encode("cp1252"))
    status, out, err = run_tool(guide, "new", "--form=back.txt")
    assert (status, err) == (0, "")
    assert out.startswith("docs/lessons/l03-who-pays-for-lunch.md is begun")
    entry = (guide / "docs/lessons/l03-who-pays-for-lunch.md").read_text("utf-8")
    assert entry.startswith(
        "---\ntitle: Who pays for lunch?\nsummary: Lunch is dear. Share it.\n"
        "covers: [paper#1, paper#2]\nthemes: [trust, power]\nstages: [starting]\n---\n\n"
        "## The lesson { #lesson }\n\nIt grows"
    )
    assert run_tool(guide, "check") == (0, "", "0 problems\n")


def test_what_a_form_leaves_open_is_told(tmp_path: Path) -> None:
    guide = copy_with_tools(tmp_path)
    text = filled().replace("- Trust\n", "- Thrust\n").replace("Ask them.", "")
    (guide / "back.txt").write_text(text, "utf-8")
    out = run_tool(guide, "new", "--form=back.txt", "--slug=lunch").out
    assert out.startswith("docs/lessons/l03-lunch.md is begun")
    assert "line 5: `thrust` is no value of `themes` (did you mean `trust`?)" in out
    assert "still to write: what you add to the sources" in out


def test_unreadable_form_writes_nothing(tmp_path: Path) -> None:
    guide = copy_with_tools(tmp_path)
    for raw, told in (
        (b"PK\x03\x04\x00\x00", "this is no plain text"),
        (filled().replace("Try this", "Try that").encode("utf-8"), "back.txt:"),
    ):
        (guide / "back.txt").write_bytes(raw)
        before = files_below(guide)
        status, out, err = run_tool(guide, "new", "--form=back.txt")
        assert status == 1
        assert told in out + err
        assert "Traceback" not in err
        assert err.endswith("Nothing was written.\n")
        assert files_below(guide) == before


def test_form_prints_on_one_sheet(browser: Browser, address: str, built: Path) -> None:
    tab = browser.new_page()
    tab.goto(f"{address}/form/")
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "15mm")
    sheet = tab.pdf(format="A4", margin=margin)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    # Each collection's text form is there to be downloaded.
    links = tab.locator("a[href$='.txt']").evaluate_all("links => links.map(link => link.href)")
    assert [link.removeprefix(address) for link in links] == [
        f"/forms/{collection.folder}.txt" for collection in REAL.collections
    ]
    for collection in REAL.collections:
        assert (built / f"forms/{collection.folder}.txt").read_text("utf-8") == form_text(
            collection
        )
