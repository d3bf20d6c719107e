"""Vocabulary: all that decides how a query's text is cut, and what else is looked for.

A value that never changes. That of a running service is swapped as a whole when a file
changes (vocabulary_files.py). What matches a leaf depends on none of it.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Literal, NamedTuple

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.leaves import Cut, cut_leaves, without_questions
from wxsearch.analysis.segment import Cutter
from wxsearch.analysis.small_words import SmallWords
from wxsearch.analysis.synonyms import Synonyms

Kind = Literal["regional", "character", "number", "synonym"]
"""Why a variant stands for a leaf."""

KINDS: frozenset[Kind] = frozenset(("regional", "character", "number", "synonym"))


class Vocabulary(NamedTuple):
    """Words that are kept whole, small words, synonyms, and which kinds of variants are wanted.

    All words are folded. A leaf has at most `most_variants` variants.
    """

    cutter: Cutter
    small: SmallWords
    synonyms: Synonyms
    kinds: frozenset[Kind]
    most_variants: int

    def cut(self, stretch: str) -> list[Cut]:
        """The leaves of a stretch of a query, in order; see cut_leaves."""
        return cut_leaves(stretch, self.cutter, self.small)

    def without_questions(self, cuts: Iterable[Cut]) -> list[Cut]:
        """The leaves that are left beside others; see without_questions."""
        return without_questions(cuts, self.small)

    def limited_to(self, kinds: Iterable[Kind]) -> "Vocabulary":
        """The same with no other kinds of variants; those that were not wanted stay so."""
        return self._replace(kinds=self.kinds.intersection(kinds))

    def preload(self) -> None:
        """Loads the dictionary now, so that processes forked later share it."""
        self.cutter.preload()


def whole_words(own_words: AbstractSet[str], synonyms: Synonyms) -> frozenset[str]:
    """The words that cutting keeps whole: one's own, and those that have synonyms.

    Synonyms are looked up for whole leaves, which a long name would else never be.
    """
    return frozenset(own_words) | {word for word in synonyms if SEPARATOR not in word}
