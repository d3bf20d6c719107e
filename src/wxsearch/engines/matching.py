"""When a leaf of a query stands in a text, and how often: what every engine has to count.

A leaf matches where its folded characters stand in sequence, however the text would be
cut into words. A quoted string stands anywhere; an unquoted leaf keeps to whole runs of
letters and digits (analysis/runs.py).
"""

import re
from functools import lru_cache

from wxsearch.analysis.runs import pieces, word_pattern
from wxsearch.query.tree import Leaf


def occurrences_in_fields(leaf: Leaf, title: str, body: str) -> tuple[int, int]:
    """The occurrences in a folded title and body; a leaf of the title stands in no body."""
    return occurrences(leaf, title), 0 if leaf.field == "title" else occurrences(leaf, body)


def occurrences(leaf: Leaf, folded: str) -> int:
    """The places in a folded text where the leaf begins; those that overlap count each."""
    needles, beginnings = _sought(leaf)
    # The cheap test comes first: most texts lack most leaves.
    if not all(needle in folded for needle in needles):
        return 0
    return sum(1 for _ in beginnings.finditer(folded))


@lru_cache(maxsize=1024)
def _sought(leaf: Leaf) -> tuple[list[str], re.Pattern[str]]:
    if leaf.quoted:
        needles, pattern = [leaf.text], re.escape(leaf.text)
    else:
        needles = [piece for _, piece in pieces(leaf.text)]
        pattern = word_pattern(leaf.text, prefix=leaf.prefix).pattern
    # A lookahead matches nothing itself, so that the next place may overlap.
    return needles, re.compile(f"(?={pattern})")
