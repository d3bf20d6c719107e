import pytest

from wxsearch.query.parser import parse
from wxsearch.query.relaxed import any_of
from wxsearch.query.tree import (
    And,
    FromSource,
    Leaf,
    Not,
    Or,
    Synonyms,
    Unranked,
    every_leaf,
    leaves,
    terms,
)


def any_root(typed, limits, vocabulary):
    return parse(typed, limits, vocabulary, match_any=True).root


def pieces(node):
    """The texts that match and do not count, in order."""
    return [child.child.text for child in getattr(node, "children", ()) if isinstance(child, Unranked)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("津蓟铁路沿线", ["铁路沿线", "津蓟", "蓟铁"]),
        ("钟惺有", ["钟惺", "惺有"]),
        ("新人武部", ["人武部", "新人"]),
        ("维生素A", ["维生素"]),
        ("2024年", []),
        ("A股", []),
        ("北京", []),
        ("萱侬", []),
        ("中华人民共和国", []),
        ('"津蓟铁路沿线"', []),
        ("title:津蓟铁路沿线", []),
        ("津蓟铁路a*", []),
    ],
)
def test_a_joined_leaf_matches_by_its_pieces(typed, found, limits, vocabulary):
    """With any word enough, so are the words in a leaf, and the bigrams of what are no words in it."""
    root = any_root(typed, limits, vocabulary)
    assert pieces(root) == found
    assert isinstance(root, Or) == bool(found)


def test_pieces_are_of_what_was_typed(vocabulary):
    """A variant has no pieces."""
    term = Synonyms((Leaf("钟惺有"), Leaf("津蓟铁路沿线")))
    assert any_of(term, vocabulary.cutter) == Or((term, Unranked(Leaf("钟惺")), Unranked(Leaf("惺有"))))


def test_pieces_stand_where_their_leaf_does(limits, vocabulary):
    """Inside the filters of a side of OR; one typed as well is a word; what is unwanted stays whole."""
    root = any_root("(钟惺有 source:甲) OR 港口", limits, vocabulary)
    inside = Or((Leaf("钟惺有"), Unranked(Leaf("钟惺")), Unranked(Leaf("惺有"))))
    assert root == Or((And((inside, FromSource("甲"))), Leaf("港口")))
    root = any_root("钟惺有 钟惺 -津蓟铁路沿线", limits, vocabulary)
    wanted = Or((Leaf("钟惺有"), Unranked(Leaf("惺有")), Leaf("钟惺")))
    assert root == And((wanted, Not(Leaf("津蓟铁路沿线"))))


def test_pieces_are_no_terms():
    """What never counts for the rank is neither a term nor its leaf; it is among every leaf."""
    root = Or((Leaf("钟惺有"), Unranked(Leaf("钟惺"))))
    assert terms(root) == leaves(root) == [Leaf("钟惺有")]
    assert list(every_leaf(root)) == [Leaf("钟惺有"), Leaf("钟惺")]
