"""What a leaf matches: documents, and how often in the title and in the body."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.decoding import Counts, Numbers
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

    @property
    def is_split(self) -> bool:
        """Whether it is made of parts, and can say of some documents what it does not know of all."""

    def dense_at(self, documents: Numbers) -> Bytes:
        """The values of some ascending documents; only where `is_dense` or `is_split`."""

    def holds(self, documents: Numbers) -> NDArray[np.bool_]:
        """Whether each of some ascending documents matches; only where `is_dense` or `is_split`."""

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Whether each document matches; only where `is_dense` or `is_split`."""

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
    def is_split(self) -> bool:
        """See Matches."""
        return False

    @property
    def frequency(self) -> int:
        """See Matches."""
        return len(self.documents)

    @property
    def is_dense(self) -> bool:
        """See Matches."""
        return False

    def dense_at(self, documents: Numbers) -> Bytes:
        """See Matches."""
        return self.dense.take(documents)

    def holds(self, documents: Numbers) -> NDArray[np.bool_]:
        """See Matches."""
        return self.mask.take(documents)

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


# Up to so many documents are looked for in a list one by one; for more, a mask is made of the list.
_FEW = 512


def kept(documents: Numbers, matches: Matches) -> Numbers:
    """Those of some ascending documents that match."""
    # Twice as fast as choosing by the mask itself.
    return documents.take(held(documents, matches).nonzero()[0])


def held(documents: Numbers, matches: Matches) -> NDArray[np.bool_]:
    """Whether each of some ascending documents matches."""
    if matches.is_dense or matches.is_split:
        return matches.holds(documents)
    return listed_at(matches.documents, documents)


def listed_at(listed: Numbers, documents: Numbers) -> NDArray[np.bool_]:
    """Whether each of some ascending documents is on a list."""
    if len(listed) == 0 or len(documents) == 0:
        return np.zeros(len(documents), bool)
    if len(documents) <= _FEW:
        there: NDArray[np.bool_] = listed.take(listed.searchsorted(documents), mode="clip") == documents
        return there
    mask = np.zeros(max(int(listed[-1]), int(documents[-1])) + 1, bool)
    mask[listed] = True
    return mask.take(documents)


def values_at(matches: Matches, documents: Numbers) -> Bytes:
    """The value of each of some ascending documents; 0 where one does not match."""
    if matches.is_dense or matches.is_split:
        return matches.dense_at(documents)
    if documents is matches.documents:
        return matches.values
    if len(documents) > _FEW:
        return matches.dense.take(documents)
    return found_at(matches.documents, matches.values, documents)


def found_at(listed: Numbers, values: Bytes, documents: Numbers) -> Bytes:
    """The values that a list has for some ascending documents, 0 for one that is not on it."""
    if len(listed) == 0:
        return np.zeros(len(documents), np.uint8)
    at = listed.searchsorted(documents)
    found = values.take(at, mode="clip")
    found *= listed.take(at, mode="clip") == documents
    return found
