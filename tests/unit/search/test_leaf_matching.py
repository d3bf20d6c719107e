import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.segments import segment_of
from wxsearch.analysis.fold import fold
from wxsearch.engines.matching import occurrences
from wxsearch.engines.memory_ranking import document_frequency
from wxsearch.models import Article
from wxsearch.query.tree import Leaf
from wxsearch.search.deadline import Deadline
from wxsearch.search.leaf_matching import LeafMatcher, Remembered
from wxsearch.search.leaf_plan import Term, plan_leaf
from wxsearch.search.matches import counted

TEXTS = st.text("中国哈ab1，ж ", max_size=16)
CORPORA = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8)
LEAVES = st.one_of(
    st.builds(
        Leaf, st.text("中国哈ab1ж ", min_size=1, max_size=6).map(fold).filter(bool), st.just(value=True)
    ),
    st.builds(Leaf, st.text("中国哈ab1ж", min_size=1, max_size=6)),
)


def matcher_of(corpus, verified=None, seconds=float("inf"), **options):
    articles = [Article(id=str(n), title=title, body=body) for n, (title, body) in enumerate(corpus)]
    return LeafMatcher(segment_of(articles, **options), verified or Remembered(10_000), Deadline(seconds))


def found_by(matches):
    """By document, occurrences in title and body."""
    pairs = zip(*(each.tolist() for each in matches.counts(matches.documents, matches.values)), strict=True)
    return dict(zip(matches.documents.tolist(), pairs, strict=True))


def brute_force(corpus, leaf):
    each = {n: tuple(occurrences(leaf, fold(text)) for text in pair) for n, pair in enumerate(corpus)}
    return {document: counts for document, counts in each.items() if any(counts)}


@pytest.mark.parametrize("most_numbers", [None, 3])
@given(corpus=CORPORA, leaf=LEAVES, least=st.sampled_from([1, 2, 64]), signed=st.sampled_from([3, 4_000]))
def test_a_leaf_matches_what_it_stands_in(most_numbers, corpus, leaf, least, signed):
    """By its list or by its parts and the texts, a leaf matches what the oracle says, as often as it says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wxsearch.index.segment.building._LISTED_LEAST", least)
        patch.setattr("wxsearch.index.segment.signatures._LEAST_CHARACTERS", signed)
        matcher = matcher_of(corpus, most_numbers=most_numbers)
    expected = brute_force(corpus, leaf)
    listed = matcher.listed(leaf)
    if listed is not None:
        assert found_by(listed) == expected
    assert found_by(matcher.looked_up(plan_leaf(leaf), None)) == expected
    # What was looked up in full is known to the next query.
    assert found_by(matcher_of_same(matcher).listed(leaf)) == expected


def matcher_of_same(matcher):
    return LeafMatcher(matcher.segment, matcher._remembered, Deadline(0))


@given(CORPORA, LEAVES, st.sets(st.integers(0, 7)))
def test_a_look_within_some_documents_is_right_about_those(corpus, leaf, some):
    """Asked about some documents, the answer holds for them, and is not kept for all."""
    matcher = matcher_of(corpus)
    within = np.array(sorted(each for each in some if each < len(corpus)), np.intp)
    found = found_by(matcher.looked_up(plan_leaf(leaf), within))
    expected = brute_force(corpus, leaf)
    assert {n: counts for n, counts in found.items() if n in some} == {
        n: counts for n, counts in expected.items() if n in some
    }
    assert matcher._remembered.get(leaf) is None


@given(CORPORA, LEAVES, st.sets(st.integers(0, 7)), st.sampled_from([None, 3]))
def test_the_frequency_of_a_leaf_is_that_of_its_rarest_part(corpus, leaf, dead, most_numbers):
    """How many live documents have each part is known; the smallest number is the oracle's frequency."""
    matcher = matcher_of(corpus, most_numbers=most_numbers)
    live = np.array([n not in dead for n in range(len(corpus))])
    alive = {str(n): tuple(map(fold, pair)) for n, pair in enumerate(corpus) if n not in dead}
    some = LeafMatcher(matcher.segment, Remembered(10_000), Deadline(float("inf")), live)
    assert min(some.frequencies(leaf)) == document_frequency(leaf, alive)
    everything = {str(n): tuple(map(fold, pair)) for n, pair in enumerate(corpus)}
    assert min(matcher.frequencies(leaf)) == document_frequency(leaf, everything)
    assert len(matcher.frequencies(leaf)) == len(plan_leaf(leaf).parts)


@given(
    CORPORA,
    st.text("中国哈ab1 ", min_size=2, max_size=6).map(fold).filter(bool),
    st.sampled_from([1, 1_000, 100_000]),
)
def test_a_title_is_looked_up_for_itself(corpus, text, postings_a_look):
    """Asked for in titles, a string is found there and not in bodies, whichever lists were read for it."""
    matcher = matcher_of(corpus)
    leaf = Leaf(text, quoted=True, field="title")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wxsearch.search.text_lookup._POSTINGS_A_LOOK", postings_a_look)
        found = found_by(matcher.looked_up(plan_leaf(leaf), None))
    expected = {n: occurrences(leaf, fold(title)) for n, (title, _) in enumerate(corpus)}
    assert found == {n: (count, 0) for n, count in expected.items() if count}


