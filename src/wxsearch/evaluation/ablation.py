"""What each part of the ranking is worth: a collection evaluated again with one part less."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from wxsearch.engines.base import Progress
from wxsearch.evaluation.collection import Collection
from wxsearch.evaluation.comparison import compare
from wxsearch.evaluation.report import Report, make_report
from wxsearch.evaluation.retrieval import indexed, retrieve
from wxsearch.settings import load_settings

AS_IT_IS = "as it is"

VARIANTS: dict[str, dict[str, str]] = {
    "no title": {"WXSEARCH_RANKING_TITLE_WEIGHT": "0"},
    "title as the body": {"WXSEARCH_RANKING_TITLE_WEIGHT": "1"},
    "BM25 with 0.9 and 0.4": {"WXSEARCH_RANKING_K1": "0.9", "WXSEARCH_RANKING_B": "0.4"},
}
"""By name the settings that differ, as variables of the environment; none of them changes an index."""


def ablate(
    collection: Collection, environment: Mapping[str, str], kept: Path | None, progress: Progress
) -> Iterator[tuple[str, Report]]:
    """The reports of the product as it is and of each variant, these compared with the first."""
    settings = load_settings(environment)
    with indexed(collection.documents, settings, kept, progress) as index:
        first = retrieve(index.directory, collection.queries, settings, progress)
        yield AS_IT_IS, make_report(collection, first, index.seconds)
        for name, changes in VARIANTS.items():
            varied = load_settings({**environment, **changes})
            found = retrieve(index.directory, collection.queries, varied, progress)
            against = compare(collection, found.ranked(), first.ranked(), AS_IT_IS)
            yield name, make_report(collection, found, None, against)
