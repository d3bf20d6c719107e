import pytest

from wxsearch.query.parser import parse
from wxsearch.query.relaxed import any_of, relaxed, rungs
from wxsearch.query.tree import (
    And,
    AtLeast,
    FromSource,
    Leaf,
    Not,
    Optional,
    Or,
    Synonyms,
    Unranked,
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


@pytest.mark.parametrize(
    ("typed", "together"),
    [("第12届", ["第", "12", "届"]), ("2026年x", ["2026", "年", "x"]), ("第5届", ["第5", "5届"])],
)
def test_pieces_that_say_too_little_stand_together(typed, together, limits, vocabulary):
    """Of a leaf whose words are all beside letters and digits, all of them are one piece."""
    root = any_root(typed, limits, vocabulary.limited_to(()))
    assert root == Or((Leaf(typed), And(tuple(Unranked(Leaf(word)) for word in together))))


def test_a_number_of_the_same_digits_has_one_piece(limits, vocabulary):
    """What is there once stands by itself, not as an And of one."""
    assert any_root("5.5", limits, vocabulary) == Or((Leaf("5 5"), Unranked(Leaf("5"))))


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
    """What never counts for the rank is neither a term nor its leaf."""
    root = Or((Leaf("钟惺有"), Unranked(Leaf("钟惺"))))
    assert terms(root) == leaves(root) == [Leaf("钟惺有")]


def rungs_of(typed, limits, vocabulary):
    return list(rungs(parse(typed, limits, vocabulary).root, vocabulary.cutter))


WORDS = ["港口", "铁路", "航空", "仓储", "冷链", "快递", "机场", "海关", "口岸"]
PORT, RAIL, AIR = map(Leaf, WORDS[:3])
JOINED = Leaf("津蓟铁路沿线")
APART = Or((JOINED, And((Leaf("津"), Leaf("蓟"), Leaf("铁路沿线")))))
PIECES = tuple(Unranked(Leaf(piece)) for piece in ("铁路沿线", "津蓟", "蓟铁"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("港口", []),
        ("萱侬", []),
        ("津蓟铁路沿线", [("most", APART), ("any", Or((JOINED, *PIECES)))]),
        ("钟惺有", [
            ("most", Or((Leaf("钟惺有"), And((Leaf("钟惺"), Leaf("惺有")))))),
            ("any", Or((Leaf("钟惺有"), Unranked(Leaf("钟惺")), Unranked(Leaf("惺有"))))),
        ]),
        ("港口的铁路", [("any", And((Or((PORT, RAIL)), Optional(Leaf("的")))))]),
        ("港口 铁路 航空", [
            ("most", AtLeast(2, (PORT, RAIL, AIR))),
            ("any", Or((PORT, RAIL, AIR))),
        ]),
        ("港口 津蓟铁路沿线 航空 -冷链", [
            ("most", And((PORT, APART, AIR, Not(Leaf("冷链"))))),
            ("most", And((AtLeast(2, (PORT, APART, AIR)), Not(Leaf("冷链"))))),
            ("any", And((Or((PORT, JOINED, *PIECES, AIR)), Not(Leaf("冷链"))))),
        ]),
        ('港口 "铁路" source:甲 铁路', [
            ("any", And((Or((PORT, RAIL)), Leaf("铁路", quoted=True), FromSource("甲")))),
        ]),
        ("港口 OR 铁路", []),
        ("-港口", []),
        ("", []),
    ],
)  # fmt: skip
def test_rungs(typed, expected, limits, vocabulary):
    """Joined words apart, most words, any of them: each where it differs, what is marked in all."""
    assert rungs_of(typed, limits, vocabulary) == expected


@pytest.mark.parametrize(("words", "least"), [(3, 2), (4, 3), (5, 4), (6, 4), (9, 6)])
def test_most_words_are_two_thirds(words, least, limits, vocabulary):
    """Of so many words a third may be missing, at least one."""
    most, _ = rungs_of(" ".join(WORDS[:words]), limits, vocabulary)
    assert most.root.count == least


def test_a_word_with_variants_keeps_them_in_pieces(vocabulary):
    """What stands for a word stands for it when it is taken apart, too."""
    term = Synonyms((Leaf("2024年"), Leaf("二〇二四年")))
    first, *_ = rungs(term, vocabulary.cutter)
    assert first == ("most", Or((term, And((Leaf("2024"), Leaf("年"))))))


def test_rungs_are_made_as_far_as_they_are_asked_for(limits, vocabulary):
    """No word is cut, and nothing counted, for a rung that is not needed."""
    root = parse("港口 津蓟铁路沿线 航空", limits, vocabulary).root
    asked = []

    def count(node):
        asked.append(node)
        return len(asked) - 1

    assert relaxed(root, None, 0, count) is None
    assert asked == [root]
    del asked[:]
    assert relaxed(root, vocabulary.cutter, 2, count).root == asked[2]
    assert len(asked) == 3
