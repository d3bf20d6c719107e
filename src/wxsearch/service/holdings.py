"""How much can be searched, for probes and scrapes that come every few seconds."""

from typing import NamedTuple

from wxsearch.engines.base import Engine
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import Everything, Query


class Holding(NamedTuple):
    """The articles of one generation, and why it is not the newest, or None."""

    articles: int
    generation: int
    degraded: str | None


class Holdings:
    """Asks an engine by a search for everything that shows nothing: far less work than its statistics."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._request = SearchRequest(query=Query("", Everything(), ""), size=0, facets=(), highlight=False)

    def current(self) -> Holding:
        """What is answered from; raises what the engine raises."""
        result = self._engine.search(self._request)
        return Holding(result.total, result.generation, self._engine.degraded())
