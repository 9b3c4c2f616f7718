"""`make reference`: works go to their place in the bibliography, or nothing is written."""

import json
import re
from pathlib import Path

import pypandoc
import pytest
import yaml

from guide.desk.new_work import key_for
from guide.source.reader import STYLE, read_site
from guide.works.incoming import entry_source, read_works
from guides import ROOT, refused, run_tool
from real import SITE

EXPORTS = Path(__file__).with_name("exports")
CHANGED = yaml.safe_load(Path(__file__).with_name("works.yml").read_text("utf-8"))
ZOE = 'M{\\"u}ller, Zo{\\"e}'
SOUND = """\
@Book{whatever,
  Title = {Cr{\\"e}ating {C}  \\& more}, publisher = "P",
  author = {M{\\"u}ller, Zo{\\"e} and {Audit Commission}},
  year = 1996 }
"""
#: The work of all exports, as CSL-JSON has it.
HUXHAM = {
    "type": "article-journal",
    "title": "leadership in the shaping and implementation of collaboration agendas: "
    "how things happen in a (not quite) joined-up world",
    "author": [("Huxham", "C"), ("Vangen", "S")],
    "container-title": "Academy of Management Journal",
    "issued": 2000,
    "volume": "43",
    "issue": "6",
    "page": "1159-1175",
    "DOI": "10.2307/1556343",
}


@pytest.fixture
def guide(guide: Path) -> Path:
    """The small guide with the style and the fields of works that the real one has."""
    (guide / STYLE).write_bytes((ROOT / STYLE).read_bytes())
    schema, fields = guide / "data/schema.yml", r"(?ms)^work_fields:.*?^plain_acronyms"
    (ours,) = re.findall(fields, (ROOT / "data/schema.yml").read_text("utf-8"))
    schema.write_text(re.sub(fields, ours, schema.read_text("utf-8")), "utf-8")
    return guide


def add(guide: Path, export: str) -> tuple[int, str, str]:
    return run_tool(guide, "reference", stdin=export.encode("utf-8"))


def added(guide: Path, export: str) -> str:
    """What an export puts at the end of the bibliography."""
    file = guide / "bibliography.bib"
    before = file.read_text("utf-8")
    status, _, err = add(guide, export)
    assert (status, err) == (0, "")
    return file.read_text("utf-8").removeprefix(before.rstrip()).strip()


def test_work_is_put_at_the_end_and_all_other_bytes_stay(guide: Path) -> None:
    file = guide / "bibliography.bib"
    before = file.read_bytes().replace(b"\n\n@book{smith", b"\n\n\n% Sam's\n@Book {smith")
    file.write_bytes(before)
    status, out, err = add(guide, f"Here it is:\n\n{SOUND}\nGreetings")
    assert (status, err) == (0, "")
    new = (
        "@book{muller1996,\n  author = {Müller, Zoë and {Audit Commission}},\n"
        "  title = {Crëating {C} \\& more},\n  publisher = {P},\n  year = {1996},\n}\n"
    )
    after = file.read_bytes().decode("utf-8")
    assert after == f"{before.decode('utf-8')}\n{new}"
    line = after.count("\n", 0, after.index(new)) + 1
    assert out.startswith(f"bibliography.bib:{line}: added\n\n{new}\nIt is printed as: Müller, Z.")
    left = run_tool(guide, "check")
    assert left.out == (
        f"bibliography.bib:{line}: KB225 no page cites `muller1996`\n"
        "    hint: cite it, or take it out\n"
    )


@pytest.mark.parametrize("file", sorted(EXPORTS.iterdir()), ids=lambda file: file.name)
def test_export_of_a_reference_manager_comes_out_as_it_went_in(file: Path, guide: Path) -> None:
    source = added(guide, file.read_text("utf-8"))
    (work,) = json.loads(pypandoc.convert_text(source, "csljson", format="bibtex"))
    work["title"] = re.sub("- (?=up)", "-", work["title"].lower()).rstrip(".")
    work["author"] = [(name["family"], name["given"][0]) for name in work["author"]]
    work["issued"] = work["issued"]["date-parts"][0][0]
    assert {name: work.get(name) for name in HUXHAM} == HUXHAM


