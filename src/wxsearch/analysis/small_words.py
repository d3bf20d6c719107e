"""Small words (的, 在, 什么): part of a query's wording, not of what it asks for."""

from typing import NamedTuple

from wxsearch.analysis.fold import fold
from wxsearch.analysis.word_lists import entries


class SmallWords(NamedTuple):
    """Words that are asked for only where a stretch has no others, all folded.

    Function words (的, 了) add to the rank then; question words (什么, 哪里) are left out: they say
    what kind of answer is looked for, and no article has them because of that.
    """

    function: frozenset[str]
    question: frozenset[str]

    def holds(self, word: str) -> bool:
        """Whether the word is one of them."""
        return word in self.function or word in self.question


def read_small_words(text: str) -> frozenset[str]:
    """The words of a list, folded: one a line, and from # on remarks."""
    return frozenset(filter(None, (fold(entry) for _, entry in entries(text))))
