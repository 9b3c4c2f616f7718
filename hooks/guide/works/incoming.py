"""Works as reference managers export them, made into BibTeX of the bibliography's own form.

pandoc reads the export, in whichever format; each field of its CSL-JSON is then written anew.
"""

import json
import re
from collections.abc import Mapping
from html import unescape

import pypandoc
from pybtex.bibtex.utils import split_name_list

from guide.problems import RefusedError
from guide.source.bibliography import parse_bibliography
from guide.works.references import CslItem

#: How each format but BibTeX and BibLaTeX begins.
_FORMATS = {"csljson": r"\s*[\[{]", "ris": r"\s*TY  -"}
#: Types by CSL type, with what publisher and container are called there; all others are `misc`.
_TYPES = {
    "article-journal": ("article", "publisher", "journal"),
    "article-magazine": ("article", "publisher", "journal"),
    "article-newspaper": ("article", "publisher", "journal"),
    "book": ("book", "publisher", "series"),
    "chapter": ("incollection", "publisher", "booktitle"),
    "paper-conference": ("inproceedings", "publisher", "booktitle"),
    "report": ("techreport", "institution", "series"),
    "thesis": ("techreport", "institution", "series"),
}
_MISC = ("misc", "publisher", "howpublished")
_FIELDS = {
    "publisher-place": "address",
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "page": "pages",
    "edition": "edition",
    "collection-title": "series",
    "DOI": "doi",
    "URL": "url",
    "ISBN": "isbn",
    "ISSN": "issn",
    "note": "note",
    "citedin": "citedin",
}
#: Types the container of which has a title of its own, and no name.
_WITHIN = ("chapter", "paper-conference")
#: What else is read of CSL.
_READ = ("id", "type", "title", "author", "editor", "issued", "status")
_READ += ("container-title", "genre", "publisher")
#: What pandoc would lose or refuse of an export, and how it reads it, in turn.
_MENDED = {
    "biblatex": {
        # From an English title pandoc takes capitals that have no braces, from a German one none.
        r"(?i)\b(?:langid|language|hyphenation)(?=\s*=)": "ignored",
        r"(?i)\bhowpublished(\s*=\s*\{)\\url\{([^{}]*)\}\}": r"url\1\2}",
        r"(@\w+\s*\{)\s*,": r"\1unnamed,",
        r"\\(['`^\"~=.])\s*(?:\{\\([ij])\}|\\([ij])\b)": r"\\\1{\2\3}",
        r"\{?\\textendash\b(?:\{\})?\}?\s*": "--",
        r"\{?\\text(?:ascii)?tilde\b(?:\{\})?\}?|\{?\\~\{\}\}?": "~",
        r"\{?\\textless\b(?:\{\})?\}?": "<",
        r"\{?\\textgreater\b(?:\{\})?\}?": ">",
        r"(?<!\\)(?:[#$](?=\d)|(?<=\d)%)": r"\\\g<0>",
        r"(=\s*)“([^”]*)”": r"\1{\2}",
    },
    "ris": {
        r"(?m)^\s+(?=[A-Z][A-Z0-9]  -)": "",
        r"\n\s*(?![A-Z][A-Z0-9]  -)(?=\S)": " ",
        r"(?m)^UR  - <.*\n": "",
        r"(?m)^(?:Y1|DA)  - *(?=\d{4})": "PY  - ",
        r"(?m)^CY  -": "PP  -",
        r"(?mi)^M3  - (?=doi|10\.)": "DO  - ",
        r"(?m)^(PY  - *\d{4})/.*": r"\1",
        r"(?m)^((?:A[U1234]|ED)  - [^,\n]+)$": r"\1,",
        r"(?m)^ER  -.*\n?": "",
        r"\nTY  -": r"\nER  - \g<0>",
        r"(?<=\S)\s*\Z": "\nER  - \n",
    },
    "csljson": {  # Types as Crossref calls them.
        '"journal-article"': '"article-journal"',
        '"(?:monograph|edited-book)"': '"book"',
        '"book-chapter"': '"chapter"',
        '"proceedings-article"': '"paper-conference"',
        '"dissertation"': '"thesis"',
        r'"name"(?=\s*:)': '"literal"',
    },
}
_ISSUE, _NUMBER = (re.compile(rf"\b{name}(?=\s*=)", re.I) for name in ("issue", "number"))
_KEY = re.compile(r"@(?!(?:comment|preamble|string)\b)\w+\s*\{[^,{}=]+,", re.I)
#: What a field is freed of, where others write it in another form than the checks ask for.
_TIDIED = {
    "doi": (r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)|\\(?=[_%&#~])|[{}]", ""),
    "url": (r"\\(?=[_%&#~])|[{}]", ""),
    "note": (r"^Cited by:? \d.*", ""),
    "pages": (r"\s*[-–—]+\s*", "--"),
    "edition": (r"(?<=\d)(?:[snrt][tdh])\b|\s*\bed(?:n|ition)?\b\.?", ""),
}
#: Names that titles have most, the capitals of which stay.
_NAMES = re.compile(
    r"\b(?:New Labour|Northern Ireland|European Union|United (?:Kingdom|States|Nations)|England"
    r"|Scotland|Wales|Ireland|Britain|London|Europe|America|English|Scottish|Welsh|Irish|British"
    r"|European|American)\b"
)
#: Words that no person has in a name, where BibTeX would see the `von` of one.
_JOINING = ("and", "at", "for", "in", "of", "on", "the", "to")


def read_works(text: str) -> list[CslItem]:
    """The works of an export as CSL-JSON, with braces in a title where a capital is to stay.

    Raises RefusedError where it cannot be read or holds no work.
    """
    form = next((name for name, start in _FORMATS.items() if re.match(start, text)), "biblatex")
    for pattern, instead in _MENDED[form].items():
        text = re.sub(pattern, instead, text)
    if not _NUMBER.search(text):  # Mendeley calls it the issue.
        text = _ISSUE.sub("number", text)
    given = parse_bibliography(text) if form == "biblatex" else ()
    for fault in (work.fault for work in given if work.fault):
        if re.search("@string|duplicate|close", fault.fact):  # Pandoc tells none, or not where.
            hint = "take one out" if "duplicate" in fault.fact else fault.hint
            raise RefusedError(fault.fact, hint)
    printed = _read(text, form)
    works = _read(_KEY.sub(r"\g<0> langid={german},", text), form)
    if not works:
        hint = "give BibTeX, BibLaTeX, RIS or CSL-JSON; a file of it as FILE=works.bib"
        raise RefusedError("this holds no work", hint)
    known = {work.key: work.fields for work in given}  # With our own field.
    for work, other in zip(works, printed, strict=True):
        _complete(work, known.get(work["id"], {}))
        for name in ("title", "container-title") if work["type"] in _WITHIN else ("title",):
            kept = other.get(name, "") if form == "biblatex" else ""
            work[name] = _braced(work.get(name, ""), set(re.findall(r"\w+", kept)))
    return works


def _complete(work: CslItem, fields: Mapping[str, str]) -> None:
    """Add what pandoc leaves out of BibTeX `fields`, or puts elsewhere."""
    work["citedin"] = fields.get("citedin", "")
    work.setdefault("page", fields.get("eid", ""))
    for role in ("author", "editor"):
        if any(name.count(",") > 2 for name in split_name_list(fields.get(role, ""))):
            work[role] = [{"family": fields[role]}]  # As it was typed, which the checks refuse.
    if not year_of(work):
        said = fields.get("year") or fields.get("date") or work.get("status", "")
        if year := re.search(r"\b(?:1[5-9]|20)\d\d", said):
            work["issued"] = {"date-parts": [[int(year[0])]]}
        else:
            work["note"] = ", ".join(filter(None, (work.get("note"), said)))
    url = re.sub("^http:", "https:", work.pop("URL", ""))
    if doi := re.search(r"//(?:dx\.)?doi\.org/(.+)", url):
        work.setdefault("DOI", doi[1])
    if "DOI" not in work:
        work["URL"] = url
    if " " in work.get("number", ""):  # "No. HC 655" is not how it is called.
        work["note"] = ", ".join(filter(None, (work.pop("number"), work.get("note"))))
    if len(re.sub(r"\W", "", work.get("ISSN", ""))) in (10, 13):  # RIS has one tag for both.
        work["ISBN"] = work.pop("ISSN")


def _as_csl(text: str) -> str:
    """What we read of a work or several; where doi.org and Crossref give many texts, the first."""

    def first(value: object) -> object:
        return value[0] if isinstance(value, list) and isinstance(value[0], str) else value

    given = json.loads(text)
    given = given.get("message", given) if isinstance(given, dict) else given
    given = given.get("items", [given]) if isinstance(given, dict) else given
    works, read = (work for work in given if isinstance(work, dict)), (*_FIELDS, *_READ)
    return json.dumps([{n: first(work[n]) for n in read if work.get(n)} for work in works])


def _read(text: str, form: str) -> list[CslItem]:
    try:
        text = _as_csl(text) if form == "csljson" else text
        return json.loads(pypandoc.convert_text(text, "csljson", form, extra_args=["--sandbox"]))
    except (RuntimeError, ValueError) as error:
        said = " ".join(str(error).rpartition("conversion: ")[2].split())
        hint = "look for a missing brace or comma"
        raise RefusedError(f"this cannot be read: {said}", hint) from None


def _braced(title: str, kept: set[str]) -> str:
    """The title with braces around words that are `kept`, abbreviations, and, if most of its
    words are small, around all that are not.
    """
    title = re.sub(r"(?<!\w)'([^']+)'(?!\w)", r"‘\1’", title)
    title = title.capitalize() if title.isupper() and " " in title else title
    kept = kept | {word for name in _NAMES.findall(title) for word in name.split()}
    long = re.findall(r"(?<=\s)[^\W\d_]{5,}", title)
    is_sentence = 2 * sum(word[0].isupper() for word in long) <= len(long)

    def braced(found: re.Match[str]) -> str:
        word, before = found[0], title[: found.start()].rstrip()
        is_capital = word[0].isupper() and before[-1:] not in ("", ":", ".", "?", "!")
        stays = word[1:] != word[1:].lower() or (is_capital and (is_sentence or word in kept))
        return f"{{{word}}}" if stays else word

    return re.sub(r"\w+", braced, title)


def year_of(work: CslItem) -> str:
    dates = work.get("issued", {}).get("date-parts") or [()]
    return str(dates[0][0]) if dates[0] else ""


def person(name: CslItem, *, is_alone: bool = True) -> str:
    """A name as BibTeX has it; one with `of` in it is an organisation that lacked its braces.

    Where it is not alone it stays so: who knows at which `and` it ends?
    """
    given, family = name.get("given", ""), name.get("family", "")
    particle = name.get("dropping-particle", name.get("non-dropping-particle", ""))
    if family.strip(".") in ("Jr", "Sr", "II", "III") and " " in given:
        given, _, last = given.rpartition(" ")
        return f"{last}, {family}, {given}"
    # A script without capitals has no initials either.
    if family.lower() == family.upper() and not family.isdigit():
        given, family = "", f"{family} {given}".strip()
    whole = " ".join(filter(None, (given, particle, family)))
    if particle in _JOINING and not is_alone:
        return whole
    is_body = particle in _JOINING or (family.count(" ") and not given and "," not in family)
    if "literal" in name or is_body:
        return f"{{{name.get('literal', whole)}}}"
    given = re.sub(r"\s*\(eds?\.?\)", "", given, flags=re.I)
    family = family.title() if given and family.isupper() else family
    return ", ".join(filter(None, (f"{particle} {family}".strip(), name.get("suffix"), given)))


def _people(work: CslItem, role: str) -> str:
    names = work.get(role, ())
    return " and ".join(person(name, is_alone=len(names) == 1) for name in names)


def entry_source(work: CslItem, key: str) -> str:
    """The work as bibliography.bib has it: a field a line, author and title first.

    What it has no use for, such as an abstract, is left out.
    """
    type, publisher, container = _TYPES.get(work["type"], _MISC)
    fields = {"author": _people(work, "author"), "title": _tidy("title", work["title"])}
    fields["editor"] = _people(work, "editor")
    for name, value in (
        (container, work.get("container-title")),
        ("note", work.get("genre") if work["type"] == "thesis" else ""),
        (publisher, work.get("publisher")),
        ("year", year_of(work)),
        *((name, work.get(csl)) for csl, name in _FIELDS.items()),
    ):
        fields[name] = ", ".join(filter(None, (fields.get(name), _tidy(name, str(value or "")))))
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{type}{{{key},\n{''.join(lines)}}}\n"


def _tidy(name: str, value: str) -> str:
    """A field in the form that the checks ask for, where other programs write another."""
    pattern, instead = _TIDIED.get(name, (r"</?\w[^<>]*>", ""))
    value = re.sub(pattern, instead, " ".join(unescape(value).split()))
    return value if name in ("doi", "url") else re.sub(r"(?<!\\)[&%$#_]", r"\\\g<0>", value)
