"""Headlines that bodies announce: behind 原标题： stands what an article was called where it comes from."""

import re

ANNOUNCEMENT = 7
"""Characters of the longest announcement."""

_ANNOUNCEMENT = re.compile(r"(?P<bracket>[（(【\[]?)原(?:标题|標題|题|題)\s?[：:]\s?")
# Where lines were joined, blanks are left of their ends.
_ENDS = re.compile(r"\n|\s{2}")
_BRACKET_ENDS = re.compile(r"\n|\s{2}|[）)】\]]")


def headline_end(opening: str, most: int) -> int:
    """Where the headline ends that the opening of a body announces with its first words; 0 where it does not.

    It ends with its line, or with the bracket that the announcement opened, and has at most so
    many characters: many bodies go on without any sign. The opening need not go on behind that.
    """
    announced = _ANNOUNCEMENT.match(opening)
    if announced is None or most == 0:
        return 0
    begin = announced.end()
    ends = _BRACKET_ENDS if announced["bracket"] else _ENDS
    end = ends.search(opening, begin, begin + most)
    return end.start() if end else min(begin + most, len(opening))
