"""Whatever a contributor sends, the checks end soon, without a traceback, and lose no page."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.links.backlinks import backlinks
from guide.pages.markdown_extension import GuideExtension
from guide.problems import Problem
from guide.rules import find_problems
from guide.source.harmless import clean
from guide.source.model import Site
from guide.source.reader import read_site
from guides import SMALL_GUIDE, copy_small_guide

#: Seconds of computing for one file, to read and check it, and again to render it.
BOUND = 2
MKDOCS_OWN = ["toc", "tables", "fenced_code", "attr_list"]
HEAD = "---\ntitle: A guide\nsummary: It is small. Read it.\n---\n\n"
PAGE, ENTRY = "docs/index.md", "docs/lessons/l01-trust.md"
GLOSSARY, OUTLINE = "data/glossary.yml", "data/outlines/paper.yml"
SCHEMA, SETTINGS, LICENCES = "data/schema.yml", "mkdocs.yml", "data/licences.yml"
BIBLIOGRAPHY, LEDGER, DRAWING = "bibliography.bib", "permalinks.txt", "docs/assets/circles.svg"
FILES = (PAGE, ENTRY, BIBLIOGRAPHY, GLOSSARY, OUTLINE, LEDGER, DRAWING, SCHEMA, SETTINGS)

repeatable = settings(
    derandomize=True,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def bounded() -> Iterator[None]:
    """Fails where what it holds takes longer than BOUND."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"not done within {BOUND} seconds")

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, BOUND)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_small_guide(tmp_path_factory.mktemp("fuzz") / "guide")


def check(root: Path, path: str, content: str | bytes) -> tuple[Site, list[Problem]]:
    """The small guide with one file replaced, and its problems."""
    file, before = root / path, (SMALL_GUIDE / path).read_bytes()
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    try:
        with bounded():
            site = read_site(root)
            problems = find_problems(site)
            for problem in problems:
                assert problem.line >= 1
                assert problem.as_text().count("\n") <= 1
                assert problem.as_annotation().isprintable()
    finally:
        file.write_bytes(before)
    if site.schema.fields:  # Without a sound schema nothing else is read.
        assert len(site.pages) == len(list(SMALL_GUIDE.rglob("*.md")))
    return site, problems


def render(site: Site, path: str) -> str:
    extension = GuideExtension(site, {})
    body = site.page[path].body
    extension.page = path
    with bounded():
        backlinks(site)
        return markdown.markdown(body, extensions=[*MKDOCS_OWN, extension])


