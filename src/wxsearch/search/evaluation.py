"""From a query tree to the documents that match it and their scores."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.schema import TEXT_FIELDS
from wxsearch.index.snapshot import Postings, Snapshot, document_of
from wxsearch.query.tree import And, Everything, Leaf, Node, Not, Nothing, Or, leaves
from wxsearch.search.parts import parts
from wxsearch.search.ranking import Numbers, Scores, Weights, bm25

Mask = NDArray[np.bool_]


class Evaluation:
    """A query tree over one snapshot; each leaf is read once."""

    def __init__(self, root: Node, snapshot: Snapshot, weights: Weights) -> None:
        self._root = root
        self._snapshot = snapshot
        self._weights = weights
        self._read: dict[tuple[Leaf, str], Postings] = {}

    def matches(self) -> Mask:
        """True for each live document that the tree matches."""
        return np.asarray(self._mask(self._root) & self._snapshot.live)

    def scores(self) -> Scores:
        """The score of every document; 0 where no wanted leaf stands."""
        snapshot, weights = self._snapshot, self._weights
        total = np.zeros(snapshot.count)
        for leaf in leaves(self._root):
            for field, weight in zip(TEXT_FIELDS, (weights.title, 1.0), strict=True):
                found = self._postings(leaf, field)
                if len(found.documents) == 0:
                    continue
                lengths = snapshot.lengths[field]
                total[found.documents] += weight * bm25(
                    found.occurrences,
                    found.frequency,
                    snapshot.count,
                    lengths[found.documents],
                    snapshot.average_lengths[field],
                    weights,
                )
        return total

    def _mask(self, node: Node) -> Any:
        if isinstance(node, Leaf):
            mask = self._none()
            for field in TEXT_FIELDS:
                mask[self._postings(node, field).documents] = True
            return mask
        if isinstance(node, Not):
            return ~self._mask(node.child)
        if isinstance(node, And):
            return np.all([self._mask(child) for child in node.children], axis=0)
        if isinstance(node, Or):
            return np.any([self._mask(child) for child in node.children], axis=0)
        if isinstance(node, Everything):
            return ~self._none()
        assert isinstance(node, Nothing)
        return self._none()

    def _none(self) -> Mask:
        return np.zeros(self._snapshot.count, dtype=bool)

    def _postings(self, leaf: Leaf, field: str) -> Postings:
        if (leaf, field) not in self._read:
            read = self._quoted if leaf.quoted else self._token
            self._read[leaf, field] = read(leaf, field)
        return self._read[leaf, field]

    def _token(self, leaf: Leaf, field: str) -> Postings:
        return self._snapshot.postings(field, leaf.text)

    def _quoted(self, leaf: Leaf, field: str) -> Postings:
        """Documents in which the words stand at the distances they have in the leaf."""
        distances: dict[str, list[int]] = {}
        for word, distance in parts(leaf):
            distances.setdefault(word, []).append(distance)
        begins: Numbers | None = None
        # The rarest first, each read once: most strings end before the frequent words are read.
        for word in sorted(distances, key=lambda word: self._snapshot.frequency(field, word)):
            places = self._snapshot.places(field, word)
            for distance in distances[word]:
                shifted = places - distance
                begins = shifted if begins is None else np.intersect1d(begins, shifted, assume_unique=True)
            assert begins is not None
            if len(begins) == 0:
                break
        assert begins is not None
        documents, occurrences = np.unique(document_of(begins), return_counts=True)
        return Postings(documents, occurrences, len(documents))
