from math import log

import pytest
from msgspec.structs import replace

from wxsearch.engines.memory_ranking import document_frequency, gains, scores
from wxsearch.query.tree import Leaf
from wxsearch.settings import load_settings

PLAIN = replace(load_settings({}).ranking, k1=1.0, b=0.5, title_weight=3.0)


def score(articles, *leaves):
    """Scores of articles of one title and one body each, named by their place."""
    return scores(gains({str(n): fields for n, fields in enumerate(articles)}, leaves, PLAIN))


def test_the_formula_by_hand():
    """One leaf in titles and bodies, worked out with pencil and paper.

    N = 4 and 港口 stands in three articles: idf = ln(1 + 1.5 / 3.5) = ln(10 / 7).
    Titles have 2, 0, 4 and 2 characters, 2 on average; bodies 4, 4, 0 and 8, 4 on average.
    share = 2 tf / (tf + 0.5 + 0.5 * length / average).
    """
    found = score(
        [("港口", "港口港口"), ("", "的港口的"), ("港口航运", ""), ("铁路", "没有什么在这里的")], Leaf("港口")
    )
    idf = log(10 / 7)
    assert found == {
        # Title: 2 / (1 + 0.5 + 0.5) = 1. Body: 2 * 2 / (2 + 0.5 + 0.5) = 4/3.
        "0": pytest.approx(idf * (3 + 4 / 3), rel=1e-5),
        # Body: 2 / (1 + 0.5 + 0.5) = 1.
        "1": pytest.approx(idf, rel=1e-5),
        # Title: 2 / (1 + 0.5 + 1) = 4/5.
        "2": pytest.approx(idf * 3 * 4 / 5, rel=1e-5),
        "3": 0.0,
    }


def test_leaves_add_up_and_are_rounded():
    """The score is the sum over the leaves, to six significant digits; one that stands nowhere adds none."""
    articles = [("", "ab"), ("", "cd"), ("", "ef")]
    one = log(1 + 2.5 / 1.5)
    assert score(articles, Leaf("ab"), Leaf("zz")) == {"0": float(f"{one:.6g}"), "1": 0.0, "2": 0.0}
    assert score(articles, Leaf("ab"), Leaf("b", quoted=True))["0"] == float(f"{2 * one:.6g}")


HELD = {
    "0": ("", "港口岸 b"),
    "1": ("港口", "港x口岸"),
    "2": ("", "abcd 港口 1"),
    "3": ("abc1", "岸a 11，港"),
    "4": ("xabc", "口岸"),
}


@pytest.mark.parametrize(
    ("leaf", "df"),
    [
        (Leaf("港", quoted=True), 4),
        (Leaf("港口", quoted=True), 3),
        (Leaf("港口岸", quoted=True), 3),
        (Leaf("岸 b", quoted=True), 1),
        (Leaf(" b", quoted=True), 1),
        (Leaf("bc", quoted=True), 3),
        (Leaf("港"), 4),
        (Leaf("港口岸"), 3),
        (Leaf("a"), 1),
        (Leaf("ab"), 0),
        (Leaf("abc"), 2),
        (Leaf("abc岸"), 1),
        (Leaf("岸abc"), 2),
        (Leaf("abc1"), 1),
        (Leaf("abc11"), 1),
        (Leaf("1"), 2),
        (Leaf("11"), 1),
        (Leaf("港口x"), 1),
        (Leaf("港口xa"), 0),
        (Leaf("鲁"), 0),
    ],
)
def test_the_rarest_part_is_the_frequency(leaf, df):
    """The df of a leaf is the smallest among its parts, each counted once an article, title or body.

    Parts are two characters of a quoted string or of ideographs, and whole runs; from three
    letters on at the end of a leaf, runs that begin so.
    """
    assert document_frequency(leaf, HELD) == df
