from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.postings import drawn, opened
from wxsearch.search.matches import counted
from wxsearch.search.scored_leaves import ScoredLeaves
from wxsearch.search.scoring import Averages, Scorer, Weights, inverse_frequency, rounded, worst_of_best

PLAIN = Weights(k1=1.0, b=0.5, title=3.0)
USUAL = Weights(k1=1.2, b=0.75, title=2.0)


def matches_of(*counts):
    """Matches from the counts of title and body of each document."""
    title, body = np.array(counts, np.int64).T
    return counted(np.arange(len(counts)), title, body, len(counts))


def test_the_formula_by_hand():
    """One leaf in titles and bodies, worked out with pencil and paper.

    N = 4 and the leaf stands in three articles: idf = ln(1 + 1.5 / 3.5) = ln(10 / 7).
    Titles have 2, 0, 4 and 2 characters, 2 on average; bodies 4, 4, 0 and 8, 4 on average.
    share = 2 tf / (tf + 0.5 + 0.5 * length / average).
    """
    idf = inverse_frequency(3, 4)
    assert idf == pytest.approx(log(10 / 7))
    scorer = Scorer((np.array([2, 0, 4, 2]), np.array([4, 4, 0, 8])), Averages(4, 2.0, 4.0), PLAIN)
    found = scorer.exact(np.arange(4), ScoredLeaves([(matches_of((1, 2), (0, 1), (1, 0), (0, 0)), idf)], 4))
    # Title: 2 / (1 + 0.5 + 0.5) = 1, body: 4 / (2 + 0.5 + 0.5) = 4/3; body alone: 1; title: 2 / 2.5.
    assert found.tolist() == pytest.approx([idf * (3 + 4 / 3), idf, idf * 3 * 4 / 5, 0.0])


def test_leaves_add_up():
    """A score is the sum over the leaves, each with its own idf; of those documents asked for."""
    scorer = Scorer((np.array([2, 2]), np.array([4, 4])), Averages(2, 2.0, 4.0), PLAIN)
    one, other = matches_of((0, 1), (1, 0)), matches_of((0, 0), (0, 3))
    found = scorer.exact(np.array([1]), ScoredLeaves([(one, 0.5), (other, 2.0)], 2))
    assert found.tolist() == pytest.approx([0.5 * 3 * 1 + 2.0 * 6 / 4])
    assert scorer.exact(np.arange(2), ScoredLeaves([], 2)).tolist() == [0.0, 0.0]


def test_gains_by_hand():
    """What each leaf adds in title and body of one document, and how often it stands there; as above."""
    scorer = Scorer((np.array([2, 0, 4, 2]), np.array([4, 4, 0, 8])), Averages(4, 2.0, 4.0), PLAIN)
    one, other = matches_of((1, 2), (0, 1), (1, 0), (0, 0)), matches_of((0, 0), (0, 300), (9, 0))
    leaves = ScoredLeaves([(one, 0.5), (other, 2.0)], 4)
    assert scorer.gains(0, leaves) == [
        (1, 2, pytest.approx(0.5 * 3), pytest.approx(0.5 * 4 / 3)),
        (0, 0, 0, 0),
    ]
    assert scorer.gains(1, leaves) == [(0, 1, 0, 0.5), (0, 300, 0, pytest.approx(2 * 600 / 301))]
    assert scorer.gains(2, ScoredLeaves([(other, 2.0)], 4)) == [(9, 0, pytest.approx(2 * 3 * 18 / 10.5), 0)]
    assert scorer.gains(3, ScoredLeaves([], 4)) == []


@pytest.mark.parametrize(
    ("frequency", "articles", "idf"), [(0, 9, 0.0), (1, 1, log(4 / 3)), (9, 9, log(1 + 0.5 / 9.5))]
)
def test_a_leaf_of_every_article_still_counts(frequency, articles, idf):
    """The idf is never negative, and 0 only for what no article has."""
    assert inverse_frequency(frequency, articles) == pytest.approx(idf)


