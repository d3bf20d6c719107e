"""Numbers in Chinese numerals that are one word of a query, as digits are: years and ordinals.

jieba knows some of them and cuts others anywhere: 二零二/四年, 第二/十一届.
"""

import re
from bisect import bisect_right
from itertools import accumulate

NUMERAL = "[〇零一二三四五六七八九十百]"
_DIGIT = "[〇零一二三四五六七八九]"
YEAR = f"(?:一九|二[〇零]){_DIGIT}{{2}}"
_WHOLE = re.compile(f"第{NUMERAL}++|(?<!{NUMERAL}){YEAR}(?!{NUMERAL})")


def with_whole_numerals(words: list[str]) -> list[str]:
    """The words of a folded text, joined where a border of two is inside a year or an ordinal."""
    numbers = [match.span() for match in _WHOLE.finditer("".join(words))] if len(words) > 1 else []
    if not numbers:
        return words
    ends = list(accumulate(map(len, words)))
    for first, last in reversed(numbers):
        # The words from the one with the first character to the one with the last.
        begin, end = bisect_right(ends, first), bisect_right(ends, last - 1)
        words = [*words[:begin], "".join(words[begin : end + 1]), *words[end + 1 :]]
        ends = [*ends[:begin], *ends[end:]]
    return words


def is_whole_numeral(word: str) -> bool:
    """Whether a folded word is a year or an ordinal without a unit behind it."""
    return _WHOLE.fullmatch(word) is not None
