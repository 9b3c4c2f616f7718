"""data/search.yml: words that search ignores or takes as the same; what makes words alike."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

import snowballstemmer
import yaml

_STEMMER = snowballstemmer.stemmer("english")


def words_of(text: str) -> list[str]:
    """The words of `text` in lower case without accents; docs/assets/search.js splits likewise."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain.lower()))


@cache
def stem(word: str) -> str:
    """The stem of a word of `words_of`; -ize counts as -ise."""
    return _STEMMER.stemWord(re.sub(r"iz(e[drs]?|ing|ations?)$", r"is\1", word))


@dataclass(frozen=True)
class SearchWords:
    """`ignored` say nothing about a page; each of the `groups` holds phrases that mean the same."""

    ignored: frozenset[str] = frozenset()
    groups: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def _others(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """For each phrase, as stems, the words of the phrases that mean the same."""
        others: dict[tuple[str, ...], tuple[str, ...]] = {}
        for group in self.groups:
            phrases = {phrase: words_of(phrase) for phrase in group}
            for phrase, words in phrases.items():
                key = tuple(map(stem, words))
                new = (w for p, row in phrases.items() if p != phrase for w in row)
                others[key] = tuple(dict.fromkeys((*others.get(key, ()), *new)))
        return others

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._others), default=0)

    def synonyms_in(self, stems: tuple[str, ...]) -> list[str]:
        """Words that mean the same as a phrase in `stems` and do not stand there."""
        spans = (
            stems[start : start + length]
            for start in range(len(stems))
            for length in range(1, self._longest + 1)
        )
        found = dict.fromkeys(word for span in spans for word in self._others.get(span, ()))
        return [word for word in found if word not in self.ignored and stem(word) not in stems]


def parse_search_words(text: str) -> SearchWords:
    raw = yaml.load(text, Loader=yaml.CSafeLoader)
    return SearchWords(
        frozenset(raw["ignored"].split()), tuple(tuple(group) for group in raw["same"])
    )
