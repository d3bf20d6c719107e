"""What a run is asked to be."""

from pathlib import Path

from msgspec import Struct

from wxsearch.benchmarks.lineup import chosen

_SHORT_ARTICLES = 3_000


class Options(Struct, frozen=True, kw_only=True):
    """The options of the command; what is None is up to the form, short or whole."""

    articles: int | None
    times: int
    queries: float | None
    rounds: int | None
    short: bool
    engines: str
    compare: Path | None
    gate: bool
    target: Path

    @property
    def count(self) -> int | None:
        """Articles of the origin to take, None for all."""
        return self.articles or (_SHORT_ARTICLES if self.short else None)

    @property
    def scale(self) -> float:
        """The share of the questions that is asked."""
        return self.queries or (0.4 if self.short else 1.0)

    @property
    def rounds_asked(self) -> int:
        """How often each question is asked."""
        return self.rounds or (2 if self.short else 3)

    @property
    def whole(self) -> bool:
        """Whether every article and every question takes part."""
        return self.count is None and self.scale >= 1

    def names(self) -> tuple[str, ...]:
        """The engines, each once; raises InvalidRequest or StartProblem."""
        return chosen([name.strip() for name in self.engines.split(",") if name.strip()])
