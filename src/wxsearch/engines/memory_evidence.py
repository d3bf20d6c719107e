"""Evidence of the oracle: what the wording of a query adds to the scores of the best articles.

For a gram of the wording idf is that of its rarest bigram, of a character its own, and share(tf) as in
BM25 of the body. An article gets, each times its weight,
    characters, bigrams, longer: the sum of idf * share(tf) over grams of one, of two, of three and four;
    lead: the sum of idf * exp(-place of the first occurrence / lead_characters) over bigrams;
    window: the most idf of distinct characters in two neighbours of the stretches that the text is divided
        into, each half of window_characters.
Title and body are one text; a character counts where the fold of one of the text is just it. A headline
that the body announces is cut out of it, and told apart:
    headline: what bigrams would add were it there, the sum of idf * (share(tf) - share(tf without it)); each
        article gets, times the weight, what it lacks to the most of the best articles.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.analysis.headlines import headline_end
from wxsearch.engines.memory_ranking import Fields, share
from wxsearch.models import Article
from wxsearch.settings import RankingSettings

_LONGEST = 4

Text = list[str | None]
"""The fold of each character of an article, None for what is none or several."""


def evidence(
    best: Iterable[str],
    articles: Mapping[str, Article],
    folded: Mapping[str, Fields],
    wording: Sequence[str],
    ranking: RankingSettings,
) -> dict[str, dict[str, float]]:
    """The evidence of the best articles, by the names of the parts."""
    average = sum(len(body) for _, body in folded.values()) / len(folded)
    idf = _rarity(_grams(wording), folded)
    found = {}
    for key in best:
        texts = _texts(articles[key], ranking)
        found[key] = _evidence(*texts, idf, len(folded[key][1]), average, ranking)
    most = max((parts["headline"] for parts in found.values()), default=0.0)
    return {key: parts | {"headline": most - parts["headline"]} for key, parts in found.items()}


def head_of(
    ordered: Sequence[Article], folded: Mapping[str, Fields], ranking: RankingSettings
) -> list[Article]:
    """Those of articles in order that are looked at more closely."""
    head: list[Article] = []
    total = 0
    for article in ordered[: ranking.head]:
        title, body = map(len, folded[article.id])
        total += title + min(body, ranking.head_characters)
        if total > ranking.head_total and len(head) >= ranking.head_least:
            break
        head.append(article)
    return head


def _grams(wording: Sequence[str]) -> list[str]:
    return list(
        dict.fromkeys(
            piece[start : start + length]
            for length in range(1, _LONGEST + 1)
            for piece in wording
            for start in range(len(piece) - length + 1)
        )
    )


def _rarity(grams: Sequence[str], folded: Mapping[str, Fields]) -> dict[str, float]:
    idf: dict[str, float] = {}
    for gram in grams:
        if len(gram) > 2:
            idf[gram] = max(idf[gram[at : at + 2]] for at in range(len(gram) - 1))
            continue
        df = sum(any(gram in text for text in fields) for fields in folded.values())
        idf[gram] = log(1 + (len(folded) - df + 0.5) / (df + 0.5)) if df else 0.0
    return idf


def _texts(article: Article, ranking: RankingSettings) -> tuple[Text, Text]:
    """The title and the body without its headline, and that headline."""

    def each(text: str) -> Text:
        # Between letters, since a separator at an edge would be dropped: ℃ is one, and c.
        folds = (fold(f"x{character}x")[1:-1] for character in text)
        return [one if len(one) == 1 and one != SEPARATOR else None for one in folds]

    body = each(article.body[: ranking.head_characters])
    end = headline_end(article.body, ranking.headline_characters)
    return [*each(article.title), None, *body[end:]], body[:end]


def _evidence(
    text: Text,
    headline: Text,
    idf: Mapping[str, float],
    length: int,
    average: float,
    ranking: RankingSettings,
) -> dict[str, float]:
    def shared(tf: int) -> float:
        return share(tf, length, average, ranking.k1, ranking.b)

    places = {gram: _places(gram, text) for gram in idf}
    parts = dict.fromkeys(("characters", "bigrams", "longer", "lead", "window", "headline"), 0.0)
    for gram, found in places.items():
        name = ("characters", "bigrams", "longer", "longer")[len(gram) - 1]
        parts[name] += idf[gram] * shared(len(found))
        if len(gram) == 2:
            among_both = len(found) + len(_places(gram, headline))
            parts["headline"] += idf[gram] * (shared(among_both) - shared(len(found)))
    marks = [gram for gram in idf if len(gram) == 2] or [gram for gram in idf if len(gram) == 1]
    for gram in marks:
        if places[gram]:
            parts["lead"] += idf[gram] * exp(-places[gram][0] / ranking.lead_characters)
    characters = [gram for gram in idf if len(gram) == 1]
    half = ranking.window_characters // 2
    parts["window"] = max(
        _held(range(begin, begin + 2 * half), characters, places, idf) for begin in range(0, len(text), half)
    )
    return {name: getattr(ranking, name) * value for name, value in parts.items()}


def _held(
    window: range,
    characters: Sequence[str],
    places: Mapping[str, list[int]],
    idf: Mapping[str, float],
) -> float:
    """The idf of the distinct characters in a window of places."""
    return sum(idf[one] for one in characters if any(place in window for place in places[one]))


def _places(gram: str, text: Text) -> list[int]:
    wanted = list(gram)
    return [at for at in range(len(text)) if text[at : at + len(gram)] == wanted]
