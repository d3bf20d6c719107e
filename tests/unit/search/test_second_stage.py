from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.segments import snapshot_of
from wxsearch.models import Article
from wxsearch.query.request import read_request
from wxsearch.search.deadline import Deadline
from wxsearch.search.evidence import EvidenceWeights
from wxsearch.search.recency import RecencyWeights
from wxsearch.search.scoring import Weights
from wxsearch.search.search import Search
from wxsearch.search.searcher import Searcher
from wxsearch.search.second_stage import PARTS

HEAD = 4
EVIDENCE = EvidenceWeights(
    head=HEAD,
    head_least=HEAD,
    head_characters=50,
    head_total=1_000,
    characters=1.0,
    bigrams=1.0,
    longer=1.0,
    lead=1.0,
    window=1.0,
    lead_characters=20.0,
    window_characters=10,
    headline=0.5,
    headline_characters=30,
)
BOTH = Weights(0.5, 0.5, 2.0, EVIDENCE, RecencyWeights(0.5, 30.0))
LEAVES_ALONE = Weights(0.5, 0.5, 2.0)
TEXTS = st.lists(
    st.sampled_from(["港口", "铁路", "港", "口", "路", "，", "别的"]), min_size=1, max_size=8
).map("".join)


@pytest.fixture(scope="module")
def ask(limits, vocabulary):
    """Searches over a snapshot for any of the words of a query."""

    def search(snapshot, weights=BOTH, q="港口 铁路", seconds=float("inf"), **asked):
        request = read_request({"q": [q], "match": ["any"], **asked}, limits, vocabulary)
        return Search(request, Searcher(snapshot, weights), limits, Deadline(seconds))

    return search


def articles_of(texts):
    """Articles of these bodies, each on a day of its own, the first the oldest."""
    return [
        Article(id=f"{n:02}", body=text, published=f"2024-01-{n + 1:02}T00:00:00+08:00", precision="day")
        for n, text in enumerate(texts)
    ]


ALIKE = articles_of([f"港口{'别' * n}铁路" for n in range(9)])


def shown(places):
    """Ids, scores and parts; sums of floats may differ behind the digits that count."""
    return [(place.id, place.score, [f"{part:.9g}" for part in place.parts]) for place in places]


@pytest.mark.parametrize("most", [1, HEAD - 1, HEAD, HEAD + 1, 9])
def test_the_head_has_one_size(ask, most):
    """So many articles are weighed as the head has, however many are asked for; each has all parts."""
    places = ask(snapshot_of(ALIKE)).top(most)
    assert [len(place.parts) for place in places] == [len(PARTS)] * min(most, HEAD) + [0] * max(
        0, most - HEAD
    )
    assert shown(places) == shown(ask(snapshot_of(ALIKE)).top(9))[:most]


def test_fewer_hits_than_the_head_has(ask):
    """Where there are fewer hits, all of them are weighed; where there are none, nothing is."""
    assert [len(place.parts) for place in ask(snapshot_of(ALIKE[:2])).top(9)] == [len(PARTS)] * 2
    assert ask(snapshot_of(ALIKE), q="没有").top(9) == []
    assert ask(snapshot_of()).top(9) == []


def test_who_is_weighed_gains_and_who_is_not_stays(ask):
    """The best by their leaves are weighed and keep in front; scores behind them are those of the leaves."""
    snapshot = snapshot_of(ALIKE)
    before = {place.id: place.score for place in ask(snapshot, LEAVES_ALONE).top(9)}
    after = ask(snapshot).top(9)
    assert {place.id for place in after[:HEAD]} == set(list(before)[:HEAD])
    for place in after[:HEAD]:
        assert place.score == float(f"{before[place.id] + sum(place.parts):.6g}") > before[place.id]
    assert [(place.id, place.score) for place in after[HEAD:]] == list(before.items())[HEAD:]


