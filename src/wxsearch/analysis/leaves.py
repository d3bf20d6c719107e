"""Leaves: what an unquoted stretch of a query asks for, cut by jieba and mended by rules.

Whether a leaf stands in a text never depends on how the text would be cut; which leaves
a stretch has does.
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, chain
from typing import NamedTuple

from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.analysis.numbers import fold_with_numbers, has_sign, without_signs
from wxsearch.analysis.numerals import is_whole_numeral, with_whole_numerals
from wxsearch.analysis.runs import DIGITS, are_ideographs, is_ideograph
from wxsearch.analysis.segment import Cutter
from wxsearch.analysis.small_words import SmallWords

# Up to so many ideographs there is but one word of two characters at most, which all others join.
_ALWAYS_ONE = 3


class Cut(NamedTuple):
    """One leaf of a stretch: `required` is False for small words, which are not beside others.

    The text is folded but for the signs inside numbers.
    """

    text: str
    required: bool

    @property
    def folded(self) -> str:
        """What is looked for: a separator for each sign."""
        return fold(self.text) if has_sign(self.text) else self.text


def cut_leaves(stretch: str, cutter: Cutter, small: SmallWords) -> list[Cut]:
    """The leaves of a stretch without white space or quotes, in order.

    Runs of letters and digits stay whole, also where jieba knows no word of their script, and so do
    numerals. A word of one character joins the number before it (2024年, 第十二届), else the word after it,
    else the one before, where nothing separates them: 吴/建元 asks for 吴建元. Small words do not join.
    """
    parts = filter(None, fold_with_numbers(stretch).split(SEPARATOR))
    return [leaf for part in parts for leaf in _joined(part, cutter, small)]


def all_small(cuts: Iterable[Cut]) -> bool:
    """Whether there are but small words, which are asked for then."""
    return not any(cut.required for cut in cuts)


def without_questions(cuts: Iterable[Cut], small: SmallWords) -> list[Cut]:
    """The leaves without question words, which are left out beside others."""
    return [cut for cut in cuts if cut.required or cut.text not in small.question]


def words_of(leaf: str, cutter: Cutter) -> list[str]:
    """The words of a folded leaf that the dictionary has, and the other characters; runs stay whole."""
    return [word for part in leaf.split(SEPARATOR) for word in _with_whole_runs(cutter.known(part))]


def wording(stretch: str, cuts: Iterable[Cut]) -> tuple[str, ...]:
    """The text of a stretch that its leaves cover, apart where a sign or a question word stands between."""
    folded = fold(stretch)
    pieces: list[str] = []
    end = -1
    for cut in cuts:
        text = cut.folded
        start = folded.index(text, max(end, 0))
        if start == end:
            pieces[-1] += text
        else:
            pieces.append(text)
        end = start + len(text)
    return tuple(chain.from_iterable(piece.split(SEPARATOR) for piece in pieces))


def _joined(part: str, cutter: Cutter, small: SmallWords) -> list[Cut]:
    """The leaves of a part without separators, in which a number is cut as if it were one run of digits."""
    plain, signs = without_signs(part)
    leaves = _joined_words(plain, cutter, small)
    if not signs:
        return leaves
    begins = [0, *accumulate(len(leaf.text) for leaf in leaves)]
    texts = [leaf.text for leaf in leaves]
    for place, sign in reversed(signs):
        number = bisect_right(begins, place) - 1
        inside = place - begins[number]
        texts[number] = texts[number][:inside] + sign + texts[number][inside:]
    return [leaf._replace(text=text) for leaf, text in zip(leaves, texts, strict=True)]


def _joined_words(part: str, cutter: Cutter, small: SmallWords) -> list[Cut]:
    if part in cutter.words or (len(part) <= _ALWAYS_ONE and _holds_together(part, small)):
        return [Cut(part, required=True)]
    groups: list[list[str]] = []
    for text in _with_whole_runs(with_whole_numerals([word for word, _ in cutter.cut(part)])):
        small_one = small.holds(text) or (groups and small.holds(groups[-1][-1]))
        if groups and not small_one and _joins(groups[-1], text):
            groups[-1].append(text)
        else:
            groups.append([text])
    return _tail_joined([Cut("".join(group), required=not small.holds(group[0])) for group in groups])


def _joins(before: list[str], text: str) -> bool:
    """Whether a word belongs to those before it: to a single character, or as one to a number."""
    if len(text) == 1 and _ends_in_number(before[-1]):
        return True
    # 2024年 is complete: 年 does not join what follows as well.
    return len(before[-1]) == 1 and not (len(before) > 1 and _ends_in_number(before[-2]))


def _ends_in_number(word: str) -> bool:
    return word[-1] in DIGITS or is_whole_numeral(word)


def _holds_together(part: str, small: SmallWords) -> bool:
    """Whether there are but ideographs and no small word: however it is cut, it is joined again."""
    if not are_ideographs(part):
        return False
    # The part is short, and there are far more small words than pieces of it.
    pieces = [part[start:end] for end in range(1, len(part) + 1) for start in range(end)]
    return small.function.isdisjoint(pieces) and small.question.isdisjoint(pieces)


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
