"""The questions of a run: five kinds, drawn from what people searched for and from the articles."""

import json
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct

from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.analysis.segment import tokens, words
from wxsearch.benchmarks.corpus import HOT_QUERIES, Corpus, CutArticle, compressed_lines, cut_articles
from wxsearch.dates import DAY, bucket_key, read_bound

Kind = Literal["and", "or", "phrase", "filter", "heavy"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_SEED = 36
_COUNTS: dict[Kind, int] = {"and": 100, "or": 100, "phrase": 50, "filter": 50}
_HEAVY = (("的",), ("在",), ("是",), ("了",), ("中国", "经济", "发展"))
_WARMING_HEAVY = ("和",)
_FILTER_DAYS = 90
_SAMPLED_ARTICLES = 1_000
_TYPED = 500
_TRIES = 50


class Question(Struct, frozen=True, kw_only=True):
    """One question: all of `words` (and, filter), any (or, heavy), or in sequence (phrase).

    A filter also asks for [since, until) in seconds and a category path by its number.
    """

    kind: Kind
    words: tuple[str, ...]
    since: int | None = None
    until: int | None = None
    category: int | None = None


class Questions(Struct, frozen=True, kw_only=True):
    """The questions in the order they are asked, and queries as people type them.

    `warming` has one more question of each kind, to be asked beforehand, unmeasured.
    """

    asked: tuple[Question, ...]
    warming: tuple[Question, ...]
    typed: tuple[str, ...]


def draw_questions(corpus: Corpus, corpora: Path | None, scale: float) -> Questions:
    """The same questions for the same originals and scale; at least one of each kind."""
    chance = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    articles = sampled_articles(corpus, _SAMPLED_ARTICLES, chance)
    typed = _typed(corpora, articles, chance)
    searched = [found for text in typed if len(found := _distinct_words(text)) > 1]
    drawn: dict[Kind, Iterator[Question]] = {
        "and": (Question(kind="and", words=found[: 2 + place % 2]) for place, found in enumerate(searched)),
        "or": (Question(kind="or", words=found) for found in reversed(searched)),
        "phrase": _phrases(articles, chance),
        "filter": _filters(articles, chance),
    }
    asked, warming = list[Question](), list[Question]()
    for kind, questions in drawn.items():
        count = max(1, round(_COUNTS[kind] * scale))
        several = list(islice(questions, count + 1))
        asked += several[:count]
        warming += several[-1:]
    asked += [Question(kind="heavy", words=heavy) for heavy in _HEAVY]
    warming.append(Question(kind="heavy", words=_WARMING_HEAVY))
    return Questions(asked=tuple(asked), warming=tuple(warming), typed=tuple(typed))


def sampled_articles(corpus: Corpus, count: int, chance: random.Random) -> list[CutArticle]:
    """So many of the originals, or all of them, in an order by chance."""
    sampled = set(chance.sample(range(corpus.originals), min(count, corpus.originals)))
    articles = [article for place, article in enumerate(cut_articles(corpus.cut)) if place in sampled]
    chance.shuffle(articles)
    return articles


def _typed(corpora: Path | None, articles: Sequence[CutArticle], chance: random.Random) -> list[str]:
    """Hot queries, or beginnings of titles where there are none."""
    if corpora is not None and (corpora / HOT_QUERIES).exists():
        hot = dict.fromkeys(json.loads(line)["query"] for line in compressed_lines(corpora / HOT_QUERIES))
        return chance.sample(list(hot), min(_TYPED, len(hot)))
    return [article.title[: chance.randint(5, 14)] for article in articles[:_TYPED]]


def _distinct_words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word, _ in words(fold(text))))


def _phrases(articles: Sequence[CutArticle], chance: random.Random) -> Iterator[Question]:
    """Two to four words of a sentence that every engine cuts alike, alone and in place."""
    for article in articles:
        for _ in range(_TRIES):
            stretches = fold(article.body).split(SEPARATOR)
            found = [word for word, _ in words(chance.choice(stretches))]
            start, length = chance.randrange(max(1, len(found) - 1)), chance.randint(2, 4)
            phrase = found[start : start + length]
            alone = [token for token, _ in tokens("".join(phrase))]
            if len(phrase) == length and alone == phrase:
                yield Question(kind="phrase", words=tuple(phrase))
                break


def _filters(articles: Sequence[CutArticle], chance: random.Random) -> Iterator[Question]:
    """A word of an article's title, 90 whole days around its time, its category or one above."""
    for article in articles:
        long_words = [word for word in article.title_tokens if len(word) > 1]
        if article.published is None or not article.within or not long_words:
            continue
        midnight = read_bound(bucket_key(article.published, "day"), upper=False)
        since = midnight - chance.randrange(_FILTER_DAYS) * DAY
        yield Question(
            kind="filter",
            words=(chance.choice(long_words),),
            since=since,
            until=since + _FILTER_DAYS * DAY,
            category=chance.choice(article.within),
        )
