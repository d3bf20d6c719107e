"""Looking a leaf up in the text of candidates: how often it really stands there."""

import numpy as np

from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.analysis.fold_arrays import BORDER, PLAIN, fold_texts
from wxsearch.analysis.runs import pieces
from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.frames import PARTS
from wxsearch.index.segment.segment import Segment
from wxsearch.search.leaf_plan import LeafPlan
from wxsearch.search.occurrences import count_apart, count_words

_BORDER = chr(BORDER)
# So many characters are folded sooner text by text than as arrays.
_LITTLE = 3_000


def count_in_texts(segment: Segment, plan: LeafPlan, documents: Numbers) -> tuple[Counts, Counts]:
    """Occurrences of a leaf in the titles and the bodies of some documents."""
    title, body = np.zeros(len(documents), np.int64), np.zeros(len(documents), np.int64)
    plain = (segment.plain[documents] & plan.plain) > 0
    for chosen, is_plain in ((plain.nonzero()[0], True), ((~plain).nonzero()[0], False)):
        if len(chosen) == 0:
            continue
        texts = _texts(segment, documents[chosen], small=is_plain and plan.plain == PLAIN)
        if is_plain and plan.is_sought_unfolded:
            title[chosen], body[chosen] = _unfolded(texts, plan)
        else:
            title[chosen], body[chosen] = _folded(texts, plan, is_plain=is_plain)
    return title, body


def _unfolded(texts: list[str], plan: LeafPlan) -> tuple[Counts, Counts]:
    """A string in plain texts as they are stored, small letters made of capitals."""
    wanted = plan.leaf.text
    if SEPARATOR in wanted or plan.overlaps:
        pieces = wanted.split(SEPARATOR)
        return _in_turn([count_apart(text, pieces) for text in texts])
    return _in_turn([text.count(wanted) for text in texts])


def _folded(texts: list[str], plan: LeafPlan, *, is_plain: bool) -> tuple[Counts, Counts]:
    if is_plain and (seam := plan.seam) is not None:
        # Few plain texts have the seam even roughly; the others need not be folded.
        texts = [text if seam.search(text) else "" for text in texts]
    # A quoted string stands anywhere, as if it were of ideographs alone.
    found = [("ideographs", plan.leaf.text)] if plan.is_string else pieces(plan.leaf.text)
    prefix = plan.leaf.prefix
    return _in_turn([count_words(text, found, prefix=prefix) for text in _fold_each(texts)])


def _fold_each(texts: list[str]) -> list[str]:
    if sum(map(len, texts)) <= _LITTLE:
        return list(map(fold, texts))
    return fold_texts(texts).codes.tobytes().decode("utf-32-le").split(_BORDER)[:-1]


def _texts(segment: Segment, documents: Numbers, *, small: bool) -> list[str]:
    """The titles and bodies of documents in turn, ASCII in small letters where that is wanted."""
    frames = segment.frames
    each = frames.numbering.decoded(frames.numbers(documents), small=small).split("\0")
    # What begins an article is no text; behind the last one nothing stands.
    del each[::PARTS]
    return each


def _in_turn(counts: list[int]) -> tuple[Counts, Counts]:
    return np.array(counts[::2], np.int64), np.array(counts[1::2], np.int64)
