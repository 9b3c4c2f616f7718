"""data/search.yml: words that search ignores or takes as the same; what makes words alike."""

import re
import unicodedata
from dataclasses import field
from functools import cache, cached_property
from typing import Annotated

from annotated_types import MinLen
from pydantic import BeforeValidator
from Stemmer import Stemmer

from guide.source.documents import shape

_WORD = re.compile(r"[a-z0-9]+")
#: Without a cache of its own, which `stem` has.
_STEMMER = Stemmer("english", 0)


def words_of(text: str) -> list[str]:
    """The words of `text` in lower case without accents; docs/assets/search.js splits likewise."""
    text = text.lower().replace("'", "").replace("’", "")
    return _WORD.findall(text if text.isascii() else _without_accents(text))


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@cache
def stem(word: str) -> str:
    """The stem of a word of `words_of`; -ize counts as -ise."""
    if "iz" in word:
        word = re.sub(r"iz(e[drs]?|ing|ations?)$", r"is\1", word)
    return _STEMMER.stemWord(word)


def _split(given: object) -> object:
    return given.split() if isinstance(given, str) else given


_ENDINGS = ("s", "es", "ed", "ing", "d")


def inflections(word: str) -> list[str]:
    """Forms with the stem of `word`: a reader's word is looked up as it stands, not stemmed."""
    if len(word) < 4 or word.isdigit():
        return []
    bases = {word, word + word[-1], word.removesuffix("e"), stem(word)}
    forms = (base + ending for base in bases for ending in _ENDINGS)
    # Nobody asks for these again.
    return [form for form in forms if stem.__wrapped__(form) == stem(word)]


@shape
class SearchWords:
    """`ignored` say nothing about a page; each group of `same` holds phrases that mean the same.

    `capitals` are acronyms that in small letters are ignored, with what they stand for.
    """

    ignored: Annotated[frozenset[str], BeforeValidator(_split)]
    same: tuple[Annotated[tuple[str, ...], MinLen(2)], ...]
    capitals: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _others(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """For each phrase, as stems, the words of the phrases that mean the same."""
        others: dict[tuple[str, ...], tuple[str, ...]] = {}
        for group in self.same:
            phrases = {phrase: words_of(phrase) for phrase in group}
            for phrase, words in phrases.items():
                key = tuple(map(stem, words))
                new = (w for p, row in phrases.items() if p != phrase for w in row)
                others[key] = tuple(dict.fromkeys((*others.get(key, ()), *new)))
        return others

    @cached_property
    def _longest(self) -> int:
        """How many words the longest phrase has."""
        return max(map(len, self._others), default=0)

    def synonyms_in(self, stems: tuple[str, ...]) -> list[str]:
        """Words that mean the same as a phrase in `stems` and do not stand there."""
        spans = (
            stems[start : start + length]
            for start in range(len(stems))
            for length in range(1, min(self._longest, len(stems) - start) + 1)
        )
        found = dict.fromkeys(word for span in spans for word in self._others.get(span, ()))
        return [word for word in found if word not in self.ignored and stem(word) not in stems]


NO_WORDS = SearchWords(frozenset(), ())
