"""The bibliography as a librarian would accept it, and as a browser can bear it."""

import json
from pathlib import Path

import pytest
import rispy
from pybtex.database import parse_string

from guide.files.assets import reference_downloads
from guide.source.bibliography import parse_bibliography
from guide.works.references import format_references
from guides import ROOT

WORKS = parse_bibliography(Path(__file__).with_name("works.bib").read_text("utf-8"))
REFERENCES = format_references(WORKS, ROOT)


def test_references_are_in_harvard_form_and_order() -> None:
    assert REFERENCES["ashton1998"].html == (
        "Ashton, L., 1998. Ageing well. <em>In</em>: Scriven, A., ed. "
        "<em>Alliances in health</em>. London: Macmillan, 110–119."
    )
    assert REFERENCES["undated"].label == "Bath Consultancy Group n.d."
    assert list(REFERENCES) == ["ashton1998", "undated", "goedel1931", "scott1997"]


def test_accents_and_signs_come_out_right_and_inject_nothing() -> None:
    reference = REFERENCES["goedel1931"]
    # Text, which is escaped where it is shown.
    assert reference.label == "Gödel and Smith & Sons <b> 1931"
    assert "Études &lt;script&gt;alert(‘x’)&lt;/script&gt; &amp; 50% of “quotes”" in reference.html
    assert reference.note == "Given as 1930 & 1931."
    assert all("<script" not in r.html and '"javascript' not in r.html for r in REFERENCES.values())


def test_ris_reads_back() -> None:
    (record,) = rispy.loads(REFERENCES["ashton1998"].ris)
    assert record["type_of_reference"] == "CHAP"
    assert (record["authors"], record["secondary_authors"]) == (["Ashton, L."], ["Scriven, A."])
    assert (record["start_page"], record["end_page"], record["year"]) == ("110", "119", "1998")
    (record,) = rispy.loads(REFERENCES["goedel1931"].ris)
    assert record["notes"] == ["Given as 1930 & 1931."]


def test_reference_managers_get_a_doi_and_no_words_of_the_editors_for_a_title() -> None:
    fields = "author = {Armstrong and others}, title = {[Title not given]}, doi = {10.1000/182}"
    works = parse_bibliography(f"@misc{{a2006, {fields}, note = {{Seen.}}, year = {{2006}}}}")
    reference = format_references(works, ROOT)["a2006"]
    (record,) = rispy.loads(reference.ris)
    assert (record["doi"], record["year"]) == ("10.1000/182", "2006")
    assert record["authors"] == ["Armstrong"]
    assert "title" not in record
    assert record["notes"] == ["Seen. [Title not given] [And others]"]
    (item,) = json.loads(reference.csl_json)
    assert (item["type"], item["DOI"], "title" in item) == ("document", "10.1000/182", False)
    assert '<a href="https://doi.org/10.1000/182">' in reference.html
    assert "Armstrong and others, 2006. [Title not given]" in reference.text


def test_bibtex_and_csl_json_read_back() -> None:
    entries = parse_string(REFERENCES["scott1997"].bibtex, "bibtex").entries
    assert entries["scott1997"].fields["pages"] == "416--420"
    (item,) = json.loads(REFERENCES["scott1997"].csl_json)
    assert (item["id"], item["volume"], item["issue"]) == ("scott1997", "88", "6")


@pytest.mark.parametrize("last", [True, False])
def test_bibtex_is_what_was_written_without_what_is_ours(last: bool) -> None:
    fields = ["  title = {50\\% of {The} Whole},", "  citedin = {smith2001, scott1997},"]
    rows = ["@book{a1990,", *(fields if last else fields[::-1]), "}"]
    (work,) = parse_bibliography("\n".join(["% Before.", *rows, "% After.", ""]))
    assert work.bibtex == "@book{a1990,\n  title = {50\\% of {The} Whole},\n}\n"
    inline = '@book{a1990, citedin = "smith2001", title = {T}, year = {1990}}'
    (work,) = parse_bibliography(inline)
    assert work.bibtex == "@book{a1990, title = {T}, year = {1990}}\n"


def test_whole_bibliography_reads_back() -> None:
    files, keys = reference_downloads(REFERENCES), set(REFERENCES)
    assert {item["id"] for item in json.loads(files["references.json"])} == keys
    assert set(parse_string(files["references.bib"], "bibtex").entries) == keys
    assert {record["id"] for record in rispy.loads(files["references.ris"])} == keys


def test_work_that_does_not_parse_is_left_out() -> None:
    broken = parse_bibliography("@book{a1990,\n  title = {Open,\n}\n")
    assert broken[0].fault
    assert format_references(broken, ROOT) == {}
