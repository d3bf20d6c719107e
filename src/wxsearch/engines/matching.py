"""When a leaf of a query stands in a text, and how often.

The rule is a parameter of the oracle: what it counts, every engine has to count.
"""

import re
from array import array
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from wxsearch.analysis.fold import fold
from wxsearch.analysis.runs import word_pattern
from wxsearch.analysis.segment import tokens, words
from wxsearch.query.tree import Leaf

# In no folded text: around each token, so that counting tokens is counting strings.
_OPEN, _CLOSE = "\x01", "\x02"


class MatchingRule(Protocol):
    """One answer to what a leaf matches; `prepare` makes of a title or body what it counts in."""

    def prepare(self, text: str) -> Any:
        """What is kept of one field of one article."""

    def count(self, prepared: Any, leaf: Leaf) -> int:
        """How often the leaf stands in the field; 0 where it does not match."""

    def length(self, prepared: Any) -> int:
        """How long the field is, in the unit that `count` counts."""


class Tokens(NamedTuple):
    """A folded text, its tokens each between marks, and the offset of each."""

    text: str
    marked: str
    offsets: "array[int]"


class TokenRule:
    """A word matches the same token; a quoted string, its words at the same distances."""

    def prepare(self, text: str) -> Tokens:
        """The tokens of the analyser; 97 MB of text become about 400 MB."""
        folded = fold(text)
        placed = tokens(folded)
        marked = "".join(_marked(token) for token, _ in placed)
        return Tokens(folded, marked, array("I", (at for _, at in placed)))

    def count(self, prepared: Tokens, leaf: Leaf) -> int:
        """Tokens equal to the word, or places where the words of the string begin."""
        parts = _words(leaf.text) if leaf.quoted else ((leaf.text, 0),)
        # The cheap test comes first: tokens are pieces of the text, and most texts lack most words.
        if not all(word in prepared.text for word, _ in parts):
            return 0
        if len(parts) == 1:
            return prepared.marked.count(_marked(parts[0][0]))
        pairs = list(zip(prepared.marked[1:-1].split(_CLOSE + _OPEN), prepared.offsets, strict=True))
        begins = ({at - distance for token, at in pairs if token == word} for word, distance in parts)
        return len(set.intersection(*begins))

    def length(self, prepared: Tokens) -> int:
        """The number of tokens."""
        return len(prepared.offsets)


def _marked(token: str) -> str:
    return _OPEN + token + _CLOSE


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[tuple[str, int], ...]:
    return tuple(words(text))


class ContainmentRule:
    """A leaf matches where its folded characters stand in sequence, however the text is cut.

    A quoted string stands anywhere; an unquoted leaf keeps to whole runs of letters and
    digits (analysis/runs.py). Places that overlap count each.
    """

    def prepare(self, text: str) -> str:
        """The folded text."""
        return fold(text)

    def count(self, prepared: str, leaf: Leaf) -> int:
        """The places where the leaf begins."""
        return sum(1 for _ in _beginnings(leaf).finditer(prepared))

    def length(self, prepared: str) -> int:
        """The number of folded characters."""
        return len(prepared)


@lru_cache(maxsize=1024)
def _beginnings(leaf: Leaf) -> re.Pattern[str]:
    # A lookahead matches nothing itself, so that the next place may overlap.
    pattern = re.escape(leaf.text) if leaf.quoted else word_pattern(leaf.text).pattern
    return re.compile(f"(?={pattern})")
