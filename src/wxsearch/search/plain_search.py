"""How often a string stands in a few plain texts, looked for as bytes among the bytes of each.

It says the same as string_counts, and begins sooner: there each step takes all texts at once.
"""

from collections.abc import Iterator, Sequence

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.index.segment.numbering import UNIT_BYTES, Numbering

_END = bytes(UNIT_BYTES)


def findable(string: str) -> bool:
    """Whether a folded string stands in plain texts as it is: in one piece, and not in capitals somewhere."""
    return SEPARATOR not in string and string == string.upper()


def count_each(numbering: Numbering, texts: Sequence[bytes], string: str) -> tuple[list[int], list[int]]:
    """Occurrences of a findable string in titles and in bodies; texts are frames (segment/frames.py)."""
    wanted = numbering.encoded(string)
    titles, bodies = [0] * len(texts), [0] * len(texts)
    for number, text in enumerate(texts):
        places = list(_places(text, wanted))
        if places:
            ends = _places(text, _END)
            begin, end = next(ends), next(ends)
            bodies[number] = sum(place > end for place in places)
            titles[number] = sum(begin < place < end for place in places)
    return titles, bodies


def _places(text: bytes, wanted: bytes) -> Iterator[int]:
    """Where some numbers stand in a text of such."""
    place = text.find(wanted)
    while place >= 0:
        # Half of a number and half of the next are none.
        if place % UNIT_BYTES == 0:
            yield place
        place = text.find(wanted, place + 1)
