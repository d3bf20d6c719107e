"""Scores of the oracle: BM25 over title and body, with one document frequency a term.

score = the sum over the terms of
    idf * (title_weight * share(title) + share(body)),
the two of which are a gain,
idf = ln(1 + (N - df + 0.5) / (df + 0.5)),
share = tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average length)).

A leaf and its variants are one term: tf is the sum of theirs, df the largest of theirs. Lengths are
folded characters. The df of a leaf is that of its rarest part: an engine need
not know in how many articles a longer string stands to score those where it does.
"""

import re
from collections.abc import Mapping, Sequence
from math import log

from wxsearch.analysis.runs import DIGIT, LETTER, may_go_on, pieces
from wxsearch.engines.matching import occurrences_in_fields
from wxsearch.query.tree import Leaf, QueryTerm, each_leaf
from wxsearch.search.scoring import Gain
from wxsearch.settings import RankingSettings

SIGNIFICANT_DIGITS = 6

Fields = tuple[str, str]
"""The folded title and the folded body of an article."""


def scores(gains: Mapping[str, Sequence[Gain]]) -> dict[str, float]:
    """The score of each article from what its terms gain, rounded so that additions cannot break a tie."""
    totals = {key: sum(gain.by_title + gain.by_body for gain in each) for key, each in gains.items()}
    return {key: rounded(total) for key, total in totals.items()}


def gains(
    articles: Mapping[str, Fields], terms: Sequence[QueryTerm], ranking: RankingSettings
) -> dict[str, list[Gain]]:
    """What each term adds to the score of each article."""
    found: dict[str, list[Gain]] = {key: [] for key in articles}
    weights = (ranking.title_weight, 1.0)
    averages = [sum(map(len, texts)) / len(articles) for texts in zip(*articles.values(), strict=True)]
    for term in terms:
        typed, *variants = (document_frequency(leaf, articles) for leaf in each_leaf(term))
        df = typed or max(variants, default=0)
        idf = log(1 + (len(articles) - df + 0.5) / (df + 0.5))
        for key, fields in articles.items():
            in_title, in_body = counts = _occurrences(term, fields)
            by_title, by_body = (
                idf * weight * share(tf, len(text), average, ranking.k1, ranking.b)
                for tf, weight, text, average in zip(counts, weights, fields, averages, strict=True)
            )
            found[key].append(Gain(in_title, in_body, by_title, by_body))
    return found


def rounded(score: float) -> float:
    """To six significant digits."""
    return float(f"{score:.{SIGNIFICANT_DIGITS}g}")


def document_frequency(leaf: Leaf, articles: Mapping[str, Fields]) -> int:
    """In how many articles the rarest part of the leaf stands, title or body."""
    return min(sum(any(map(part.search, fields)) for fields in articles.values()) for part in _parts(leaf))


def _occurrences(term: QueryTerm, fields: Fields) -> list[int]:
    """Of a leaf, and of its variants added up: in the title, in the body."""
    each = (occurrences_in_fields(leaf, *fields) for leaf in each_leaf(term))
    return [sum(counts) for counts in zip(*each, strict=True)]


def share(tf: int, length: int, average: float, k1: float, b: float) -> float:
    """What a field adds: more the more often the leaf stands there, less the longer it is."""
    if not tf:
        return 0.0
    relative = length / average if average else 0
    return tf * (k1 + 1) / (tf + k1 * (1 - b + b * relative))


def _parts(leaf: Leaf) -> list[re.Pattern[str]]:
    if leaf.quoted:
        return _neighbours(leaf.text)
    parts = []
    found = pieces(leaf.text)
    for place, (kind, text) in enumerate(found):
        if kind == "ideographs":
            parts += _neighbours(text)
        elif kind in ("letters", "digits"):
            goes_on = place == len(found) - 1 and may_go_on(kind, text, prefix=leaf.prefix)
            parts.append(_run(kind, text, goes_on=goes_on))
    return parts


def _neighbours(text: str) -> list[re.Pattern[str]]:
    """Each two characters side by side, or the one that there is."""
    return [re.compile(re.escape(text[at : at + 2])) for at in range(max(1, len(text) - 1))]


def _run(kind: str, text: str, *, goes_on: bool) -> re.Pattern[str]:
    """A whole run, or one that begins so."""
    inside = DIGIT if kind == "digits" else LETTER
    return re.compile(f"(?<![{inside}]){re.escape(text)}" + ("" if goes_on else f"(?![{inside}])"))
