"""What the engine holds, counted once for each generation and not for each scrape."""

from wxsearch.engines.base import Engine
from wxsearch.models import Statistics


class Holdings:
    """Statistics of an engine, for probes and scrapes that come every few seconds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._counted: Statistics | None = None

    def current(self) -> Statistics:
        """The statistics of the newest generation; raises what the engine raises."""
        counted = self._counted
        if counted is None or counted.generation != self._engine.generation():
            counted = self._counted = self._engine.statistics()
        return counted