@st.composite
def scored(draw):
    """A segment with lengths, and lists of all forms with their idf."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    size = draw(st.sampled_from([1, 30, 700, 3_000]))
    lengths = chance.integers(0, 60, size), chance.integers(0, 3_000, size)
    shares = draw(st.lists(st.sampled_from([0.001, 0.05, 0.15, 0.3, 1.0]), min_size=1, max_size=5))
    each = [drawn(chance, size, share, 70_000) for share in shares]
    leaves = [
        (
            draw(st.sampled_from([matches, counted(*expected, size)])),
            inverse_frequency(matches.frequency, size),
        )
        for matches, expected in zip(opened(each, size), each, strict=True)
    ]
    weights = draw(st.sampled_from([USUAL, PLAIN, Weights(0.0, 0.75, 0.0), Weights(3.0, 1.0, 9.0)]))
    averages = Averages(size, *(float(field.mean()) for field in lengths))
    return lengths, averages, weights, each, ScoredLeaves(leaves, size)


def by_formula(lengths, averages, weights, each, leaves):
    """The scores of all documents, leaf by leaf and posting by posting."""
    scores = np.zeros(len(lengths[0]))
    k1, b, title_weight = weights[:3]
    for (documents, *fields), idf in zip(each, leaves.idf, strict=True):
        for weight, length, average, counts in zip(
            (title_weight, 1.0), lengths, averages[1:], fields, strict=True
        ):
            relative = length[documents] / average if average else 0.0
            held_back = k1 * (1 - b + b * relative)
            share = counts * (k1 + 1) / np.maximum(counts + held_back, 1e-300)
            np.add.at(scores, documents, idf * weight * share)
    return scores


@given(scored(), st.integers(0, 2**32))
def test_exact_scores_are_the_formula(case, seed):
    """Exact scores, for any documents, are those of the formula, dense lists and overflow among them."""
    lengths, averages, weights, _, leaves = case
    expected = by_formula(*case)
    scorer = Scorer(lengths, averages, weights)
    some = np.flatnonzero(np.random.default_rng(seed).random(len(expected)) < 0.5)
    assert scorer.exact(some, leaves) == pytest.approx(expected[some], rel=1e-9)
    assert scorer.exact(np.arange(len(expected)), leaves) == pytest.approx(expected, rel=1e-9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wxsearch.search.scoring._SCORED_AT_ONCE", 7)
        assert scorer.exact(some, leaves) == pytest.approx(expected[some], rel=1e-9)


@given(scored(), st.integers(0, 2**32))
def test_gains_add_up_to_exact_scores(case, seed):
    """What the leaves add to a document, as often as its lists say, is its exact score."""
    lengths, averages, weights, each, leaves = case
    scorer = Scorer(lengths, averages, weights)
    document = seed % len(lengths[0])
    gains = scorer.gains(document, leaves)
    total = sum(gain.by_title + gain.by_body for gain in gains)
    assert total == pytest.approx(scorer.exact(np.array([document]), leaves)[0], rel=1e-9)
    for gain, (documents, *counts) in zip(gains, each, strict=True):
        here = documents == document
        assert [gain.in_title, gain.in_body] == [int(field[here].sum()) for field in counts]


@given(scored())
def test_rough_scores_are_nearly_exact(case):
    """Rough scores, by lists and by dense arrays, differ from exact ones by less than one part in 10^5."""
    lengths, averages, weights, _, leaves = case
    scorer = Scorer(lengths, averages, weights)
    exact = scorer.exact(np.arange(len(lengths[0])), leaves)
    assert scorer._listed(leaves, range(len(leaves.matches))) == pytest.approx(exact, rel=1e-5)
    dense = np.zeros(len(exact), np.float32)
    for row in range(len(leaves.matches)):
        scorer._add_dense(dense, leaves, row)
    assert dense == pytest.approx(exact, rel=1e-5)


@given(scored(), st.integers(1, 40), st.integers(0, 2**32))
def test_contenders_hold_the_best(case, most, seed):
    """Whatever can be among the best once it is scored exactly and rounded is a contender, ties too."""
    lengths, averages, weights, _, leaves = case
    scorer = Scorer(lengths, averages, weights)
    documents = np.flatnonzero(np.random.default_rng(seed).random(len(lengths[0])) < 0.8)
    found = scorer.contenders(documents, leaves, most)
    assert np.isin(found, documents).all()
    exact = rounded(scorer.exact(documents, leaves))
    worst = np.sort(exact)[-most] if len(exact) >= most else 0.0
    assert set(documents[exact >= worst].tolist()) <= set(found.tolist())


def test_frequent_leaves_that_move_nothing_narrow_nothing_away():
    """A leaf of nearly every article beside a rare one does not keep the best of the rare one out."""
    size = 2_000
    chance = np.random.default_rng(4)
    everywhere = counted(np.arange(size), np.zeros(size, np.int64), chance.integers(1, 9, size), size)
    rare = np.sort(chance.choice(size, 60, replace=False))
    seldom = counted(rare, chance.integers(0, 2, 60), chance.integers(1, 9, 60), size)
    lengths = np.full(size, 10), chance.integers(50, 900, size)
    scorer = Scorer(lengths, Averages(size, 10.0, float(lengths[1].mean())), USUAL)
    each = (everywhere, seldom)
    leaves = ScoredLeaves([(one, inverse_frequency(one.frequency, size)) for one in each], size)
    found = scorer.contenders(np.arange(size), leaves, 10)
    exact = scorer.exact(np.arange(size), leaves)
    assert set(np.argsort(-exact)[:10].tolist()) <= set(found.tolist())
    assert len(found) < 200


@pytest.mark.parametrize("alike", [500, 501])
def test_a_frequent_leaf_is_left_out_where_few_contend_without_it(alike):
    """Of 500 with the same rough score all contend; of one more, a frequent leaf tells them apart."""
    size = 4_000
    tf = np.random.default_rng(5).integers(1, 60, size)
    everywhere = counted(np.arange(size), np.zeros(size, np.int64), tf, size)
    some = np.arange(0, 2 * alike, 2)
    rare = counted(some, np.zeros(alike, np.int64), np.full(alike, 3), size)
    scorer = Scorer((np.full(size, 10), np.full(size, 100)), Averages(size, 10.0, 100.0), USUAL)
    leaves = ScoredLeaves([(everywhere, 0.01), (rare, 4.0)], size)
    found = scorer.contenders(np.arange(size), leaves, 10)
    assert len(found) == 500 if alike == 500 else len(found) < 500
    exact = scorer.exact(np.arange(size), leaves)
    assert set(np.argsort(-exact, kind="stable")[:10].tolist()) <= set(found.tolist())


def test_without_leaves_all_contend():
    """Where no article has any leaf, none is before another."""
    scorer = Scorer((np.full(50, 10), np.full(50, 100)), Averages(50, 10.0, 100.0), USUAL)
    assert scorer.contenders(np.arange(50), ScoredLeaves([], 50), 10).tolist() == list(range(50))


@given(st.lists(st.sampled_from([0.0, 1.0, 1.5, 2.0, 7.0]), max_size=3_000), st.integers(1, 12))
def test_the_worst_of_the_best_is_a_lower_bound(scores, most):
    """No more than the last of the best is given, however many are alike; nothing where there are too few."""
    found = worst_of_best(np.array(scores), most)
    assert found <= (sorted(scores)[-most] if len(scores) >= most else 0.0)
    if len(scores) < 32 * 16:
        assert found == (sorted(scores)[-most] if len(scores) >= most else 0.0)


def test_rounding_keeps_six_digits():
    """Scores differ only where six significant digits do."""
    assert rounded(np.array([12.3456789, 0.00012345678, 0.0])).tolist() == [12.3457, 0.000123457, 0.0]


@given(
    st.lists(
        st.floats(0, 1e30) | st.floats(0.5, 60) | st.sampled_from([0.0, 1.0, 9.999995, 0.1234565]),
        min_size=60,
    )
)
def test_many_scores_are_rounded_as_one_is(scores):
    """Together or one by one, the outcome is the same to the last bit."""
    assert rounded(np.array(scores)).tolist() == [float(f"{score:.6g}") for score in scores]
