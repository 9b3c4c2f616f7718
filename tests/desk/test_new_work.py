"""`make reference`: a work goes to its place in the bibliography, or nothing is written."""

from pathlib import Path

import pytest

from guide.desk.new_work import key_for, read_entry
from guide.source.reader import read_site
from guides import change, run_tool
from real import SITE

SOUND = """\
@Book{whatever,
  Title = {Cr{\\"e}ating {C}  \\& more}, publisher = "P",
  author = {M{\\"u}ller, Zo{\\"e} and {Audit Commission}},
  year = 1996 }
"""


def add(guide: Path, bibtex: str | bytes) -> tuple[int, str, str]:
    raw = bibtex if isinstance(bibtex, bytes) else bibtex.encode("utf-8")
    return run_tool(guide, "reference", stdin=raw)


def test_work_is_put_at_the_end_and_all_other_bytes_stay(guide: Path) -> None:
    file = guide / "bibliography.bib"
    before = file.read_bytes().replace(b"\n\n@book{smith", b"\n\n\n% Sam's\n@Book {smith")
    file.write_bytes(before)
    status, out, err = add(guide, f"Here it is:\n\n{SOUND}\nGreetings")
    assert (status, err) == (0, "")
    new = (
        '@book{muller1996,\n  author = {M{\\"u}ller, Zo{\\"e} and {Audit Commission}},\n'
        '  title = {Cr{\\"e}ating {C} \\& more},\n  publisher = {P},\n  year = {1996},\n}\n'
    )
    after = file.read_bytes().decode("utf-8")
    assert after == f"{before.decode('utf-8')}\n{new}"
    line = after.count("\n", 0, after.index(new)) + 1
    assert out.startswith(f"bibliography.bib:{line}: added\n\n{new}")
    assert "Cite it with its place, as `[@muller1996, p. 5]`" in out
    left = run_tool(guide, "check")
    assert left.out == (
        f"bibliography.bib:{line}: KB225 no page cites `muller1996`\n"
        "    hint: cite it, or take it out\n"
    )


@pytest.mark.parametrize(
    ("bibtex", "told"),
    [
        ("", "this holds no work in BibTeX"),
        ("Huxham 1996", "this holds no work in BibTeX"),
        (SOUND + SOUND, "this holds 2 works"),
        (SOUND.replace("1996 }", "1996"), "`whatever` is not valid BibTeX"),
        (SOUND.replace("more},", "more}"), "line 2 of what you gave: `whatever` is not valid"),
        (SOUND.replace("Title =", "subtitle ="), "`muller1996` has no `title`"),
        (SOUND.replace("@Book", "@Books"), "unknown type `@books`"),
        (SOUND.replace("author =", "translator ="), "no key can be made"),
        (SOUND.replace("publisher", "url"), "`P` is not how `url` is written"),
        (SOUND.replace('"P"', '"<b>P</b>"'), "the field `publisher` holds markup"),
        ("@misc{a, author={Jonas, J}, title={An {Earlier} Book}, year={1990}}", "the same work as"),
        (b"\x00\x01\x02", "this is no plain text"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_written(
    guide: Path, bibtex: str | bytes, told: str
) -> None:
    change(guide / "data/schema.yml", "  book:", "  misc: [title]\n  book:")
    before = (guide / "bibliography.bib").read_bytes()
    status, out, err = add(guide, bibtex)
    assert (status, out) == (2, "")
    assert told in err
    assert err.endswith("Nothing was written.\n")
    assert "Traceback" not in err
    assert (guide / "bibliography.bib").read_bytes() == before


def test_same_doi_is_told(guide: Path) -> None:
    with_doi = SOUND.replace("publisher =", "doi = {10.1000/XYZ}, publisher =")
    assert add(guide, with_doi)[0] == 0
    again = with_doi.replace("10.1000/XYZ", "https://doi.org/10.1000/xyz").replace("more", "less")
    status, _, err = add(guide, again)
    assert status == 2
    assert "`muller1996b` is the same work as `muller1996`" in err


def test_windows_1252_and_line_ends_are_read(guide: Path) -> None:
    raw = "@book{x,\r\n author = {Müller, Z.},\r\n title = {It’s},\r\n year = 1999}".encode(
        "cp1252"
    )
    assert add(guide, raw)[0] == 0
    text = (guide / "bibliography.bib").read_bytes().decode("utf-8")
    assert "@book{muller1999,\n  author = {Müller, Z.},\n  title = {It’s},\n" in text
    assert "\r" not in text


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ("author={Huxham, C.}, title={New}, year=1997", "huxham1997"),
        ("author={Huxham, C.}, title={New}, year=1996", "huxham1996b"),
        ("author={CLG}, title={New}, year=2008", "clg2008c"),
        ("author={van der Berg, A.}, title={The New}, date={2020-05}", "vanderberg2020"),
        ("editor={{Office of Things}}, title={On {Learning}}", "officeofthings-learning"),
    ],
)
def test_key_is_in_the_form_of_the_others(fields: str, key: str) -> None:
    assert key_for(SITE, read_entry(f"@book{{x, {fields}}}")) == key


def test_key_that_was_published_is_not_given_again(guide: Path) -> None:
    (guide / "permalinks.txt").write_text("/ref/muller1996/\n")
    assert key_for(read_site(guide), read_entry(SOUND)) == "muller1996b"