@pytest.mark.parametrize("cuts", [(1,), (4,), (8,), (2, 3), (3, 6), (1, 2, 3, 4, 5)])
def test_segments_share_one_head(ask, cuts):
    """In however many segments articles lie, the same are weighed, and all is as in one segment."""
    bounds = (0, *cuts, len(ALIKE))
    groups = [ALIKE[begin:end] for begin, end in pairwise(bounds)]
    assert shown(ask(snapshot_of(*groups)).top(9)) == shown(ask(snapshot_of(ALIKE)).top(9))


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=12), st.integers(0, 12), st.integers(1, 12))
def test_any_page_of_any_segments_is_a_slice_of_the_whole(ask, texts, cut, most):
    """The first so many of articles in two segments are the beginning of all of them in one."""
    articles = articles_of(texts)
    groups = [group for group in (articles[:cut], articles[cut:]) if group]
    whole = shown(ask(snapshot_of(articles)).top(12))
    assert shown(ask(snapshot_of(*groups)).top(most)) == whole[:most]


REPRINT = "原标题：港口铁路\n别的，港口"


@pytest.mark.parametrize("cuts", [(), (1,), (2,)])
def test_what_a_headline_got_is_made_up_for(ask, cuts):
    """Whatever the segments, who announces a headline gets nothing for it, the others what it got."""
    articles = articles_of(["别的别的，港口。铁路", REPRINT, "别的，港口。铁路"])
    bounds = (0, *cuts, 3)
    snapshot = snapshot_of(*[articles[begin:end] for begin, end in pairwise(bounds)])
    gained = {
        place.id: dict(zip(PARTS, place.parts, strict=True))["headline"] for place in ask(snapshot).top(3)
    }
    assert gained["01"] == 0
    assert gained["00"] == gained["02"] > 0


# Bodies of 4, 5, 6 and 7 characters are the best, in this order; of each, 6 are read.
@pytest.mark.parametrize(
    ("total", "least", "size"),
    [(21, 1, 4), (20, 1, 3), (15, 1, 3), (14, 1, 2), (4, 1, 1), (3, 1, 1), (3, 3, 3), (15, 9, 4), (0, 0, 0)],
)
@pytest.mark.parametrize("cuts", [(), (1,), (2, 3), (1, 2, 3, 4, 5)])
def test_texts_together_are_bounded(ask, total, least, size, cuts):
    """As many are weighed as are not too long together, but so many in any case, whatever the segments."""
    bounds = (0, *cuts, len(ALIKE))
    snapshot = snapshot_of(*[ALIKE[begin:end] for begin, end in pairwise(bounds)])
    bounded = EVIDENCE._replace(head_least=least, head_characters=6, head_total=total)
    places = ask(snapshot, BOTH._replace(evidence=bounded)).top(9)
    assert [bool(place.parts) for place in places] == [True] * size + [False] * (9 - size)


@pytest.mark.parametrize("cuts", [(), (1,), (2, 3)])
def test_a_collapsed_list_keeps_what_was_added(ask, cuts):
    """Where nothing has copies, a collapsed list is the list; behind those weighed, too."""
    bounds = (0, *cuts, len(ALIKE))
    snapshot = snapshot_of(*[ALIKE[begin:end] for begin, end in pairwise(bounds)])
    few = BOTH._replace(evidence=EVIDENCE._replace(head=8, head_least=3, head_total=0))
    assert shown(ask(snapshot, few, collapse=["family"]).top(9)) == shown(ask(snapshot, few).top(9))


def test_recency_alone(ask):
    """Where the wording is unknown, times are weighed and nothing is read; without dates nothing is left."""
    alone = EVIDENCE._replace(head=2)
    weights = BOTH._replace(evidence=alone)
    titled = [Article(id=each.id, title="港口", published=each.published, precision="day") for each in ALIKE]
    places = ask(snapshot_of(titled), weights, "title:港口").top(3)
    assert [place.id for place in places] == ["08", "07", "06"]
    base = ask(snapshot_of(titled), LEAVES_ALONE, "title:港口").top(1)[0].score
    assert dict(zip(PARTS, places[0].parts, strict=True)) == {
        **dict.fromkeys(PARTS, 0),
        "recency": pytest.approx(0.5 * base),
    }
    undated = [Article(id=each.id, body=each.body) for each in ALIKE]
    assert [place.parts[PARTS.index("recency")] for place in ask(snapshot_of(undated)).top(HEAD)] == [
        0
    ] * HEAD


def test_a_search_out_of_time_is_not_weighed(ask):
    """Where the time was over while texts were looked into, the leaves alone decide."""
    search = ask(snapshot_of(ALIKE), q="港口别别铁", seconds=0)
    assert search.partial
    assert all(place.parts == () for place in search.top(9))