@pytest.mark.parametrize(("export", "holds"), CHANGED["fields"].items())
def test_field_is_put_into_its_form(guide: Path, export: str, holds: list[str]) -> None:
    source = added(guide, f"{export}, author={{Able, A.}}, title={{One}}}}")
    assert [part for part in holds if part not in source] == []


@pytest.mark.parametrize(("title", "becomes"), CHANGED["titles"].items())
def test_capital_that_a_title_has_for_a_reason_stays(title: str, becomes: str) -> None:
    assert read_works(f"@book{{x, title={{{title}}}, langid={{english}}}}")[0]["title"] == becomes


@pytest.mark.parametrize(("name", "becomes"), CHANGED["names"].items())
def test_name_is_that_of_a_person_or_of_an_organisation(name: str, becomes: str) -> None:
    work = read_works(f"@book{{x, author={{{name}}}, title={{One}}}}")[0]
    assert f"author = {{{becomes}}}," in entry_source(work, "x")


def test_ris_without_ends_is_read_work_by_work() -> None:
    ris = "TY  - BOOK\nAU  - The King's Fund\nTI  - One\n  and more\nDA  - 2004/03/01/\n"
    ris += "CY  - Leeds\n"
    ris += "UR  - https://doi.org/10.1/a\nSN  - 978-0-14-028019-7\nTY  - BOOK\nTI  - Two"
    first, second = (entry_source(work, "x") for work in read_works(ris))
    assert first == (
        "@book{x,\n  author = {{The King's Fund}},\n  title = {One and more},\n  year = {2004},\n"
        "  address = {Leeds},\n  doi = {10.1/a},\n  isbn = {978-0-14-028019-7},\n}\n"
    )
    assert second == "@book{x,\n  title = {Two},\n}\n"


@pytest.mark.parametrize(
    "export",
    [
        '{"id": "x", "type": "book", "title": "One", "ISBN": ["1"], "subject": [], "event": {}}',
        '{"message": {"items": [{"id": "x", "type": "monograph", "title": ["One", "Eins"]}]}}',
    ],
)
def test_works_as_doi_org_and_crossref_give_them_are_read(export: str) -> None:
    (work,) = read_works(export)
    assert entry_source(work, "x").startswith("@book{x,\n  title = {One},\n")


@pytest.mark.parametrize(
    ("export", "line"),
    [
        ("TY  - BOOK\n  TI  - One\n\n\nTY  - BOOK\nTI  - Two", "title = {One}"),
        ("TY  - JOUR\nAB  - This.\n\nAnd that.\nJO  - Q\nTI  - One", "journal = {Q}"),
        ("TY  - JOUR\nTI  - The <i>Compact</i> &amp; after", "title = {The {Compact} \\& after}"),
        ("TY  - BOOK\nTI  - A 'good' end\nUR  - <Go to ISI>://WOS:1", "title = {A ‘good’ end}"),
        ("@misc{x, title={A}, url={http://a.example/1}}", "url = {https://a.example/1}"),
        ("@book{x, title={A}, author={{6}, Perri}}", "author = {6, Perri}"),
        ("@techreport{x, title={A}, number={{HC} 655}}", "note = {HC 655}"),
        (
            "@incollection{x, title={A}, booktitle={The {Oxford} Book}}",
            "booktitle = {The {Oxford} Book}",
        ),
    ],
)
def test_what_programs_write_in_their_own_way_is_mended(export: str, line: str) -> None:
    assert f"  {line},\n" in entry_source(read_works(export)[0], "x")


def test_doi_stands_for_other_addresses_and_counts_are_no_note() -> None:
    fields = "doi={10.1/a}, url={https://www.scopus.com/inward/x}, note={Cited by: 4381; Open}"
    (work,) = read_works(f"@article{{x, title={{A}}, {fields}}}")
    assert entry_source(work, "x") == "@article{x,\n  title = {A},\n  doi = {10.1/a},\n}\n"


def test_organisation_is_an_author_in_crossref_too() -> None:
    (work,) = read_works('[{"id": "x", "title": "One", "author": [{"name": "Audit Office"}]}]')
    assert work["author"] == [{"literal": "Audit Office"}]


