"""The words of a leaf, at the distances at which they have to stand in a text."""

from wxsearch.analysis.segment import words
from wxsearch.query.tree import Leaf


def parts(leaf: Leaf) -> list[tuple[str, int]]:
    """Each word with its offset from where the leaf begins; the first has 0."""
    return words(leaf.text) if leaf.quoted else [(leaf.text, 0)]
