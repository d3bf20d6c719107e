"""The dictionary of a segment: from strings to posting lists.

Every character, every bigram and every run has a list; of longer grams those that stand
in many documents. What has none is found by way of its bigrams.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.alphabet import OTHER, Alphabet, Characters
from wxsearch.index.segment.decoding import PostingList
from wxsearch.index.segment.encoding import Array
from wxsearch.index.segment.grams import ShardGrams
from wxsearch.index.segment.list_table import ListTable, ListTableWriter
from wxsearch.index.segment.lookup import places_in_stretches
from wxsearch.index.segment.run_lists import KEY_BYTES, RunLists, run_key
from wxsearch.index.segment.term_filter import TermFilter

LONGEST_GRAM = 4

_KINDS = ("character", "bigram", "longer", "run")
_BITS = 16
_THREE, _FOUR = (1 << 3 * _BITS) - 1, (1 << 4 * _BITS) - 1


def gram_term(numbers: Sequence[int]) -> int:
    """The term of a gram of three or four characters: their numbers, 16 bits each, filled up with 0."""
    term = 0
    for number in (*numbers, 0)[:LONGEST_GRAM]:
        term = term << _BITS | number
    return term


class DictionaryWriter:
    """Takes the grams and runs of a segment; `sections` are its arrays."""

    def __init__(self, alphabet: Alphabet, documents: int) -> None:
        self._alphabet = alphabet
        self._tables = {kind: ListTableWriter(documents) for kind in _KINDS}
        self._terms: dict[str, list[Array]] = {kind: [np.empty(0, np.uint64)] for kind in _KINDS}
        self._long_runs: list[bytes] = []

    def add_grams(self, shard: ShardGrams) -> None:
        """Takes the grams of the next shard."""
        self._add("character", shard.characters)
        self._add("bigram", shard.bigrams)
        for counted in shard.longer:
            self._add("longer", counted)

    def add_runs(self, runs: RunLists) -> None:
        """Takes all runs."""
        self._long_runs = runs.long
        for counted, keys in zip(runs.counted, (runs.short, None), strict=True):
            self._tables["run"].add(counted.lists)
            if keys is not None:
                self._terms["run"].append(keys)

    def sections(self) -> dict[str, Array]:
        """All arrays of the dictionary and its lists."""
        terms = {kind: np.concatenate(parts) for kind, parts in self._terms.items()}
        size = OTHER + 1 if self._alphabet.others else len(self._alphabet) + 1
        characters = np.zeros(size, np.uint32)
        characters[terms["character"].astype(np.intp)] = np.arange(1, len(terms["character"]) + 1)
        bigrams = terms["bigram"].astype(np.uint64)
        order = np.argsort(terms["longer"])
        named: dict[str, Array] = {
            "alphabet": self._alphabet.codes,
            "characters": characters,
            "bigram_firsts": np.searchsorted(bigrams >> np.uint64(_BITS), np.arange(size + 1)).astype(
                np.uint32
            ),
            "bigram_seconds": (bigrams & np.uint64(0xFFFF)).astype(np.uint16),
            "longer_terms": terms["longer"][order],
            "longer_numbers": order.astype(np.uint32),
            "run_terms": terms["run"],
            "long_runs": np.frombuffer(b"".join(self._long_runs), np.uint8),
            "long_run_ends": np.cumsum(list(map(len, self._long_runs)), dtype=np.uint32),
        }
        for kind, table in self._tables.items():
            named |= {f"{kind}_{name}": array for name, array in table.sections().items()}
        return named

    def _add(self, kind: str, counted: Any) -> None:
        self._terms[kind].append(counted.terms)
        self._tables[kind].add(counted.lists)


class Dictionary:
    """The posting lists of a segment by string; see DictionaryWriter."""

    def __init__(self, sections: Mapping[str, Any], documents: int, *, others: bool) -> None:
        self.alphabet = Alphabet(sections["alphabet"], others=others)
        self._sections = sections
        self._tables = {kind: ListTable(_of_kind(sections, kind), documents) for kind in _KINDS}
        self._bigrams = self._tables["bigram"]
        self._firsts = memoryview(sections["bigram_firsts"])
        self._seconds = memoryview(sections["bigram_seconds"])
        self._characters = memoryview(sections["characters"])
        self._longer_terms = memoryview(sections["longer_terms"])
        self._longer_numbers = memoryview(sections["longer_numbers"])

    def numbers(self, text: str) -> list[int] | None:
        """The numbers of folded characters, or None where no text has one of them."""
        return self.alphabet.numbers_of(text)

    def gram(self, numbers: Sequence[int]) -> PostingList | None:
        """The list of a gram, of at most LONGEST_GRAM characters by their numbers.

        None means no document for one and two characters, and no list for more.
        """
        if len(numbers) == 2:
            first, second = numbers
            high = self._firsts[first + 1]
            place = bisect_left(self._seconds, second, self._firsts[first], high)
            return self._bigrams.list(place) if place < high and self._seconds[place] == second else None
        if len(numbers) == 1:
            number = self._characters[numbers[0]]
            return self._tables["character"].list(number - 1) if number else None
        longer = self._longer_number(gram_term(numbers))
        return None if longer is None else self._longer(numbers, longer)

    def bigram_frequencies(self, firsts: Characters, seconds: Characters) -> NDArray[np.intp]:
        """How many documents have each of some characters (rows) right before each of others (columns)."""
        bounds = self._sections["bigram_firsts"]
        starts, ends = bounds.take(firsts).astype(np.intp), bounds.take(firsts + np.intp(1)).astype(np.intp)
        lists, there = places_in_stretches(self._sections["bigram_seconds"], starts, ends, seconds)
        found = np.zeros(lists.shape, np.intp)
        found[there] = self._tables["bigram"].frequencies(lists[there])
        return found

    def followers(self, first: int) -> tuple[Characters, NDArray[np.intp]]:
        """The characters that stand right after one, ascending, and in how many documents."""
        low, high = self._firsts[first], self._firsts[first + 1]
        seconds = self._sections["bigram_seconds"][low:high]
        return seconds, self._tables["bigram"].frequencies(np.arange(low, high))

    def character_frequencies(self) -> NDArray[np.intp]:
        """How many documents have each character of the alphabet, in its order."""
        lists = np.asarray(self._characters)[1 : len(self.alphabet) + 1].astype(np.intp)
        found = np.zeros(len(lists), np.intp)
        there = np.flatnonzero(lists)
        found[there] = self._tables["character"].frequencies(lists[there] - 1)
        return found

    def runs(self) -> tuple[list[str], NDArray[np.intp]]:
        """All runs, and in how many documents each stands."""
        short = self._sections["run_terms"].astype(f">u{KEY_BYTES}").view(f"S{KEY_BYTES}").tolist()
        names = [name.decode() for name in (*short, *self._long_runs)]
        return names, self._tables["run"].frequencies(np.arange(len(names)))

    def longer_grams(self, numbers: Sequence[int]) -> Iterator[tuple[int, int, PostingList]]:
        """Grams of more than two characters that have lists: start, length and list, longest first."""
        count = len(numbers)
        if count <= 2:
            return
        last = numbers[0] << _BITS | numbers[1]
        terms: list[int] = []
        for number in numbers[2:]:
            last = (last << _BITS | number) & _FOUR
            terms.append(last)
        # Of three characters, those that end each window of four.
        wanted = [*terms[1:], *((term & _THREE) << _BITS for term in terms)]
        for window, term in enumerate(wanted):
            listed = self._longer_number(term)
            if listed is not None:
                start, length = (window, 4) if window < count - 3 else (window - (count - 3), 3)
                yield start, length, self._longer(numbers[start : start + length], listed)

    def run(self, run: str) -> PostingList | None:
        """The list of a whole run of letters or of digits, or None."""
        name = run.encode()
        if len(name) > KEY_BYTES:
            place = bisect_left(self._long_runs, name)
            if place == len(self._long_runs) or self._long_runs[place] != name:
                return None
            return self._tables["run"].list(len(self._sections["run_terms"]) + place)
        terms = self._sections["run_terms"]
        place = int(terms.searchsorted(np.uint64(run_key(name))))
        found = place < len(terms) and int(terms[place]) == run_key(name)
        return self._tables["run"].list(place) if found else None

    def runs_beginning(self, prefix: str) -> PostingList | list[PostingList]:
        """The list of the one run that begins so, or lists for all there are; see ListTable.lists."""
        short, long = self._short_beginning(prefix.encode()), self._long_beginning(prefix.encode())
        table = self._tables["run"]
        if len(short) + len(long) == 1:
            return table.list((short or long).start)
        return [*table.lists(short), *table.lists(long)]

    def _short_beginning(self, name: bytes) -> range:
        """The numbers of the runs with a key of their own that begin so."""
        terms = self._sections["run_terms"]
        if len(name) > KEY_BYTES:
            return range(0)
        last = int.from_bytes(name.ljust(KEY_BYTES, b"\xff"), "big")
        first, end = terms.searchsorted(np.array((run_key(name), last), np.uint64), side="left")
        end += end < len(terms) and int(terms[end]) == last
        return range(int(first), int(end))

    def _long_beginning(self, name: bytes) -> range:
        """The numbers of the longer runs that begin so."""
        runs = self._long_runs
        first = bisect_left(runs, name)
        end = bisect_left(runs, True, first, key=lambda run: not run.startswith(name))
        return range(len(self._sections["run_terms"]) + first, len(self._sections["run_terms"]) + end)

    @cached_property
    def _long_runs(self) -> list[bytes]:
        whole = bytes(self._sections["long_runs"])
        ends = self._sections["long_run_ends"].tolist()
        return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    @cached_property
    def _longer_filter(self) -> TermFilter:
        return TermFilter(self._sections["longer_terms"])

    def _longer_number(self, term: int) -> int | None:
        """The number of the list of a trigram or four-gram, or None."""
        if not self._longer_filter.may_have(term):
            return None
        terms = self._longer_terms
        place = bisect_left(terms, term)
        return self._longer_numbers[place] if place < len(terms) and terms[place] == term else None

    def _longer(self, numbers: Sequence[int], number: int) -> PostingList:
        """A list of a trigram or four-gram, with that of its longest listed beginning as parent."""
        found = self._tables["longer"].list(number)
        if found.is_nested:
            found.parent = self.gram(numbers[:-1]) or self.gram(numbers[:2])
        return found


def _of_kind(sections: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The sections of one kind of term, by their names without it."""
    begin = f"{kind}_"
    return {name.removeprefix(begin): array for name, array in sections.items() if name.startswith(begin)}
