"""What an engine is: articles in, answers out.

Every implementation passes the same contract suite (tests/contract). Engines take our
own models and query trees and return our models; nothing of what they are built on
shows through.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from wxsearch.analysis.vocabulary import Vocabulary
from wxsearch.models import (
    Article,
    CheckReport,
    DeleteSummary,
    FamilyMembers,
    Hit,
    IndexSummary,
    Rejection,
    SearchResult,
    Statistics,
)
from wxsearch.query.request import SearchRequest

Progress = Callable[[str, int, int | None], None]
"""Called as (phase, done, total or None) while long work goes on."""


class Engine(Protocol):
    """Holds articles and answers searches over them.

    Reading methods answer from the newest generation and may be called from several
    threads; each call sees one generation from beginning to end.
    """

    name: str

    def preload(self) -> None:
        """Opens the newest generation and loads what searches need, for processes forked later to share.

        Raises IndexProblem.
        """

    def index(
        self, items: Iterable[Article | Rejection], *, rebuild: bool = False, progress: Progress | None = None
    ) -> IndexSummary:
        """Adds or replaces articles by id, all in one generation or none at all.

        Rejections among the items are counted and named in the summary. With `rebuild`
        the items replace everything. Raises WriterLocked, IndexProblem.
        """

    def delete(self, ids: Sequence[str]) -> DeleteSummary:
        """Removes articles; ids that are not there are named. Raises as `index`."""

    def search(self, request: SearchRequest) -> SearchResult:
        """The page of hits, total and facets that the request asks for.

        The total is exact, or a lower bound of an answer that is `partial`. Raises LimitExceeded for a
        histogram with too many bars, IndexMissing or another IndexProblem where nothing can be opened.
        """

    def scan(self, request: SearchRequest) -> Iterator[Hit]:
        """Every hit in order, from one generation; size, offset and facets do not count.

        Raises as `search`.
        """

    def get(self, article_id: str) -> Article:
        """The article as it was indexed; raises NotFound."""

    def family(self, article_id: str) -> FamilyMembers | None:
        """The article's near-copies and itself, None where it has none; raises NotFound."""

    def vocabulary(self) -> Vocabulary:
        """What queries are to be read with, as its files are now.

        Raises InvalidSettings as long as they could not be read.
        """

    def generation(self) -> int:
        """The number of the newest generation; it grows with every change."""

    def degraded(self) -> str | None:
        """Why what is answered from is not the newest generation, or the newest vocabulary; or None."""

    def statistics(self) -> Statistics:
        """What is held."""

    def check(self, progress: Progress | None = None) -> CheckReport:
        """Reads everything that is held, says whether it is sound, and restores what is whole.

        Raises IndexProblem where it cannot be read for another reason than damage.
        """

    def close(self) -> None:
        """Gives back what is open; the engine answers no more."""
