"""What an engine has to do here, and the form in which answers are compared."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from msgspec import Struct

from wxsearch.benchmarks.corpus import Corpus, CutArticle
from wxsearch.benchmarks.queries import Question
from wxsearch.categories import Path as CategoryPath
from wxsearch.categories import prefixes, written_path

TOP = 10
TITLE_WEIGHT = 2.0
"""What a match in the title counts beside 1.0 in the body, in every engine."""


class Answer(Struct, frozen=True, kw_only=True):
    """The full answer to a question, in the form that is compared.

    `top` are (id, title) of the first hits. `categories` counts the articles at or below
    each path, not narrowed by the category that the question itself filters by, as
    wxsearch counts them; `months` counts by 2021-10. Empty counts are left out.
    """

    total: int
    top: list[tuple[str, str]]
    categories: dict[str, int]
    months: dict[str, int]


class Counted(NamedTuple):
    """What a rival's answer is before its numbers are spelt out."""

    total: int
    top: list[tuple[str, str]]
    categories: Mapping[int, int]
    months: Mapping[int, int]


class Contender(Protocol):
    """One engine. `plan` and `read` stand outside the clock, `ask` inside it."""

    name: str
    cuts_itself: bool
    """Whether `build` reads raw lines and cuts them; the others get ready tokens."""

    def version(self) -> str:
        """The engine's version."""

    def build(self, corpus: Corpus, articles: Iterable[CutArticle], directory: Path) -> None:
        """Indexes the corpus in an empty directory, ready to be searched."""

    def open(self, corpus: Corpus, directory: Path) -> None:
        """Opens what was built."""

    def plan(self, question: Question) -> Any:
        """The question in the engine's own terms."""

    def ask(self, plan: Any) -> Any:
        """Top hits with titles, exact total, counts by category and by month."""

    def read(self, found: Any) -> Answer:
        """What `ask` returned, in the form that is compared."""

    def close(self) -> None:
        """Gives back what `open` opened."""


def spelt_out(counted: Counted, paths: list[CategoryPath]) -> Answer:
    """A rival's numbers as paths and months, counts of paths summed up to their ancestors."""
    categories: Counter[str] = Counter()
    for number, count in counted.categories.items():
        for path in prefixes(paths[number]):
            categories[written_path(path)] += count
    months = {f"{month // 100}-{month % 100:02}": count for month, count in counted.months.items() if month}
    return Answer(total=counted.total, top=counted.top, categories=dict(categories), months=months)


def at_or_below(paths: list[CategoryPath], number: int) -> list[int]:
    """The numbers of a path and of all paths below it."""
    prefix = paths[number]
    return [place for place, path in enumerate(paths) if path[: len(prefix)] == prefix]
