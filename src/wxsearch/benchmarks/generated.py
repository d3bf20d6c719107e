"""Articles made up where no real ones are at hand: the same for everyone, from a seed.

Words are drawn from jieba's dictionary by its own counts, so that frequent words are
as frequent as in real text; a few topical words recur within each article.
"""

import random
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any

from wxsearch.dates import printed, read_bound
from wxsearch.errors import StartProblem

_SEED = 20211019
_TOPICAL_WORDS = 25
_TOPICAL_SHARE = 0.3
_SECTIONS = ("要闻", "财经", "科技", "物流", "体育", "文化", "教育", "健康", "国际", "社会", "汽车", "房产")
_BELOW = ("综合", "深度", "行业", "地方", "人物", "评论")
_DEEPEST = ("快讯", "专题", "图片")
_SOURCES = tuple(
    f"{place}{kind}" for place in ("东城", "西岭", "南港", "北原") for kind in ("日报", "网", "台")
)


def generated_articles(count: int) -> Iterator[dict[str, Any]]:
    """Yields articles as decoded JSON Lines; the first n of more are the same n."""
    chance = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    words, weights = _vocabulary()
    first = read_bound("2019", upper=False)
    last = read_bound("2025", upper=True)
    for number in range(count):
        yield _article(number, chance, _Text(chance, words, weights), chance.randrange(first, last))


class _Text:
    """Words for one article: some from its own topic, the rest from the language."""

    def __init__(self, chance: random.Random, words: list[str], weights: list[int]) -> None:
        self._chance = chance
        self._words, self._weights = words, weights
        self._topic = self._drawn(_TOPICAL_WORDS)

    def stretch(self, least: int, most: int) -> str:
        drawn = self._drawn(self._chance.randint(least, most))
        return "".join(
            self._chance.choice(self._topic) if self._chance.random() < _TOPICAL_SHARE else word
            for word in drawn
        )

    def sentence(self) -> str:
        return "，".join(self.stretch(3, 9) for _ in range(self._chance.randint(1, 4))) + "。"

    def paragraph(self) -> str:
        return "".join(self.sentence() for _ in range(self._chance.randint(2, 5)))

    def _drawn(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=count)


def _article(number: int, chance: random.Random, text: _Text, instant: int) -> dict[str, Any]:
    """One article; some have no time, only a day, no source or no breadcrumb."""
    article: dict[str, Any] = {
        "id": f"made-{number:06}",
        "url": f"https://news.example/{number:06}.html",
        "title": text.stretch(5, 10),
        "body": "\n".join(text.paragraph() for _ in range(chance.randint(3, 9))),
    }
    when = printed(instant)
    if chance.random() > 0.02:
        article["published"] = when[:10] if chance.random() < 0.1 else when
    if chance.random() > 0.05:
        article["source"] = _uneven(chance, _SOURCES)
    if chance.random() > 0.05:
        depth = chance.choice((1, 2, 2, 3))
        labels = (_uneven(chance, _SECTIONS), _uneven(chance, _BELOW), _uneven(chance, _DEEPEST))
        article["breadcrumb"] = ["首页", *labels[:depth]]
    return article


def _uneven(chance: random.Random, values: tuple[str, ...]) -> str:
    """One of the values, the earlier the likelier."""
    return values[int(len(values) * chance.random() ** 2)]


def _vocabulary() -> tuple[list[str], list[int]]:
    """Words and the running sums of their counts."""
    package = find_spec("jieba")
    if package is None or package.origin is None:
        raise StartProblem(
            "the generated corpus needs jieba's dictionary: install the test requirements "
            "(make .venv/test), or set WXSEARCH_CORPORA to a folder with news-36k.jsonl.zst"
        )
    entries = (Path(package.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    words, counts = zip(*((word, int(count)) for word, count, _ in map(str.split, entries)), strict=True)
    return list(words), list(accumulate(counts))
