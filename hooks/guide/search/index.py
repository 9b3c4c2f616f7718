"""The search index: words with their pages, scored while building, in files fetched one by one.

A word's score for a page is that of BM25F (Robertson and Zaragoza 2009); the browser only adds.
"""

import json
import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean

from guide.files.assets import digest
from guide.search.finder import choices_of_entries
from guide.source.citations import CLUSTER, MalformedCitationError, parse_cluster
from guide.source.markup import plain_text
from guide.source.model import GLOSSARY_PAGE, REFERENCES, Page, Site
from guide.source.schema import Collection
from guide.source.search_words import SearchWords, inflections, stem, words_of
from guide.works.references import Reference

LATEST = "search/latest.json"
#: Weight of each field, and how far its length counts against it (0 to 1).
FIELDS = {
    "id": (10.0, 0.0),
    "title": (4.0, 0.3),
    "aliases": (2.0, 0.2),
    "summary": (2.0, 0.3),
    "terms": (1.0, 0.0),
    "body": (0.6, 0.6),
}
#: How soon more of the same word stops counting.
_SATURATION = 4.0
#: What the scores of a kind are multiplied by: what readers want first counts more.
KINDS = {"Situations": 1.15, "Themes": 1.1, "Page": 0.8, "Glossary": 0.8}
#: The most titles and aliases of a document that are compared as phrases.
PHRASES = 32
#: What a synonym counts beside the word itself.
_SYNONYM = 0.5
#: Pages whose titles and summaries share a file.
_PAGES_PER_FILE = 40


@dataclass(frozen=True)
class Document:
    """Something that search can find: a page, a glossary term, a work. Texts by field.

    Each line of a text is a phrase of its own.
    """

    kind: str
    folder: str
    badge: str
    title: str
    address: str
    summary: str
    texts: Mapping[str, str]


def index_files(site: Site, references: Mapping[str, Reference]) -> dict[str, str]:
    """The text of each file by its path.

    The files stand in a folder named by their content, which `LATEST` names, with the numbers that
    the script needs: pages do not, so that they stay as they are when others change.
    """
    documents = tuple(find_documents(site, references))
    files = {}
    for number in range(math.ceil(len(documents) / _PAGES_PER_FILE)):
        part = documents[number * _PAGES_PER_FILE : (number + 1) * _PAGES_PER_FILE]
        rows = [[d.kind, d.folder, d.badge, d.title, d.address[1:], d.summary] for d in part]
        files[f"pages/{number}.json"] = _compact(rows)
    files["choices.json"] = _compact(choices_of_entries(site))
    for start, words in shards(score(documents, site.search_words)).items():
        files[f"words/{start}.json"] = words
    name = digest("".join(digest(text.encode()) for text in files.values()).encode())
    latest = {
        "folder": name,
        "pagesPerFile": _PAGES_PER_FILE,
        "phrases": PHRASES,
        "capitals": site.search_words.capitals,
    }
    return {LATEST: _compact(latest)} | {f"search/{name}/{path}": t for path, t in files.items()}


def find_documents(site: Site, references: Mapping[str, Reference]) -> Iterator[Document]:
    """Entries in the order of the collections, then other pages, terms and works."""
    labels = {key: re.sub(r"\d.*", "", reference.label) for key, reference in references.items()}
    for collection in site.schema.collections:
        for page in site.listed(collection):
            terms = {t.id: t.name for t in (*site.schema.themes, *site.schema.stages)}
            ids = (*page.front.words("themes"), *page.front.words("stages"))
            named = [terms[id] for id in ids if id in terms]
            texts = {
                "id": "\n".join(_names(page, collection)),
                "aliases": "\n".join(site.sought_by(page)),
                "terms": "\n".join((collection.name, *named)),
            }
            yield _page(
                page, page.kind_of_title or collection.name, labels, texts, collection.folder
            )
    for page in site.pages:
        if not page.is_entry:
            yield _page(page, "Source paper" if page.outline else "Page", labels, {})
    for term in site.terms:
        texts = {"title": "\n".join((term.term, *term.forms)), "body": term.means}
        address = f"{site.page[GLOSSARY_PAGE].address}#{term.anchor}"
        yield Document("Glossary", "", "", term.term, address, term.means, texts)
    for work in references.values():
        texts = {"title": re.sub(r"\d.*", "", work.label), "summary": work.text}
        address = f"{site.page[REFERENCES].address}#ref-{work.key}"
        yield Document("Reference", "", "", work.label, address, work.text, texts)


def _names(page: Page, collection: Collection) -> tuple[str, ...]:
    """What people call an entry by its number: M05, M5, mindset 5."""
    if not page.badge:
        return ()
    prefix, number = page.badge[0], page.badge[1:].lstrip("0")
    return page.badge, prefix + number, f"{collection.name} {number}"


def _page(
    page: Page, kind: str, labels: Mapping[str, str], texts: dict[str, str], folder: str = ""
) -> Document:
    own = {"title": page.title, "summary": page.summary, "body": _prose(page, labels)}
    return Document(kind, folder, page.badge, page.name, page.address, page.summary, own | texts)


def _prose(page: Page, labels: Mapping[str, str]) -> str:
    """A page's text with names in the place of citation keys, and without addresses."""

    def name(cluster: re.Match[str]) -> str:
        try:
            return " ".join(labels.get(cite.key, "") for cite in parse_cluster(cluster[1]))
        except MalformedCitationError:
            return ""

    text = plain_text(re.sub(CLUSTER, name, page.markup.plain))
    return re.sub(r"\{[^{}\n]*\}", " ", text)


