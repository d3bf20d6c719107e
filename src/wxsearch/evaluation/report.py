"""What an evaluation found, in the shape that `wxsearch evaluate --json` prints."""

import numpy as np
from msgspec import UNSET, Struct, UnsetType

from wxsearch.evaluation.bootstrap import Figure, figures
from wxsearch.evaluation.collection import Collection
from wxsearch.evaluation.comparison import Comparison
from wxsearch.evaluation.measures import MEASURES, measured
from wxsearch.evaluation.retrieval import Retrieved
from wxsearch.evaluation.trec import Judgements

_NAMED = 3


class Measured(Struct, frozen=True):
    """The measures over the queries that have judgements."""

    judged: int
    measures: dict[str, Figure]


class Report(Struct, frozen=True, kw_only=True):
    """One evaluation; `index_seconds` is null where an index was used again."""

    collection: str
    documents: int
    queries: int
    judged: int
    measures: dict[str, Figure]
    others: dict[str, Measured]
    seconds: float
    index_seconds: float | None
    milliseconds_a_query: dict[str, float]
    notes: list[str]
    against: Comparison | UnsetType = UNSET


def make_report(
    collection: Collection,
    retrieved: Retrieved,
    index_seconds: float | None,
    against: Comparison | UnsetType = UNSET,
) -> Report:
    """Measures what was retrieved, by all judgements of the collection."""
    main = _measured(collection, retrieved, collection.judgements)
    times = np.percentile(retrieved.milliseconds, (50, 95)).round(3).tolist()
    return Report(
        collection=collection.name,
        documents=retrieved.articles,
        queries=len(collection.queries),
        judged=main.judged,
        measures=main.measures,
        others={name: _measured(collection, retrieved, other) for name, other in collection.others.items()},
        seconds=round((index_seconds or 0.0) + sum(retrieved.milliseconds) / 1000, 3),
        index_seconds=None if index_seconds is None else round(index_seconds, 3),
        milliseconds_a_query=dict(zip(("p50", "p95"), times, strict=True)),
        notes=_notes(collection),
        against=against,
    )


def _measured(collection: Collection, retrieved: Retrieved, judgements: Judgements) -> Measured:
    judged = collection.judged(judgements)
    values = measured(retrieved.ranked(), judgements, judged)
    return Measured(len(judged), dict(zip(MEASURES, figures(values), strict=True)))


def _notes(collection: Collection) -> list[str]:
    queries, judgements = collection.queries, collection.judgements
    noted = (
        ("without a judgement, left out of the means", [each for each in queries if each not in judgements]),
        ("judged and not asked", [each for each in judgements if each not in queries]),
        ("without text, which find nothing", [each for each, text in queries.items() if not text]),
    )
    return [f"{len(ids)} of the queries {what}: {_listed(ids)}" for what, ids in noted if ids]


def _listed(ids: list[str]) -> str:
    return ", ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