@pytest.mark.parametrize("postings_a_look", [1, 100_000])
def test_lists_leave_what_stands_in_titles(monkeypatch, postings_a_look):
    """Of titles that have one part of a string and not the other, those with all of it are found."""
    corpus = [
        ("中国人", ""),
        ("中国", "国人"),
        ("国人", "中国人"),
        ("中国人", "中国人"),
        ("人", "中国人"),
    ] * 3
    monkeypatch.setattr("wxsearch.search.text_lookup._POSTINGS_A_LOOK", postings_a_look)
    leaf = Leaf("中国人", quoted=True, field="title")
    found = found_by(matcher_of(corpus).looked_up(plan_leaf(leaf), None))
    assert found == {n: (1, 0) for n in range(len(corpus)) if n % 5 in (0, 3)}


@pytest.mark.parametrize("count", [1, 2, 3, 15, 16, 17, 63, 64, 65, 66, 127, 128, 129])
def test_any_number_of_candidates_is_counted(count):
    """From some number of candidates on lists tell of some of them; the counts are the same."""
    corpus = [("中国人", "国人中国人") if n % 3 else ("国人中国", "中国人民" * (n % 5)) for n in range(count)]
    leaf = Leaf("中国人", quoted=True)
    assert found_by(matcher_of(corpus).looked_up(plan_leaf(leaf), None)) == brute_force(corpus, leaf)


def test_what_is_listed_costs_less_than_a_look():
    """Leaves with lists come before those that have to be looked up, rare ones before frequent ones."""
    matcher = matcher_of([("", "中国人民"), ("", "中国"), ("", "人")])
    order = sorted([Leaf("中国人民"), Leaf("中国"), Leaf("民"), Leaf("龘"), Leaf("中国人")], key=matcher.cost)
    assert [leaf.text for leaf in order] == ["龘", "民", "中国", "中国人民", "中国人"]


def test_looking_up_ends_with_the_time():
    """After the deadline no text is looked into, what is missing is noted, and nothing is kept."""
    matcher = matcher_of([("", "中国人民")] * 3, seconds=0)
    assert found_by(matcher.looked_up(plan_leaf(Leaf("中国人民")), None)) == {}
    assert matcher._deadline.missed
    assert matcher._remembered.get(Leaf("中国人民")) is None
    assert found_by(matcher.listed(Leaf("中国"))) == dict.fromkeys(range(3), (0, 1))


def test_time_is_looked_at_between_steps(monkeypatch):
    """A look into many texts stops where the time is over, with what was found until then."""
    monkeypatch.setattr("wxsearch.search.text_lookup._STEP", 2)
    clock = iter([0, 0, 0, 9])
    monkeypatch.setattr("wxsearch.search.deadline.monotonic", lambda: next(clock))
    matcher = matcher_of([("", "中国人民")] * 7, seconds=5)
    assert found_by(matcher.looked_up(plan_leaf(Leaf("中国人民")), None)) == dict.fromkeys(range(4), (0, 1))


def matches_of(count):
    return counted(np.arange(count), np.zeros(count, np.int64), np.ones(count, np.int64), 1_000)


def test_what_is_kept_of_looks_is_bounded():
    """Kept matches take no more room than allowed; those asked for last stay, and empty ones take room."""
    verified = Remembered(150)
    leaves = [Leaf(str(number), quoted=True) for number in range(100)]
    for leaf in leaves[:3]:
        verified.put(leaf, matches_of(30))
        assert verified.get(leaves[0]).frequency == 30
    verified.put(leaves[3], matches_of(30))
    assert [verified.get(leaf) is not None for leaf in leaves[:4]] == [True, False, True, True]
    for leaf in leaves[4:]:
        verified.put(leaf, matches_of(0))
    assert sum(verified.get(leaf) is not None for leaf in leaves) == 150 // 16
    assert verified.get(leaves[-1]).frequency == 0


def test_what_is_larger_than_allowed_is_not_kept():
    """Matches of more documents than all may have together leave nothing behind, and harm nothing."""
    verified = Remembered(100)
    verified.put(Leaf("大"), matches_of(1_000))
    assert verified.get(Leaf("大")) is None
    verified.put(Leaf("小"), matches_of(10))
    verified.put(Leaf("小"), matches_of(10))
    assert verified.get(Leaf("小")).frequency == 10
    assert verified._documents[Leaf] == 26


def test_lists_do_not_drive_out_what_was_looked_up():
    """Long lists and looked-up leaves have room of their own each."""
    remembered = Remembered(100)
    remembered.put(Leaf("表示，中", quoted=True), matches_of(50))
    for number in range(20):
        remembered.put(Term("string", str(number)), matches_of(80))
    assert remembered.get(Leaf("表示，中", quoted=True)).frequency == 50
    assert remembered.get(Term("string", "19")).frequency == 80


def test_where_lists_decide_no_time_is_needed():
    """A string that its lists decide in all candidates is found whole by a search whose time is over."""
    matcher = matcher_of([("", "甲乙丙丁戊")] * 200, seconds=0)
    leaf = Leaf("甲乙丙丁戊", quoted=True)
    assert matcher.listed(leaf) is None
    assert len(found_by(matcher.looked_up(plan_leaf(leaf), None))) == 200
    assert not matcher._deadline.missed
