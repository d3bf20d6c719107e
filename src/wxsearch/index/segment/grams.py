"""The grams of a segment's texts: all characters and bigrams, and trigrams and four-grams that pay.

Those pay that stand in many documents, and words that stand in some: what has no list is
looked up in texts, and mostly it is words that are asked for.

Work is cut into shards by first character, so that memory is bounded by their size and
the grams of a shard fit a machine word together with the text they stand in.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.alphabet import BORDER_NUMBER, Texts
from wxsearch.index.segment.encoding import Numbers, Parents
from wxsearch.index.segment.occurrences import TEXT_BITS, Counted, count_occurrences, selected

# Terms of one shard: 15 bits are left for the first character beside three and a text.
_SHARD_CHARACTERS = 1 << 15
_SHARD_OCCURRENCES = 2_000_000
_BUCKET_BITS = 21
_BUCKETS = 1 << _BUCKET_BITS
_CHARACTER_BITS = 16
_BITS = np.uint64(_CHARACTER_BITS)
_LAST = np.uint64(0xFFFF)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


class ShardGrams(NamedTuple):
    """The grams that begin with one of some characters.

    Terms are numbers of their characters, 16 bits each, the first highest; those of
    `longer` are filled up with 0 to four characters.
    """

    characters: Counted
    bigrams: Counted
    longer: tuple[Counted, ...]


class Listed(NamedTuple):
    """Which trigrams and four-grams get lists.

    Any in at least `least` documents; those of `words` in at least `word_least`. Words are
    numbers of their characters as in ShardGrams: trigrams filled up with 0.
    """

    least: int
    word_least: int
    words: NDArray[np.uint64]


def grams(texts: Texts, separator: int, listed: Listed) -> Iterator[ShardGrams]:
    """Shard by shard, in ascending order.

    A separator is a character within a gram. It is no gram alone, and begins and ends none of
    three characters or more: so a four-gram with one inside goes on from no trigram, but it is a gram.
    """
    for first, end in _shards(texts):
        inside = (texts.characters >= first) & (texts.characters < end)
        begins = listed.words >> np.uint64(3 * _CHARACTER_BITS)
        words = listed.words[(begins >= first) & (begins < end)]
        shard = _Shard(np.flatnonzero(inside), texts, first)
        yield shard.grams(separator, listed._replace(words=words))


def _shards(texts: Texts) -> Iterator[tuple[int, int]]:
    counts = np.bincount(texts.characters)
    counts[BORDER_NUMBER] = 0
    before = np.cumsum(counts)
    first = BORDER_NUMBER + 1
    while first < len(counts):
        most = before[first - 1] + _SHARD_OCCURRENCES
        end = max(int(np.searchsorted(before, most, side="right")), first + 1)
        end = min(end, len(counts), first + _SHARD_CHARACTERS)
        yield first, end
        first = end


class _Shard:
    def __init__(self, at: Numbers, texts: Texts, first: int) -> None:
        self._characters = texts.characters
        self._at = at
        self._text = texts.text_of(at)
        self._first = first
        self._firsts = texts.characters[at] - np.uint16(first)

    def grams(self, separator: int, listed: Listed) -> ShardGrams:
        second = self._characters[self._at + 1]
        characters = self._characters[self._at] != separator
        alone = (self._firsts[characters].astype(np.uint32) << TEXT_BITS) | self._text[characters]
        pairs = np.flatnonzero(second)
        wide = self._text[pairs] | (
            ((self._firsts[pairs].astype(np.uint64) << _CHARACTER_BITS) | second[pairs]) << TEXT_BITS
        )
        bigrams = count_occurrences(wide)
        return ShardGrams(
            self._whole(count_occurrences(alone), 0),
            self._whole(bigrams, 1),
            (
                *self._longer(separator, listed, second, bigrams),
                self._apart(separator, listed, second, bigrams),
            ),
        )

    def _longer(
        self, separator: int, listed: Listed, second: NDArray[np.uint16], bigrams: Counted
    ) -> Iterator[Counted]:
        third = self._characters[self._at + 2]
        chosen = np.flatnonzero(
            (self._characters[self._at] != separator) & (second != BORDER_NUMBER) & _ends(third, separator)
        )
        keys: NDArray[Any] = self._firsts[chosen].astype(np.uint64)
        for characters in (second, third):
            keys = (keys << _CHARACTER_BITS) | characters[chosen]
        words = listed.words - (np.uint64(self._first) << np.uint64(3 * _CHARACTER_BITS))
        beginnings = np.unique(words >> _BITS)
        alone = words[(words & _LAST) == 0] >> _BITS
        chosen, keys = _in_full_buckets(chosen, keys, listed.least, beginnings)
        prefixes = _Frequent(listed, alone)
        trigrams = count_occurrences((keys << TEXT_BITS) | self._text[chosen], prefixes)
        parents = _Parents(bigrams)
        yield self._whole(parents.given_to(trigrams, trigrams.terms >> _BITS), 2, filled=1)
        if len(prefixes.terms) == 0:
            return
        place = np.minimum(np.searchsorted(prefixes.terms, keys), len(prefixes.terms) - 1)
        fourth = self._characters[self._at[chosen] + 3]
        going_on = np.flatnonzero((prefixes.terms[place] == keys) & _ends(fourth, separator))
        # Numbered by trigram, so that four characters and the text fit the word again.
        longer = (place[going_on].astype(np.uint64) << _CHARACTER_BITS) | fourth[going_on]
        wanted = _numbered(words, prefixes.terms)
        chosen, longer = _in_full_buckets(chosen[going_on], longer, listed.least, wanted)
        found = count_occurrences((longer << TEXT_BITS) | self._text[chosen], _Frequent(listed, wanted))
        prefix = prefixes.terms[(found.terms >> _BITS).astype(np.intp)]
        found = found._replace(terms=(prefix << _BITS) | (found.terms & _LAST))
        under = np.isin(prefix, trigrams.terms)
        for part in (
            _Parents(trigrams).given_to(selected(found, under), prefix[under]),
            # Where the beginning has no list of its own, a shorter beginning is the parent.
            parents.given_to(selected(found, ~under), prefix[~under] >> _BITS),
        ):
            yield self._whole(part, 3)

    def _apart(self, separator: int, listed: Listed, second: NDArray[np.uint16], bigrams: Counted) -> Counted:
        """Four-grams with a separator in third place: they go on from no trigram, for none ends with one."""
        fourth = self._characters[self._at + 3]
        chosen = np.flatnonzero(
            (self._characters[self._at] != separator)
            & (self._characters[self._at + 2] == separator)
            & _ends(fourth, separator)
        )
        keys: NDArray[Any] = self._firsts[chosen].astype(np.uint64)
        for characters in (second, fourth):
            keys = (keys << _BITS) | characters[chosen]
        chosen, keys = _in_full_buckets(chosen, keys, listed.least, keys[:0])
        frequent = _Frequent(listed._replace(word_least=listed.least), keys[:0])
        found = count_occurrences((keys << TEXT_BITS) | self._text[chosen], frequent)
        beginnings, last = found.terms >> _BITS, found.terms & _LAST
        found = found._replace(terms=(((beginnings << _BITS) | np.uint64(separator)) << _BITS) | last)
        return self._whole(_Parents(bigrams).given_to(found, beginnings), 3)

    def _whole(self, counted: Counted, after: int, filled: int = 0) -> Counted:
        """Terms with the first character's own number, `after` characters behind it."""
        terms = counted.terms + (np.uint64(self._first) << np.uint64(after * _CHARACTER_BITS))
        return counted._replace(terms=terms << np.uint64(filled * _CHARACTER_BITS))


