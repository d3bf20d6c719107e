"""Articles on their way into the index: on disk, the last version of each id only.

Reading everything before the index is touched makes a run all or nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

import msgspec
from msgspec.structs import replace

from wxsearch.addresses import same_address
from wxsearch.index.scratch import scratch
from wxsearch.models import Article

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Article)


class Spool:
    """Takes articles and counts them against what is held already; `held` gives that by id."""

    def __init__(self, held: Callable[[str], Article | None]) -> None:
        self._held = held
        # Where the last version of each id lies; None where the index has that very version.
        self._places: dict[str, tuple[int, int] | None] = {}
        with scratch():
            self._file = TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._end = 0
        self.added = self.updated = self.unchanged = self.duplicates = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        # What is still to be written, on a disk that is full, is not needed any more.
        with suppress(OSError):
            self._file.close()

    def __len__(self) -> int:
        """How many articles have to be written."""
        return sum(place is not None for place in self._places.values())

    def add(self, article: Article) -> None:
        """Takes one article; a later one of the same id replaces it. Raises IndexProblem."""
        held = self._held(article.id)
        before = held
        if article.id in self._places:
            self.duplicates += 1
            place = self._places[article.id]
            before = held if place is None else self._read(place)
        if before is None:
            self.added += 1
        elif _is_same(before, article):
            self.unchanged += 1
        else:
            self.updated += 1
        if held is not None and _is_same(held, article):
            self._places[article.id] = None
        elif before is None or not _is_same(before, article):
            self._places[article.id] = self._written(article)

    def ids(self) -> Iterator[str]:
        """The ids of the articles that have to be written."""
        return (article_id for article_id, place in self._places.items() if place is not None)

    def articles(self) -> Iterator[Article]:
        """The articles that have to be written, in the order they came."""
        return map(self._read, sorted(place for place in self._places.values() if place is not None))

    def sample(self, numbers: Iterable[int]) -> Iterator[Article]:
        """Some of those articles, by their numbers."""
        places = sorted(place for place in self._places.values() if place is not None)
        return (self._read(places[number]) for number in numbers)

    def _read(self, place: tuple[int, int]) -> Article:
        with scratch():
            self._file.seek(place[0])
            return _decoder.decode(self._file.read(place[1]))

    def _written(self, article: Article) -> tuple[int, int]:
        encoded = _encoder.encode(article)
        with scratch():
            self._file.seek(self._end)
            self._file.write(encoded)
        place = self._end, len(encoded)
        self._end += len(encoded)
        return place


def _is_same(before: Article, article: Article) -> bool:
    """Whether nothing changed; the first spelling of an address is kept."""
    return before == article or (
        same_address(before.url, article.url) and replace(before, url=article.url) == article
    )
