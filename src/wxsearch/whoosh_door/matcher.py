"""The postings of a term, as Whoosh walks them."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from whoosh.formats import Frequency
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.system import pack_uint

from wxsearch.whoosh_door.fields import Postings


class PostingMatcher(LeafMatcher):
    """See Whoosh's Matcher. It offers no bounds of quality: all that matches is scored."""

    def __init__(self, term: tuple[str, bytes], postings: Postings, format_: Any, scorer: Any) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._postings = postings
        # Whoosh compares and packs Python's own numbers only.
        self._documents: list[int] = postings.documents.tolist()
        self._counts: list[int] = postings.counts.tolist()
        self._at = 0

    def is_active(self) -> bool:
        """False once all postings were passed."""
        return self._at < len(self._documents)

    def reset(self) -> None:
        """Goes back to the first posting."""
        self._at = 0

    def copy(self) -> "PostingMatcher":
        """Another one at the same place."""
        other = PostingMatcher(self._term, self._postings, self.format, self.scorer)
        other._at = self._at
        return other

    def id(self) -> int:
        """The document."""
        return self._documents[self._at]

    def all_ids(self) -> Iterator[int]:
        """All documents."""
        return iter(self._documents)

    def next(self) -> bool:
        """Goes on by one; says that no new block began."""
        self._require()
        self._at += 1
        return False

    def skip_to(self, id: int) -> bool:  # noqa: A002 - Whoosh's name
        """Goes on to this document, or the next one after it; says that no new block began."""
        self._require()
        self._at = bisect_left(self._documents, id, self._at)
        return False

    def weight(self) -> float:
        """How often the term stands in the document."""
        return float(self._counts[self._at])

    def value(self) -> bytes:
        """The same, as the field's format writes it."""
        return pack_uint(self._counts[self._at]) if isinstance(self.format, Frequency) else b""

    def supports_block_quality(self) -> bool:
        """No."""
        return False

    def _require(self) -> None:
        if not self.is_active():
            raise ReadTooFar
