"""Looking a leaf up in the text of candidates: how often it really stands there."""

import numpy as np

from wxsearch.analysis.fold import fold
from wxsearch.analysis.fold_arrays import BORDER, fold_texts
from wxsearch.analysis.runs import may_go_on, pieces
from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.frames import PARTS
from wxsearch.index.segment.segment import Mask, Segment
from wxsearch.search.leaf_plan import LeafPlan
from wxsearch.search.occurrences import count_words
from wxsearch.search.plain_search import count_each, findable
from wxsearch.search.string_counts import TextCounts, count_string, count_word

_BORDER = chr(BORDER)
# So many characters are folded sooner text by text than as arrays.
_LITTLE = 3_000
# So few documents are searched for a string sooner one by one, or, if some are not plain, all by one table.
_FEW = 8
# Of each article the title and the body; what begins it is no text.
_TITLE, _BODY = 1, 2


def count_in_texts(segment: Segment, plan: LeafPlan, documents: Numbers) -> tuple[Counts, Counts]:
    """Occurrences of a leaf in the titles and the bodies of some documents."""
    count = _of_string if plan.is_string else _of_word
    plain = segment.plain.take(documents)
    is_plain = _all(plain)
    if plan.is_string and len(documents) <= _FEW:
        if is_plain and findable(plan.leaf.text):
            return _one_by_one(segment, plan, documents)
        return count(segment, plan, documents, is_plain=is_plain)
    if is_plain:
        return count(segment, plan, documents, is_plain=True)
    title, body = np.zeros(len(documents), np.int64), np.zeros(len(documents), np.int64)
    for chosen, is_plain in ((plain.nonzero()[0], True), ((~plain).nonzero()[0], False)):
        if len(chosen):
            title[chosen], body[chosen] = count(segment, plan, documents[chosen], is_plain=is_plain)
    return title, body


def _all(mask: Mask) -> bool:
    """mask.all(), which takes several times as long for a few."""
    return b"\0" not in mask.tobytes()


def _one_by_one(segment: Segment, plan: LeafPlan, documents: Numbers) -> tuple[Counts, Counts]:
    frames = segment.frames
    title, body = count_each(frames.numbering, frames.unpacked(documents), plan.leaf.text)
    return np.array(title, np.int64), np.array(body, np.int64)


def _of_string(
    segment: Segment, plan: LeafPlan, documents: Numbers, *, is_plain: bool
) -> tuple[Counts, Counts]:
    frames = segment.frames
    counted = count_string(frames.numbering, frames.numbers(documents), plan.leaf.text, is_plain=is_plain)
    return _assured(segment, plan, documents, counted)


def _of_word(
    segment: Segment, plan: LeafPlan, documents: Numbers, *, is_plain: bool
) -> tuple[Counts, Counts]:
    frames, word = segment.frames, pieces(plan.leaf.text)
    open_end = may_go_on(*word[-1], prefix=plan.leaf.prefix)
    counted = count_word(
        frames.numbering, frames.numbers(documents), word, open_end=open_end, is_plain=is_plain
    )
    return _assured(segment, plan, documents, counted)


def _assured(
    segment: Segment, plan: LeafPlan, documents: Numbers, counted: TextCounts | None
) -> tuple[Counts, Counts]:
    """Occurrences in titles and bodies, where they are not sure from the texts folded."""
    if counted is None:
        return _folded(segment, plan, documents)
    title, body = counted.counts[_TITLE::PARTS], counted.counts[_BODY::PARTS]
    if len(counted.unsure):
        # What begins an article is no text. The first np.unique of a process takes ten milliseconds.
        unsure = np.bincount(counted.unsure[counted.unsure % PARTS > 0] // PARTS).nonzero()[0]
        title[unsure], body[unsure] = _folded(segment, plan, documents[unsure])
    return title, body


def _folded(segment: Segment, plan: LeafPlan, documents: Numbers) -> tuple[Counts, Counts]:
    texts = _texts(segment, documents)
    # A quoted string stands anywhere, as if it were of ideographs alone.
    found = [("ideographs", plan.leaf.text)] if plan.is_string else pieces(plan.leaf.text)
    prefix = plan.leaf.prefix
    counts = [count_words(text, found, prefix=prefix) for text in _fold_each(texts)]
    return np.array(counts[::2], np.int64), np.array(counts[1::2], np.int64)


def _fold_each(texts: list[str]) -> list[str]:
    if sum(map(len, texts)) <= _LITTLE:
        return list(map(fold, texts))
    return fold_texts(texts).codes.tobytes().decode("utf-32-le").split(_BORDER)[:-1]


def _texts(segment: Segment, documents: Numbers) -> list[str]:
    """The titles and bodies of documents in turn."""
    frames = segment.frames
    each = frames.numbering.decoded(frames.numbers(documents)).split("\0")
    # What begins an article is no text; behind the last one nothing stands.
    del each[::PARTS]
    return each
