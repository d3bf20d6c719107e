"""When a leaf of a query stands in a text, and how often.

The rule is a parameter of the oracle: what it counts, every engine has to count.
"""

import sys
from array import array
from functools import lru_cache
from itertools import compress
from typing import Any, NamedTuple, Protocol

from wxsearch.analysis.fold import fold
from wxsearch.analysis.segment import tokens, words
from wxsearch.query.tree import Leaf


class MatchingRule(Protocol):
    """One answer to what a leaf matches; `prepare` makes of a title or body what it counts in."""

    def prepare(self, text: str) -> Any:
        """What is kept of one field of one article."""

    def count(self, prepared: Any, leaf: Leaf) -> int:
        """How often the leaf stands in the field; 0 where it does not match."""

    def length(self, prepared: Any) -> int:
        """How long the field is, in the unit that `count` counts."""


class Tokens(NamedTuple):
    """A folded text and its tokens, with the offset of each in the text."""

    text: str
    tokens: tuple[str, ...]
    offsets: "array[int]"


class TokenRule:
    """A word matches the same token; a quoted string, its words at the same distances."""

    def prepare(self, text: str) -> Tokens:
        """The tokens of the analyser."""
        folded = fold(text)
        placed = tokens(folded)
        # Interned, so that a corpus keeps each different token once and compares by identity.
        return Tokens(
            folded,
            tuple(sys.intern(token) for token, _ in placed),
            array("I", (offset for _, offset in placed)),
        )

    def count(self, prepared: Tokens, leaf: Leaf) -> int:
        """Tokens equal to the word, or places where the words of the string begin."""
        if not leaf.quoted:
            # A token is a piece of the text, and looking for a piece is the cheapest test.
            return prepared.tokens.count(leaf.text) if leaf.text in prepared.text else 0
        parts = _words(leaf.text)
        if not all(word in prepared.text for word, _ in parts):
            return 0
        begins = ({at - offset for at in _offsets(prepared, word)} for word, offset in parts)
        return len(set.intersection(*begins))

    def length(self, prepared: Tokens) -> int:
        """The number of tokens."""
        return len(prepared.tokens)


def _offsets(prepared: Tokens, word: str) -> "compress[int]":
    return compress(prepared.offsets, map(word.__eq__, prepared.tokens))


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[tuple[str, int], ...]:
    return tuple(words(text))