@pytest.mark.parametrize(
    ("export", "told"),
    [
        ("", "this holds no work"),
        ("Huxham 1996", "this holds no work"),
        ("<xml/>", "RIS or CSL-JSON"),
        ("[{]", "this cannot be read"),
        ("[1]", "this holds no work"),
        (SOUND.replace("1996 }", "1996"), "`whatever` is not valid BibTeX: a brace"),
        (SOUND.replace(ZOE, "Department of Health"), "without its braces"),
        (SOUND.replace(ZOE, "Social Ombudsman"), "without its braces"),
        (SOUND.replace(ZOE, "England, NHS"), "without its braces"),
        (SOUND.replace(ZOE, "Huxham, C., Vangen, S."), "more commas than a name"),
        (SOUND.replace("year", "url = {https://safelinks.example.com/?url=a}, year"), "`url`"),
        (SOUND.replace("Title =", "subtitle ="), "`muller1996` has no `title`"),
        (SOUND.replace("author =", "translator ="), "`whatever` has no `author` or `editor`"),
        ("@book{Война, author={Толстой, Л.}, title={Мир}}", "it has no author or editor"),
        (SOUND.replace("publisher", "url"), "`P` is not how `url` is written"),
        ("@misc{a, author={Jonas, J}, title={An {Earlier} Book}, year={1990}}", "the same work as"),
        (SOUND.replace("1996", "then"), "`then` is neither in braces nor the name of a `@string`"),
        ("\x00\x01\x02", "this is no plain text"),
    ],
)
def test_what_cannot_be_taken_is_told(guide: Path, export: str, told: str) -> None:
    err = refused(guide, "reference", stdin=export.encode("utf-8"))
    assert told in err
    assert err.endswith("Nothing was written.\n")


def test_of_several_works_the_sound_ones_are_taken(guide: Path) -> None:
    """A brace that does not close is fatal, and hides no other fault."""
    work = {"type": "book", "author": [{"family": "Able", "given": "A."}]}
    works = [
        work | {"id": f"able{year}", "issued": {"date-parts": [[year]]}, "title": title, "URL": url}
        for year, title, url in (
            (1991, "Sound", "https://example.org/"),
            (1992, "A { brace", "https://example.org/"),
            (1993, "Near", "https://localhost/"),
        )
    ]
    nameless = {"id": "Война", "type": "book", "title": "Мир", "author": [{"literal": "Толстой"}]}
    status, out, err = add(guide, json.dumps([*works, nameless]))
    assert status == 1
    assert "@book{able1991," in out
    assert "able1992: `able1992` is not valid BibTeX" in err
    assert "able1993: `https://localhost/` is not how `url` is written" in err
    assert "Война: it has no author or editor" in err
    after = (guide / "bibliography.bib").read_text("utf-8")
    assert re.findall(r"able199\d", after) == ["able1991"]


def test_same_doi_is_told(guide: Path) -> None:
    with_doi = SOUND.replace("publisher =", "doi = {10.1000/XYZ}, publisher =")
    assert add(guide, with_doi)[0] == 0
    again = with_doi.replace("10.1000/XYZ", "https://doi.org/10.1000/xyz").replace("more", "less")
    told = "`muller1996b` is the same work as `muller1996`"
    assert told in refused(guide, "reference", stdin=again.encode("utf-8"))


def test_windows_1252_and_line_ends_are_read(guide: Path) -> None:
    work = "@book{x,\r\n author = {Müller, Z.},\r\n title = {It’s},\r\n year = 1999}"
    assert run_tool(guide, "reference", stdin=work.encode("cp1252")).status == 0
    text = (guide / "bibliography.bib").read_bytes().decode("utf-8")
    assert "@book{muller1999,\n  author = {Müller, Z.},\n  title = {It’s},\n" in text
    assert "\r" not in text


@pytest.mark.parametrize(("fields", "key"), CHANGED["keys"].items())
def test_key_is_in_the_form_of_the_others(fields: str, key: str) -> None:
    assert key_for(SITE, read_works(f"@book{{{fields}}}")[0]) == key


def test_key_that_was_published_is_not_given_again(guide: Path) -> None:
    (guide / "permalinks.txt").write_text("/ref/muller1996/\n")
    assert key_for(read_site(guide), read_works(SOUND)[0]) == "muller1996b"
