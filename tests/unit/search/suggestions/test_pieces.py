import pytest

from wxsearch.query.parser import parse
from wxsearch.search.suggestions.pieces import find_pieces


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("海铁连运", ["海铁连运"]),
        ("无锡惠善暴雨", ["无锡惠善暴雨"]),
        ('海铁连运 "航空 港"', ["海铁连运"]),
        ("海铁连运 -航空", ["海铁连运"]),
        ("(港口 OR ＩＰＨＮＯＥ) 2024年", ["港口", "iphnoe", "年"]),
        ("hai tie　lian yun", ["hai tie lian yun"]),
        ("wuliu OR yunshu", ["wuliu", "yunshu"]),
        ("wu,liu", ["wu", "liu"]),
        ("iphone15", ["iphone"]),
        ("date:昨天 港囗", ["昨天", "港囗"]),
        ("hai tie DATE：lian", ["hai tie", "lian"]),
        ("日期:昨天", ["昨天"]),
        ("date 日期", ["date", "日期"]),
        ("", []),
        ("！？", []),
    ],
)
def test_pieces_are_unquoted_words(typed, pieces, limits, vocabulary):
    """What stands in quotes or behind a minus and what is an operator, a number or a field is no piece."""
    assert [piece.text for piece in find_pieces(parse(typed, limits, vocabulary))] == pieces


def test_pieces_know_where_they_were_typed(limits, vocabulary):
    """Places count code points of the typed text, also where folding changed lengths."""
    typed = "㎏ 𠮷 ＡＢＣ 國際連運"
    found = {
        piece.text: typed[piece.start : piece.end] for piece in find_pieces(parse(typed, limits, vocabulary))
    }
    assert found["国际连运"] == "國際連運"
