"""Articles on their way into the index: on disk, the last version of each id only.

Reading everything before the index is touched makes a run all or nothing, and Whoosh
cannot replace a document inside the segment it is writing.
"""

from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from wxsearch.index.schema import digest, encode
from wxsearch.models import Article


class Spool:
    """Takes articles and counts them against what is held already.

    `held` maps the ids of the index to their digests.
    """

    def __init__(self, held: Mapping[str, bytes]) -> None:
        self._held = held
        self._seen: dict[str, bytes] = {}
        self._places: dict[str, tuple[int, int]] = {}
        self._file = TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._end = 0
        self.added = self.updated = self.unchanged = self.duplicates = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        """How many articles have to be written."""
        return len(self._places)

    def add(self, article: Article) -> None:
        """Takes one article; a later one of the same id replaces it."""
        stored = encode(article)
        version = digest(stored)
        before = self._seen.get(article.id) or self._held.get(article.id)
        self.duplicates += article.id in self._seen
        self._seen[article.id] = version
        if before == version:
            self.unchanged += 1
            return
        if before is None:
            self.added += 1
        else:
            self.updated += 1
        if self._held.get(article.id) == version:
            # The run came back to what the index holds.
            self._places.pop(article.id, None)
            return
        self._file.write(stored)
        self._places[article.id] = (self._end, len(stored))
        self._end += len(stored)

    def ids(self) -> Iterator[str]:
        """The ids of the articles that have to be written."""
        return iter(self._places)

    def stored(self) -> Iterator[bytes]:
        """The articles that have to be written, in the order they came."""
        for start, length in sorted(self._places.values()):
            self._file.seek(start)
            yield self._file.read(length)
