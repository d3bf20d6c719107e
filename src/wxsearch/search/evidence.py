"""Evidence for the rank beyond the leaves: how the wording of a query stands in the few best articles.

Counted are the grams of the wording: its characters, its bigrams, and what is longer, however jieba would
cut it. They tell articles apart in which the same leaves stand: where words were joined or
abbreviated, stand side by side, in order, close together, or in the beginning of the
article, which in news says again what the headline does.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.decoding import Numbers
from wxsearch.search.head import Codes, Head

Scores = NDArray[np.float64]

LONGEST = 4
"""Characters of the longest grams."""

PARTS = ("characters", "bigrams", "longer", "lead", "window", "headline")
"""What evidence is made of, in the order of the parts."""

_LEAD, _WINDOW, HEADLINE = map(PARTS.index, ("lead", "window", "headline"))


class EvidenceWeights(NamedTuple):
    """What each part counts, beside 1.0 for the leaves, and how far lead, window and headlines reach.

    Weighed are the best articles: `head` at most, while no more than `head_total` characters are read of all
    together, but `head_least` however long they are. Of each body the first `head_characters` are read.
    """

    head: int
    head_least: int
    head_characters: int
    head_total: int
    characters: float
    bigrams: float
    longer: float
    lead: float
    window: float
    lead_characters: float
    window_characters: int
    headline: float
    headline_characters: int


class Grams(NamedTuple):
    """The distinct grams of a wording, the shorter first.

    `counts` has how many there are of each length, from 0 on. `following[n]` leads from two grams of n
    characters, which share all but the ends, to the one that they make: its number among those of its
    length from 1 on, 0 for none; as far as there are longer ones.
    """

    codes: Codes
    idf: Scores
    counts: list[int]
    following: dict[int, Numbers]


def grams_of(wording: Sequence[str], idf: Callable[[str], float]) -> Grams:
    """The grams of a wording; `idf` is asked for characters and bigrams.

    A longer gram is taken to be as rare as its rarest bigram.
    """
    texts: dict[int, dict[str, int]] = {length: {} for length in range(1, LONGEST + 1)}
    for piece in wording:
        for length, numbers in texts.items():
            for start in range(len(piece) - length + 1):
                numbers.setdefault(piece[start : start + length], len(numbers) + 1)
    known = {gram: idf(gram) for length in (1, 2) for gram in texts[length]}
    following = {}
    for length in range(1, LONGEST):
        if not texts[length + 1]:
            break
        table = np.zeros((len(texts[length]) + 1,) * 2, np.intp)
        for gram, number in texts[length + 1].items():
            table[texts[length][gram[:-1]], texts[length][gram[1:]]] = number
        following[length] = table
    every = [gram for numbers in texts.values() for gram in numbers]
    return Grams(
        np.array([ord(character) for character in texts[1]], np.uint32),
        np.array([_idf(gram, known) for gram in every]),
        [0, *map(len, texts.values())],
        following,
    )


def _idf(gram: str, known: dict[str, float]) -> float:
    return known[gram] if gram in known else max(known[a + b] for a, b in pairwise(gram))


class _Occurrences(NamedTuple):
    """Where grams stand, by place: the row of the article, the number among all grams, the place."""

    documents: Numbers
    grams: Numbers
    places: Numbers


def evidence(
    grams: Grams,
    head: Head,
    headlines: Head | None,
    held_back: Scores,
    k1: float,
    weights: EvidenceWeights,
) -> Scores:
    """The parts of each article of a head, a row each; `held_back` is what BM25 divides by beside tf.

    Headlines, which are apart from the texts, are no evidence. Their part is what an article got by
    its own from the leaves, as far as bigrams tell.
    """
    found = _occurrences(grams, head)
    size = len(held_back), len(grams.idf)
    counts = _counts(found, size)
    saturated = (k1 + 1) * (counts / (counts + held_back[:, None]))
    parts = np.zeros((size[0], len(PARTS)))
    first_pair, first_longer = grams.counts[1], grams.counts[1] + grams.counts[2]
    pairs = slice(first_pair, first_longer)
    spans = slice(first_pair), pairs, slice(first_longer, None)
    for column, (span, weight) in enumerate(
        zip(spans, (weights.characters, weights.bigrams, weights.longer), strict=True)
    ):
        parts[:, column] = saturated[:, span] @ (weight * grams.idf[span])
    # One character alone has no bigrams.
    marks = found[2 if grams.counts[2] else 1]
    parts[:, _LEAD] = weights.lead * _lead(grams, head, marks, weights.lead_characters)
    parts[:, _WINDOW] = weights.window * _window(grams, head, found[1], weights.window_characters)
    if headlines is not None:
        counts += _counts(_occurrences(grams, headlines), size)
        both = counts[:, pairs]
        gained = (k1 + 1) * (both / (both + held_back[:, None])) - saturated[:, pairs]
        parts[:, HEADLINE] = weights.headline * (gained @ grams.idf[pairs])
    return parts


def _counts(found: Mapping[int, _Occurrences], size: tuple[int, int]) -> Numbers:
    """How often each gram stands in each article."""
    cells = np.concatenate([each.documents * size[1] + each.grams for each in found.values()])
    return np.bincount(cells, minlength=size[0] * size[1]).reshape(size)


def _occurrences(grams: Grams, head: Head) -> dict[int, _Occurrences]:
    """Where the grams of each length that has some stand."""
    documents, numbers, places = head.documents, head.characters, head.places
    before = 0
    found = {}
    for length in range(1, LONGEST + 1):
        found[length] = _Occurrences(documents, numbers + (before - 1), places)
        before += grams.counts[length]
        if length == LONGEST or grams.counts[length + 1] == 0:
            break
        table = grams.following[length]
        longer = table.ravel().take(numbers[:-1] * len(table) + numbers[1:])
        longer *= places[1:] - places[:-1] == 1
        at = longer.nonzero()[0]
        documents, numbers, places = documents.take(at), longer.take(at), places.take(at)
    return found


def _lead(grams: Grams, head: Head, marks: _Occurrences, fades: float) -> Scores:
    """For each article the idf of the grams, the less the later each stands for the first time."""
    size = len(head.starts), len(grams.idf)
    first = np.full(size[0] * size[1], np.inf)
    # Of several values for one place the last is kept: the first occurrence, from behind.
    key = marks.documents * size[1] + marks.grams
    first[key[::-1]] = (marks.places - head.starts.take(marks.documents))[::-1]
    led: Scores = np.exp(first / -fades).reshape(size) @ grams.idf
    return led


def _window(grams: Grams, head: Head, characters: _Occurrences, width: int) -> Scores:
    """For each article the most idf that distinct characters have in a window, two halves of `width`.

    An article is divided into such halves, and any two neighbours are a window: that says as much as
    windows that begin anywhere, and takes a third of the time.
    """
    half = width // 2
    # Before the first of an article one is empty, so that no window has two articles.
    inside = (characters.places - head.starts.take(characters.documents)) // half + 1
    halves = np.zeros(len(head.starts), np.intp)
    # Of several values for one place the last is kept: that of the last occurrence.
    halves[characters.documents] = inside
    halves += 1
    begin = halves.cumsum() - halves
    held = np.zeros((halves.sum(), grams.counts[1]), bool)
    held[begin.take(characters.documents) + inside, characters.grams] = True
    held[:-1] |= held[1:]
    best: Scores = np.maximum.reduceat(held @ grams.idf[: grams.counts[1]], begin)
    return best
