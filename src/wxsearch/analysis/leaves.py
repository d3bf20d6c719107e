"""Leaves: what an unquoted stretch of a query asks for, cut by jieba and mended by rules.

Whether a leaf stands in a text never depends on how the text would be cut; which leaves
a stretch has does.
"""

from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.analysis.runs import is_ideograph
from wxsearch.analysis.segment import Cutter

# Up to so many ideographs there is but one word of two characters at most, which all others join.
_ALWAYS_ONE = 3


class Cut(NamedTuple):
    """One leaf of a stretch: `required` is False for function words beside others."""

    text: str
    required: bool


def cut_leaves(stretch: str, cutter: Cutter, function_words: AbstractSet[str]) -> list[Cut]:
    """The leaves of a stretch without white space or quotes, in order.

    Runs of letters and digits stay whole, also where jieba knows no word of their script. A
    word of one character joins the one after it, else the one before, where nothing
    separates them: 吴/建元 asks for 吴建元. Function words (的, 了) neither join nor are
    required, unless the stretch has nothing else.
    """
    parts = filter(None, fold(stretch).split(SEPARATOR))
    cut = [leaf for part in parts for leaf in _joined(part, cutter, function_words)]
    if not any(leaf.required for leaf in cut):
        return [Cut(leaf.text, required=True) for leaf in cut]
    return cut


def _joined(part: str, cutter: Cutter, function_words: AbstractSet[str]) -> list[Cut]:
    # Without the cutter, which then need not be loaded.
    if part in cutter.words or (len(part) <= _ALWAYS_ONE and _holds_together(part, function_words)):
        return [Cut(part, required=True)]
    texts = _with_whole_runs([word for word, _ in cutter.cut(part)])
    groups: list[list[str]] = [[texts[0]]]
    for before, text in pairwise(texts):
        if len(before) == 1 and before not in function_words and text not in function_words:
            groups[-1].append(text)
        else:
            groups.append([text])
    leaves = [Cut("".join(group), required=not _is_function(group, function_words)) for group in groups]
    return _tail_joined(leaves)


def _holds_together(part: str, function_words: AbstractSet[str]) -> bool:
    """Whether there are but ideographs and no function word: however it is cut, it is joined again."""
    return all(map(is_ideograph, part)) and not any(word in part for word in function_words)


def _with_whole_runs(texts: list[str]) -> list[str]:
    """The words, joined where a border of two is inside a run, or between letters and digits."""
    whole = texts[:1]
    for text in texts[1:]:
        if is_ideograph(text[0]) or is_ideograph(whole[-1][-1]):
            whole.append(text)
        else:
            whole[-1] += text
    return whole


def _tail_joined(leaves: list[Cut]) -> list[Cut]:
    """A last character that nothing follows joins the leaf before it."""
    mended: list[Cut] = []
    for place, leaf in enumerate(leaves):
        followed = place + 1 < len(leaves) and leaves[place + 1].required
        if len(leaf.text) == 1 and leaf.required and not followed and mended and mended[-1].required:
            mended[-1] = Cut(mended[-1].text + leaf.text, required=True)
        else:
            mended.append(leaf)
    return mended


def _is_function(group: list[str], function_words: AbstractSet[str]) -> bool:
    return len(group) == 1 and group[0] in function_words
