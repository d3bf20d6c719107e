"""Recency of the oracle: what the best articles get for being new.

    recency * (the best score of all, before anything was added) * 2 ** (-age / half_life_days),
age in days before the newest article of all. An undated article gets nothing.
"""

from collections.abc import Iterable, Mapping

from wxsearch.dates import epoch
from wxsearch.models import Article
from wxsearch.settings import RankingSettings

_DAY = 24 * 60 * 60


def recency(
    best: Mapping[str, float], articles: Mapping[str, Article], ranking: RankingSettings
) -> dict[str, float]:
    """What each of the best articles gets."""
    newest = max(_times(articles.values()), default=0)
    gained = dict.fromkeys(best, 0.0)
    for key in best:
        for time in _times([articles[key]]):
            age = (newest - time) / _DAY
            gained[key] = ranking.recency * max(best.values()) * 2.0 ** (-age / ranking.half_life_days)
    return gained


def _times(articles: Iterable[Article]) -> list[int]:
    return [epoch(article.published) for article in articles if article.published]