@dataclass(frozen=True)
class Posting:
    """A stem: the words that have it, how rare it is, its documents by number, its score in each.

    `phrases` are those titles and aliases that hold it, by document and place.
    """

    words: frozenset[str]
    rarity: float
    documents: Sequence[int]
    scores: Sequence[float]
    phrases: tuple[tuple[int, int], ...] = ()


def score(documents: tuple[Document, ...], words: SearchWords) -> dict[str, Posting]:
    """Every stem of the documents. Ignored words are known, and have no scores."""
    vocabulary: set[str] = set()
    # For each place of a stem its document, field and count: a large guide has millions of them.
    places: defaultdict[str, array[float]] = defaultdict(partial(array, "f"))
    lengths: dict[tuple[float, float], float] = {}
    for number, document in enumerate(documents):
        for field, name in enumerate(FIELDS):
            if name in document.texts:
                found = _count(name, document.texts[name], words, vocabulary)
                lengths[number, field] = sum(found.values())
                for word, count in found.items():
                    places[word].extend((number, field, count))
    weights = _weights(lengths)
    phrases = _phrases(documents, words)
    having: defaultdict[str, set[str]] = defaultdict(set)
    for word in vocabulary:
        having[stem(word)].add(word)
    postings = {"": Posting(words.ignored, 0.0, (), ())}
    for name, row in places.items():
        tally: dict[float, float] = {}
        for number, field, count in zip(row[::3], row[1::3], row[2::3], strict=True):
            tally[number] = tally.get(number, 0.0) + weights[number, field] * count
        found = {int(number): weight for number, weight in tally.items()}
        postings[name] = _posting(found, having[name], documents, phrases.get(name, ()))
    return postings


def _weights(lengths: Mapping[tuple[float, float], float]) -> dict[tuple[float, float], float]:
    """What a word counts in each field of each document: the less, the longer the field is."""
    totals: defaultdict[float, list[float]] = defaultdict(list)
    for (_, field), length in lengths.items():
        totals[field].append(length)
    means = {field: fmean(row) or 1.0 for field, row in totals.items()}
    rules = dict(enumerate(FIELDS.values()))
    return {
        (number, field): weight / (1 - slope + slope * length / means[field])
        for (number, field), length in lengths.items()
        for weight, slope in (rules[field],)
    }


def _posting(
    tally: Mapping[int, float],
    words: Iterable[str],
    documents: tuple[Document, ...],
    phrases: Iterable[tuple[int, int]],
) -> Posting:
    rarity = math.log(1 + (len(documents) - len(tally) + 0.5) / (len(tally) + 0.5))
    scores = (
        KINDS.get(documents[n].kind, 1.0) * rarity * t / (_SATURATION + t) for n, t in tally.items()
    )
    forms = {form for word in words for form in inflections(word)}
    every = frozenset({*words, *forms})
    return Posting(every, rarity, array("I", tally), array("f", scores), tuple(phrases))


def _count(field: str, text: str, words: SearchWords, vocabulary: set[str]) -> Counter[str]:
    """How often each stem stands in a field, synonyms by their part; adds to the vocabulary."""
    found: Counter[str] = Counter()
    for line in text.split("\n") if field != "body" else [text]:
        row = [w for w in words_of(line) if field != "body" or not w.isdigit()]
        telling = [word for word in row if word not in words.ignored]
        synonyms = words.synonyms_in(tuple(map(stem, row))) if field != "body" else []
        found.update(map(stem, telling))
        for word in synonyms:
            found[stem(word)] += _SYNONYM
        vocabulary.update(telling, synonyms)
    return found


def _phrases(documents: Iterable[Document], words: SearchWords) -> dict[str, list[tuple[int, int]]]:
    """For each stem the phrases that hold it, as the document's number and the phrase's."""
    holding: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, document in enumerate(documents):
        for place, phrase in enumerate(_phrases_of(document)):
            for name in {stem(word) for word in words_of(phrase) if word not in words.ignored}:
                holding[name].append((number, place))
    return holding


def _phrases_of(document: Document) -> list[str]:
    texts = (document.texts.get(field, "") for field in ("id", "title", "aliases"))
    return [line for text in texts for line in text.split("\n") if line][:PHRASES]


def shards(postings: Mapping[str, Posting]) -> dict[str, str]:
    """The text of each file of words, which holds those that begin with the same two characters.

    A phrase is told by one number, followed by how much all of its words weigh.
    """
    whole: Counter[tuple[int, int]] = Counter()
    for posting in postings.values():
        for phrase in posting.phrases:
            whole[phrase] += round(posting.rarity * 10)
    files: defaultdict[str, list[str]] = defaultdict(list)
    for name, posting in sorted(postings.items()):
        pairs = zip(posting.documents, posting.scores, strict=True)
        row = [n for number, s in pairs for n in (number, round(s * 10))]
        told = [n for p in posting.phrases for n in (p[0] * PHRASES + p[1], whole[p])]
        for start in sorted({word[:2] for word in posting.words}):
            forms = " ".join(sorted(w for w in posting.words if w[:2] == start))
            entry = _compact([forms, round(posting.rarity * 10), row, told])
            files[start].append(f'"{name}":{entry}')
    return {start: f"{{{','.join(entries)}}}" for start, entries in files.items()}


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
