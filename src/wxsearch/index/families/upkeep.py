"""Upkeep: the families of a generation that is about to be published, or of one that is checked."""

from collections.abc import Sequence

import numpy as np

from wxsearch.index.families.documents import Documents
from wxsearch.index.families.families import Families
from wxsearch.index.families.grouping import Mask, Numbers, grouped
from wxsearch.index.segment.segment import Segment


def families_of(
    segments: Sequence[Segment], now: Mask, before: Families | None = None, was: Mask | None = None
) -> Families:
    """The families of the live documents of segments.

    `before` are those of the documents that `was` says were live; without them all are worked out anew.
    """
    documents = Documents(segments)
    if before is None or was is None:
        before, was = Families.none(), np.zeros(len(now), bool)
    heads = grouped(documents.sketched, was, now, _heads(before, len(now)), documents)
    return Families.grouped(heads, before, documents.by_publication)


def _heads(families: Families, documents: int) -> Numbers:
    """For each document the lowest number in its family, its own where it is alone."""
    heads = np.arange(documents)
    if len(families.ends):
        lowest = np.minimum.reduceat(families.members, families.starts)
        heads[families.members] = np.repeat(lowest, families.sizes)
    return heads
