"""Strings that are no words: what finding any piece of a text costs where it costs most."""

import random
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.analysis.segment import words
from wxsearch.benchmarks.corpus import Corpus
from wxsearch.benchmarks.queries import Question, sampled_articles
from wxsearch.benchmarks.worker import Worker

_SEED = 40
_SAMPLED_ARTICLES = 600
_LENGTHS = (3, 4, 5)
# So many of each length with a separator inside, and as many without.
_COUNT = 12
_ENGINE = "wxsearch"


class Containment(Struct, frozen=True, kw_only=True):
    """Processor milliseconds for strings asked in a new process, and asked there again.

    p50 and the worst over the strings, each the median of the rounds; `slowest` is the
    string that took longest at first.
    """

    strings: int
    first_ms: dict[str, float]
    again_ms: dict[str, float]
    slowest: str


def draw_strings(corpus: Corpus, scale: float) -> tuple[str, ...]:
    """Frequent strings of folded text that jieba does not take for one word; some hold a separator.

    The same for the same originals and scale, none a part of another.
    """
    chance = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    holders = Counter[str]()
    for article in sampled_articles(corpus, _SAMPLED_ARTICLES, chance):
        holders.update(set(_pieces(fold(article.title))) | set(_pieces(fold(article.body))))
    # Sorted by string too, since sets come in another order in each process.
    frequent = sorted(
        (string for string, held in holders.items() if held > 1), key=lambda it: (-holders[it], it)
    )
    count = max(1, round(_COUNT * scale))
    drawn: list[str] = []
    for length in _LENGTHS:
        suited = [string for string in frequent if len(string) == length]
        _add_distinct(drawn, (string for string in suited if SEPARATOR in string), count)
        _add_distinct(drawn, (string for string in suited if _joins_words(string)), count)
    return tuple(drawn)


def measure_containment(
    corpus: Corpus, directory: Path, strings: Sequence[str], warming: Sequence[Question], rounds: int
) -> Containment:
    """Asks wxsearch for every string twice, in a new process each round."""
    passes: list[list[list[float]]] = [[[] for _ in strings] for _ in range(2)]
    for _ in range(rounds):
        with Worker(_ENGINE, corpus, directory) as worker:
            for question in warming:
                worker.ask(question)
            for taken in passes:
                for place, string in enumerate(strings):
                    taken[place].append(worker.ask(Question(kind="phrase", words=(string,))).cpu_ms)
    first, again = ([statistics.median(each) for each in taken] for taken in passes)
    return Containment(
        strings=len(strings),
        first_ms=_middle_and_worst(first),
        again_ms=_middle_and_worst(again),
        slowest=strings[first.index(max(first))],
    )


def _pieces(folded: str) -> Iterator[str]:
    """Every string of the lengths, none with a separator at its edge."""
    for length in _LENGTHS:
        for start in range(len(folded) - length + 1):
            if SEPARATOR not in (folded[start], folded[start + length - 1]):
                yield folded[start : start + length]


def _joins_words(string: str) -> bool:
    return SEPARATOR not in string and len(words(string)) > 1


def _add_distinct(drawn: list[str], candidates: Iterable[str], count: int) -> None:
    """Adds the first `count` candidates that neither hold nor are held by what was drawn before."""
    most = len(drawn) + count
    for string in candidates:
        if len(drawn) == most:
            break
        if not any(string in other or other in string for other in drawn):
            drawn.append(string)


def _middle_and_worst(values: Sequence[float]) -> dict[str, float]:
    return {"p50": statistics.median(values), "max": max(values)}
