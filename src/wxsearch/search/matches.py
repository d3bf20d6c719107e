"""What a leaf matches: documents, and how often in the title and in the body."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.lookup import found_at, listed_at
from wxsearch.index.segment.values import IN_BODY, IN_TITLE, OVERFLOW_BYTE, PLAIN, Bytes, packed

# So many documents have numbers of 16 bits.
_NARROW = 1 << 16
# By value: the occurrences in the title and in the body, a row each.
_COUNTS = np.stack((IN_TITLE, IN_BODY)).astype(np.int64)


class Matches(Protocol):
    """Ascending documents with the value of each; index.segment.decoding.PostingList is one.

    They are of a segment, or of all segments that are numbered through (search.joined_matches). `dense` has a
    value for every document, 0 where nothing matches.
    """

    @property
    def frequency(self) -> int:
        """How many documents match."""

    @property
    def is_dense(self) -> bool:
        """Whether `mask` and `dense` are nearer at hand than `documents`."""

    @property
    def documents(self) -> Numbers:
        """Ascending numbers."""

    @property
    def values(self) -> Bytes:
        """A value for each of the documents."""

    def values_at(self, documents: Numbers) -> Bytes:
        """The values of some ascending documents, 0 where nothing matches."""

    def holds(self, documents: Numbers) -> NDArray[np.bool_]:
        """Whether each of some ascending documents matches."""

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Whether each document matches."""

    @property
    def dense(self) -> Bytes:
        """A value for every document."""

    def counts(self, documents: Numbers, values: Bytes) -> tuple[Counts, Counts]:
        """Occurrences in title and body, of some of the documents and their values."""


class Counted(NamedTuple):
    """Matches that were counted in texts, or added up from several lists."""

    documents: Numbers
    values: Bytes
    in_title: Counts
    in_body: Counts
    size: int

    @property
    def frequency(self) -> int:
        """See Matches."""
        return len(self.documents)

    @property
    def is_dense(self) -> bool:
        """See Matches."""
        return False

    def values_at(self, documents: Numbers) -> Bytes:
        """See Matches."""
        return found_at(self.documents, self.values, documents)

    def holds(self, documents: Numbers) -> NDArray[np.bool_]:
        """See Matches."""
        return listed_at(self.documents, documents)

    @property
    def mask(self) -> NDArray[np.bool_]:
        """See Matches."""
        return self.dense > 0

    @property
    def dense(self) -> Bytes:
        """See Matches."""
        spread = np.zeros(self.size, np.uint8)
        spread[self.documents] = self.values
        return spread

    def counts(self, documents: Numbers, values: Bytes) -> tuple[Counts, Counts]:  # noqa: ARG002 - all are at hand
        """See Matches."""
        at = np.searchsorted(self.documents, documents)
        return self.in_title[at], self.in_body[at]


def counted(documents: Numbers, in_title: Counts, in_body: Counts, size: int) -> Counted:
    """Matches among `size` documents, from counts; documents without any are left out."""
    found = (in_title + in_body).nonzero()[0]
    if len(found) < len(documents):
        documents, in_title, in_body = documents[found], in_title[found], in_body[found]
    return Counted(documents, packed(in_title, in_body), in_title, in_body, size)


@lru_cache(maxsize=1_000)
def nothing(size: int) -> Counted:
    """No matches among `size` documents."""
    none = np.empty(0, np.int64)
    return counted(none, none, none, size)


def in_title(matches: Matches, size: int) -> Matches:
    """The matches in titles alone."""
    special = (matches.values > PLAIN).nonzero()[0]
    documents = matches.documents[special]
    title, _ = matches.counts(documents, matches.values[special])
    return counted(documents, title, np.zeros(len(documents), np.int64), size)


def united(lists: Sequence[Matches], size: int) -> Matches:
    """Matches of any of several lists, occurrences added up; the documents of each may be in any order."""
    if sum(each.frequency for each in lists) == 0:
        return nothing(size)
    documents = np.concatenate([each.documents for each in lists])
    values = np.concatenate([each.values for each in lists])
    if OVERFLOW_BYTE in values.tobytes():
        counts = np.hstack([each.counts(each.documents, each.values) for each in lists])
    else:
        counts = _COUNTS.take(values, axis=1)
    # Numbers of 16 bits are sorted far faster.
    order = documents.astype(np.uint16 if size <= _NARROW else np.uint32).argsort(kind="stable")
    documents = documents.take(order)
    begins = np.concatenate(([0], (documents[1:] != documents[:-1]).nonzero()[0] + 1))
    in_title, in_body = np.add.reduceat(counts.take(order, axis=1), begins, axis=1)
    return counted(documents.take(begins), in_title, in_body, size)


def kept(documents: Numbers, matches: Matches) -> Numbers:
    """Those of some ascending documents that match."""
    # Twice as fast as choosing by the mask itself.
    return documents.take(matches.holds(documents).nonzero()[0])