def _ends(characters: NDArray[np.uint16], separator: int) -> NDArray[np.bool_]:
    return (characters != BORDER_NUMBER) & (characters != separator)


class _Parents:
    """Lists on which all documents of longer grams are."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted
        numbers = np.repeat(np.arange(len(counted.terms)), counted.lists.frequencies)
        self._places = (numbers << _CHARACTER_BITS) | counted.lists.documents
        self._starts = np.cumsum(counted.lists.frequencies) - counted.lists.frequencies

    def given_to(self, children: Counted, beginnings: NDArray[np.uint64]) -> Counted:
        """The children with the lists of their beginnings as parents."""
        number = np.searchsorted(self._counted.terms, beginnings)
        of_posting = np.repeat(number, children.lists.frequencies)
        place = np.searchsorted(self._places, (of_posting << _CHARACTER_BITS) | children.lists.documents)
        parents = Parents(self._counted.lists.frequencies[number], place - self._starts[of_posting])
        return children._replace(lists=children.lists._replace(parents=parents))


class _Frequent:
    """Chooses grams that get lists; `terms` are those in enough documents to be a word's beginning."""

    def __init__(self, listed: Listed, words: NDArray[np.uint64]) -> None:
        self._listed = listed
        self._words = words
        self.terms = words[:0]

    def __call__(self, terms: NDArray[np.uint64], frequencies: Numbers) -> NDArray[np.bool_]:
        enough = frequencies >= min(self._listed.word_least, self._listed.least)
        self.terms = terms[enough]
        return (frequencies >= self._listed.least) | (enough & np.isin(terms, self._words))


def _numbered(words: NDArray[np.uint64], prefixes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Words of four characters with the place of their beginning instead of it; those that have one."""
    beginnings, last = words >> _BITS, words & _LAST
    place = np.minimum(np.searchsorted(prefixes, beginnings), len(prefixes) - 1)
    there = (prefixes[place] == beginnings) & (last != 0)
    return (place[there].astype(np.uint64) << _BITS) | last[there]


def _in_full_buckets(
    at: Numbers, keys: NDArray[Any], least: int, wanted: NDArray[np.uint64]
) -> tuple[Numbers, NDArray[Any]]:
    """What can stand often enough, or is wanted: keys whose hash does or is; the rest need not be sorted."""
    buckets = _buckets(keys)
    full = np.bincount(buckets, minlength=_BUCKETS) >= least
    full[_buckets(wanted)] = True
    chosen = np.flatnonzero(full[buckets])
    return at[chosen], keys[chosen]


def _buckets(keys: NDArray[Any]) -> NDArray[np.intp]:
    return ((keys * _GOLDEN) >> np.uint64(64 - _BUCKET_BITS)).astype(np.intp)
