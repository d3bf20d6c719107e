"""The documents of a collection indexed, and its queries asked.

Any leaf may match; 100 places are taken by relevance, without facets and marks. Nothing is
cut off: the limits on a query's length and time are those of a service, and lifted here.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from wxsearch.engines.base import Progress
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import IndexProblem
from wxsearch.evaluation.documents import fingerprint, read_documents, total_size
from wxsearch.evaluation.measures import DEPTH
from wxsearch.evaluation.plain_text import plain_text
from wxsearch.evaluation.trec import Ranking
from wxsearch.index.scratch import scratch
from wxsearch.limits import Limits
from wxsearch.query.request import SearchRequest, read_request
from wxsearch.settings import Settings

_LIFTED = 1_000_000_000


class Indexed(Struct, frozen=True):
    """Where the index is, and how long indexing took; None where it was there already."""

    directory: Path
    seconds: float | None


class Retrieved(Struct, frozen=True):
    """From so many articles the rankings by query, and how long each query took, reading it included."""

    articles: int
    rankings: dict[str, Ranking]
    milliseconds: list[float]

    def ranked(self) -> dict[str, list[str]]:
        """The rankings without scores."""
        return {
            query_id: [document for document, _ in ranking] for query_id, ranking in self.rankings.items()
        }


@contextmanager
def indexed(documents: Path, settings: Settings, kept: Path | None, progress: Progress) -> Iterator[Indexed]:
    """An index of the documents while the context lasts; for longer below the folder `kept`.

    There it is named by the hash of the documents, so that it is used again for the same
    ones alone. Raises InvalidCollection and IndexProblem.
    """
    if kept is not None:
        yield _indexed_in(kept / f"docs-{fingerprint(documents)}", documents, settings, progress)
        return
    with scratch():
        # Only its owner may look into it.
        folder = TemporaryDirectory(prefix="wxsearch-evaluate-")
    with folder as name:
        yield _indexed_in(Path(name) / "index", documents, settings, progress)


def _indexed_in(directory: Path, documents: Path, settings: Settings, progress: Progress) -> Indexed:
    with closing(EmbeddedEngine(directory, settings)) as engine:
        if _is_whole(engine):
            return Indexed(directory, None)
        began = time.monotonic()
        total, taken = total_size(documents), 0

        def on_bytes(size: int) -> None:
            nonlocal taken
            taken += size
            progress("reading", taken, total)

        articles = read_documents(documents, settings.limits, on_bytes)
        engine.index(articles, rebuild=True, progress=progress)
        return Indexed(directory, time.monotonic() - began)


def _is_whole(engine: EmbeddedEngine) -> bool:
    """Whether all was indexed: a run that was killed leaves an index without articles at most.

    One that is damaged, or of another version, can be made again.
    """
    try:
        return engine.statistics().articles > 0
    except IndexProblem:
        return False


def retrieve(
    directory: Path, queries: Mapping[str, str], settings: Settings, progress: Progress
) -> Retrieved:
    """The first 100 places of each query in an index."""
    patient = _without_limits(settings)
    rankings: dict[str, Ranking] = {}
    milliseconds = []
    with closing(EmbeddedEngine(directory, patient)) as engine:
        engine.preload()
        for done, (query_id, text) in enumerate(queries.items(), 1):
            began = time.perf_counter()
            # Without text a search would be one for everything.
            places = engine.evaluated(_request(text, engine, patient.limits)).top(DEPTH) if text else []
            milliseconds.append((time.perf_counter() - began) * 1000)
            rankings[query_id] = [(place.id, place.score) for place in places]
            progress("searching", done, len(queries))
        return Retrieved(engine.statistics().articles, rankings, milliseconds)


def _request(text: str, engine: EmbeddedEngine, limits: Limits) -> SearchRequest:
    given = {
        "q": plain_text(text),
        "match": "any",
        "sort": "relevance",
        "size": str(DEPTH),
        "facets": "",
        "highlight": "false",
    }
    parameters = {name: [value] for name, value in given.items()}
    return read_request(parameters, limits, engine.vocabulary())


def _without_limits(settings: Settings) -> Settings:
    lifted = replace(
        settings.limits,
        query_characters=_LIFTED,
        query_leaves=_LIFTED,
        search_milliseconds=_LIFTED,
        page_size=_LIFTED,
        window=_LIFTED,
    )
    return replace(settings, limits=lifted)
