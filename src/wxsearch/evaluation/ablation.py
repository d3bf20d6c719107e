"""What each part of the ranking is worth: a collection evaluated again with one part less."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from wxsearch.analysis.runs import IDEOGRAPH
from wxsearch.engines.base import Progress
from wxsearch.evaluation.collection import Collection
from wxsearch.evaluation.comparison import compare
from wxsearch.evaluation.report import Report, make_report
from wxsearch.evaluation.retrieval import indexed, retrieve
from wxsearch.settings import load_settings

AS_IT_IS = "as it is"

_R, _Q = "WXSEARCH_RANKING_", "WXSEARCH_QUERY_"
_NO_VARIANTS = dict.fromkeys(
    [_Q + name for name in ("REGIONAL_WORDS", "CHARACTER_VARIANTS", "NUMBER_FORMS", "SYNONYMS")], "false"
)


class Variant(NamedTuple):
    """Settings that differ, as variables of the environment, and whether characters are words of their own.

    None of them changes an index.
    """

    changes: dict[str, str]
    apart: bool = False


VARIANTS: dict[str, Variant] = {
    "words only": Variant({_R + "HEAD": "0"}),
    "characters only": Variant(
        {_R + "HEAD": "0", _Q + "FUNCTION_WORDS": "false", **_NO_VARIANTS}, apart=True
    ),
    "no characters": Variant({_R + "CHARACTERS": "0"}),
    "no bigrams": Variant({_R + "BIGRAMS": "0"}),
    "no longer grams (order)": Variant({_R + "LONGER": "0"}),
    "no lead": Variant({_R + "LEAD": "0"}),
    "no window (closeness)": Variant({_R + "WINDOW": "0"}),
    "headlines are text": Variant({_R + "HEADLINE_CHARACTERS": "0"}),
    "no title": Variant({_R + "TITLE_WEIGHT": "0"}),
    "half the head": Variant({_R + "HEAD": "40", _R + "HEAD_TOTAL": "15000"}),
    "twice the head": Variant({_R + "HEAD": "160", _R + "HEAD_TOTAL": "60000"}),
    "no lists": Variant({_Q + "FUNCTION_WORDS": "false", **_NO_VARIANTS}),
}
"""By name what differs; "no lists" is without function words, question words, synonyms and other variants."""

_IDEOGRAPH = re.compile(f"([{IDEOGRAPH}])")


def ablate(
    collection: Collection, environment: Mapping[str, str], kept: Path | None, progress: Progress
) -> Iterator[tuple[str, Report]]:
    """The reports of the product as it is and of each variant, these compared with the first."""
    settings = load_settings(environment)
    with indexed(collection.documents, settings, kept, progress) as index:
        first = retrieve(index.directory, collection.queries, settings, progress)
        yield AS_IT_IS, make_report(collection, first, index.seconds)
        for name, variant in VARIANTS.items():
            varied = load_settings({**environment, **variant.changes})
            queries = _apart(collection.queries) if variant.apart else collection.queries
            found = retrieve(index.directory, queries, varied, progress)
            against = compare(collection, found.ranked(), first.ranked(), AS_IT_IS)
            yield name, make_report(collection, found, None, against)


def _apart(queries: Mapping[str, str]) -> dict[str, str]:
    """The queries with a sign around each ideograph."""
    return {query_id: _IDEOGRAPH.sub(r",\1,", text) for query_id, text in queries.items()}