DEEP, HUGE = "[" * 30_000, "9" * 9_000
MANY_NAMES = "@book{smith2001, author = {" + "A and " * 20_000 + "}}"
ENTITIES = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
ALIASES = "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(40))
HARD = {
    **{f"{path} not UTF-8": (path, b"caf\xe9", "KB100") for path in FILES},
    "not UTF-8 below a head": (PAGE, HEAD.encode() + b"caf\xe9", "KB100"),
    "UTF-16": (PAGE, (HEAD + "words").encode("utf-16"), "KB100"),
    "second mark of byte order": (PAGE, "\ufeff\ufeff" + HEAD, "KB100"),
    "lone surrogate": (PAGE, HEAD.encode() + b"\xed\xa0\x80", "KB100"),
    "NUL": (PAGE, HEAD + "a\0b", "KB100"),
    "escape": (PAGE, HEAD + "\x1b[2J", "KB100"),
    "line separator": (PAGE, HEAD + "a\u2028b", "KB100"),
    "turned order": (PAGE, HEAD + "a \u202egnp.exe", "KB100"),
    "empty file": (PAGE, "", "KB101"),
    "ten megabytes in a line": (PAGE, HEAD + "a" * 10_000_000, "KB100"),
    "long bibliography": (BIBLIOGRAPHY, "@book{a,\n" * 300_000, "KB100"),
    "long ledger": (LEDGER, "/a/\n" * 300_000, "KB100"),
    "ledger without its last line end": (LEDGER, "/lessons/\n/x/", "KB601"),
    "deep front matter": (PAGE, f"---\ntitle: {DEEP[:9_000]}\n---\n", "KB101"),
    "deep block front matter": (PAGE, "---\n" + "- " * 9_000 + "\n---\n", "KB101"),
    "aliases that multiply": (PAGE, f"---\n{ALIASES}---\n", "KB101"),
    "alias of itself": (PAGE, "---\ntitle: &a [*a]\n---\n", "KB101"),
    "merge": (PAGE, "---\n<<: {title: A}\n---\n", "KB102"),
    "tag": (PAGE, "---\ntitle: !!python/object/apply:os.getcwd []\n---\n", "KB101"),
    "key that is a list": (PAGE, "---\n? [a, b]\n: c\n---\n", "KB101"),
    "two documents": (PAGE, "---\n--- a\n---\n", "KB101"),
    "a day that is none": (PAGE, HEAD.replace("A guide", "2024-99-99 <b>"), "KB132"),
    "huge number": (PAGE, HEAD.replace("A guide", f"{HUGE} <b>"), "KB132"),
    "front matter with no end": (PAGE, "---\ntitle: A\n", "KB101"),
    "front matter in carriage returns": (PAGE, "---\rtheme: A\r---\r", "KB102"),
    "deep glossary": (GLOSSARY, DEEP, "KB801"),
    **{f"{path} of aliases": (path, ALIASES, "KB801") for path in (GLOSSARY, SCHEMA)},
    **{f"{path} is a text": (path, "trust", "KB801") for path in (GLOSSARY, OUTLINE, LICENCES)},
    "glossary of lists": (GLOSSARY, "- [a]\n- forms: [[a]]", "KB801"),
    "glossary with a key twice": (GLOSSARY, "- {term: a, term: b}", "KB801"),
    **{f"{path} empty": (path, "", "KB801") for path in (GLOSSARY, OUTLINE, SCHEMA)},
    "deep outline": (OUTLINE, f"items: {DEEP}", "KB801"),
    "outline without items": (OUTLINE, "work: smith2001", "KB801"),
    "outline of strange items": (OUTLINE, "work: smith2001\nitems: [a, [b], {id: 1}]", "KB801"),
    "deep schema": (SCHEMA, f"fields: {DEEP}", "KB801"),
    "schema with a list as a name": (SCHEMA, "? [a, b]\n: c\n", "KB801"),
    "schema with a day that is none": (SCHEMA, "limits: {quotation_words: 2024-99-99}", "KB801"),
    "schema with a huge number": (SCHEMA, f"limits: {{quotation_words: {HUGE}}}", "KB801"),
    "search words without groups": ("data/search.yml", "ignored: a", "KB801"),
    "settings that are a list": (SETTINGS, "- a", "KB801"),
    "settings with a list for a text": (SETTINGS, "site_name: [a]\n", "KB801"),
    "schema with two places in one": (SCHEMA, "footer: [{a: b.md, c: d.md}]", "KB801"),
    "outline that says where it lies": (OUTLINE, "path: a\nwork: smith2001", "KB801"),
    "settings with a tag": (SETTINGS, "extra: !!python/name:os.system\n", "KB801"),
    "bibliography without an end": (BIBLIOGRAPHY, "@book{a, title = {" + "{" * 40_000, "KB220"),
    "bibliography of quotes": (BIBLIOGRAPHY, '@book{a, title = "' * 5_000, "KB220"),
    "bibliography of joins": (BIBLIOGRAPHY, "@book{a, title = b" + " # b" * 20_000 + "}", "KB220"),
    "names without end": (BIBLIOGRAPHY, MANY_NAMES, "KB224"),
    "names of commas": (BIBLIOGRAPHY, "@book{smith2001, author = {" + "," * 20_000 + "}}", "KB235"),
    "drawing of entities": (DRAWING, ENTITIES, "KB320"),
    "deep drawing": (DRAWING, "<svg>" + "<g>" * 50_000 + "</g>" * 50_000 + "</svg>", "KB320"),
    "drawing in a strange encoding": (DRAWING, '<?xml version="1.0" encoding="x"?><svg/>', "KB320"),
    "drawing of nothing": (DRAWING, "", "KB320"),
    "nested quotations": (PAGE, HEAD + "> " * 4_000 + "a", "KB330"),
    "nested lists": (PAGE, HEAD + "1. " * 4_000 + "a", "KB330"),
    "two thousand unknown keys": (PAGE, HEAD + "[@a; @b]\n\n" * 1_000, "KB201"),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_file_is_told_of_with_its_place(name: str, root: Path) -> None:
    path, content, code = HARD[name]
    told = {(problem.path, problem.code) for problem in check(root, path, content)[1]}
    assert (path, code) in told


# What made a pattern search the same text again and again, by itself and behind an opening.
RUNS = [
    *("[", "]", "(", "*", "_", "`", "~", "<", ">", "#", "|", "\\", "{", '"', "&", "\t", "-@a "),
    *("[](", "[a](b ", "[a][", "[[a]", "![", "``a`", "```a\n", "~~~ {\n", "# a\n", "<a ", "</a "),
    *("[a](<", "[a](b '", "[@a", "*a **b ", "a\n    ", "- a\n", "> a\n", "[^a]: b\n", "A. ", "\\["),
]


@pytest.mark.parametrize("run", RUNS)
def test_long_runs_take_no_longer_than_their_length(run: str, root: Path) -> None:
    for opening in ("", "[a]("):
        page = HEAD + opening + run * (19_000 // len(run))
        check(root, PAGE, page + "x")


@pytest.mark.parametrize("run", RUNS)
def test_long_paragraph_is_rendered_in_time_or_refused(run: str, root: Path) -> None:
    """Refused where Python-Markdown would take too long."""
    site, problems = check(root, PAGE, HEAD + run * (4_000 // len(run)))
    if "KB330" not in {problem.code for problem in problems}:
        render(site, "index.md")


YAML = [*"[]{}:,-?&*!|>%@`'\"#\n\t ", "\n- ", "a: ", "<<: *a", "!!int ", "title"]
TEXT = [
    *("[](){}<>*_`~#|!\\:;@&^+-.\"'=\n\t "),
    *("\n\n", "    ", "[@", "a", "smith2001", ", no. 1", "](", "]: ", "```\n", "[^a]", "{ #a "),
    *("javascript:", "&#106;", "<script>", "é", "e\u0301", "שלום", "\u202e"),
]
BIBTEX = [*'@{}(),=#"\\\n% ', "@book{", "@string", "a", "author = ", " and ", "citedin"]


def joined(tokens: list[str]) -> st.SearchStrategy[str]:
    """Text of these tokens, with some other character among them now and then."""
    token = st.one_of(st.sampled_from(tokens), st.text(max_size=2))
    return st.lists(token, max_size=60).map("".join)


ANY = {
    "bytes": (FILES, st.binary()),
    "front matter": ([ENTRY], joined(YAML).map("---\n{}\n---\n".format)),
    "list": ([GLOSSARY, OUTLINE, SCHEMA, SETTINGS], joined(YAML)),
    "bibliography": ([BIBLIOGRAPHY], joined(BIBTEX).map("@book{{a,{}}}".format)),
}


@pytest.mark.parametrize("kind", ANY)
@repeatable
@given(data=st.data())
def test_anything_can_be_read(kind: str, root: Path, data: st.DataObject) -> None:
    paths, contents = ANY[kind]
    check(root, data.draw(st.sampled_from(paths)), data.draw(contents))


@settings(repeatable, max_examples=200)
@given(text=joined(TEXT))
def test_any_text_can_be_rendered_and_is_harmless(root: Path, text: str) -> None:
    site, _ = check(root, PAGE, (HEAD + text).encode("utf-8", "replace"))
    html = render(site, "index.md")
    assert clean(html) == html


def test_files_with_strange_names_are_told_of(tmp_path: Path) -> None:
    guide = copy_small_guide(tmp_path / "guide")
    names = ["a b.md", "é.md", "\udcff.md", "a\n::warning::b.md", "A.md", "x.md:1: b.md"]
    for name in names:
        (guide / "docs" / name).write_text(HEAD)
    (guide / "docs" / "folder.md").mkdir()
    (guide / "docs" / "round").symlink_to(guide / "docs")
    (guide / "docs" / "gone.md").symlink_to("nowhere")
    problems = find_problems(read_site(guide))
    codes = Counter(problem.code for problem in problems)
    assert (codes["KB702"], codes["KB100"]) == (len(names), 2)
    for problem in problems:
        assert problem.as_text().encode()
        assert problem.as_annotation().isprintable()


@pytest.mark.parametrize("path", [BIBLIOGRAPHY, GLOSSARY, LEDGER, SCHEMA, SETTINGS])
def test_missing_file_is_told_of(path: str, tmp_path: Path) -> None:
    guide = copy_small_guide(tmp_path / "guide")
    (guide / path).unlink()
    for _ in ("nothing there", "a folder there"):
        assert f"{path}:1: KB100" in "".join(p.as_text() for p in find_problems(read_site(guide)))
        (guide / path).mkdir(exist_ok=True)
