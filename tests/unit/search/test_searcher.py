import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from support.answers import same_answers
from support.commits import SETTINGS, engine_over
from support.disk import ModelDisk
from support.drawn import corpora, requests
from support.segments import snapshot_of
from wxsearch.analysis.vocabulary_files import default_vocabulary
from wxsearch.engines.memory import MemoryEngine
from wxsearch.models import Article
from wxsearch.query.request import SearchRequest, read_request
from wxsearch.query.tree import Leaf, Query
from wxsearch.search import string_marks
from wxsearch.search.deadline import Deadline
from wxsearch.search.scoring import Weights
from wxsearch.search.search import Search
from wxsearch.search.searcher import Searcher


@st.composite
def corpora_and_requests(draw):
    corpus = draw(corpora())
    return corpus, draw(st.lists(requests(corpus), min_size=2, max_size=4))


def asked(case, limits):
    parameters, root = case
    given_parameters = {
        name: [value] if isinstance(value, str) else value for name, value in parameters.items()
    }
    request = read_request(given_parameters, limits, default_vocabulary(limits))
    return request if root is None else replace(request, query=Query("", root, ""))


def oracle_of(corpus, settings):
    oracle = MemoryEngine(settings.limits, settings.ranking, settings.query.relax_below)
    oracle.index(corpus)
    return oracle


@pytest.mark.parametrize("most_numbers", [1, 4, 20])
def test_answers_are_right_where_characters_share_a_number(settings, most_numbers):
    """In segments with more characters than numbers every total, hit, score and facet is the oracle's."""

    @given(corpora_and_requests(), st.integers(1, 10))
    def compare(case, cut):
        corpus, drawn = case
        random.seed()
        groups = [group for group in (corpus[:cut], corpus[cut:]) if group]
        disk = ModelDisk()
        snapshot_of(*groups, most_numbers=most_numbers, storage=disk)
        engine, oracle = engine_over(disk), oracle_of(corpus, settings)
        for request in drawn:
            same_answers(oracle, engine, asked(request, settings.limits))

    compare()


@pytest.mark.parametrize(
    "bodies", [("丙。甲。", "，乙。丙", "甲。乙"), ("丁乾。" * 3_000 + "甲。", "，乙。乾", "甲。乙")]
)
def test_separators_at_the_edges_of_texts_are_none(settings, make_article, bodies):
    """A pair of a rare character and a separator stands only where something follows in the same text."""
    corpus = [make_article(str(number), body, body) for number, body in enumerate([*bodies, "丙丙"])]
    disk = ModelDisk()
    snapshot_of(corpus, most_numbers=1, storage=disk)
    request = asked(({"q": '"甲 乙"'}, None), settings.limits)
    assert same_answers(oracle_of(corpus, settings), engine_over(disk), request).total == 1


@given(corpora_and_requests(), st.integers(1, 10), st.integers(0, 2**32))
def test_answers_are_right_over_segments_with_deletions(case, cut, seed):
    """Over several segments of which some documents are deleted, every answer is the oracle's."""
    corpus, drawn = case
    random.seed()
    disk = ModelDisk()
    engine = engine_over(disk)
    engine.index(corpus[:cut])
    if corpus[cut:]:
        engine.index(corpus[cut:])
    chance = random.Random(seed)
    gone = [article.id for article in corpus if chance.random() < 0.3]
    engine.delete(gone)
    oracle = oracle_of([article for article in corpus if article.id not in gone], SETTINGS)
    for request in drawn:
        same_answers(oracle, engine, asked(request, SETTINGS.limits))


def search(snapshot, limits, seconds, **parameters):
    request = asked((parameters, None), limits)
    return Search(request, Searcher(snapshot, Weights(1.2, 0.75, 2.0)), limits, Deadline(seconds))


TEXTS = ["北京天气预报", "北京天气", "天气预报", "北京的天气预报", "上海"]


@pytest.fixture(scope="module")
def snapshot(make_article):
    """Five articles in two segments."""
    each = [make_article(str(n), text, text, published=f"202{n}-01-01") for n, text in enumerate(TEXTS)]
    return snapshot_of(each[:3], each[3:])


@pytest.mark.parametrize(
    ("q", "whole"),
    [('"北京天气预报"', 1), ('"天气预报" OR 上海', 4), ('"北京天气预报" OR 上海', 2), ('天气 "北京天气"', 2)],
)
def test_without_time_an_answer_is_partial_and_a_lower_bound(snapshot, limits, q, whole):
    """What has lists is still found; strings that have to be looked up are not, and the answer says so."""
    found = search(snapshot, limits, float("inf"), q=q)
    assert (found.total, found.partial) == (whole, False)
    late = search(snapshot, limits, 0, q=q)
    assert late.partial
    assert late.total < whole
    assert {place.id for place in late.top(9)} <= {place.id for place in found.top(9)}


@pytest.mark.parametrize("q", ['天气 -"北京天气预报"', 'NOT "北京天气预报"', '上海 OR -"北京天气"'])
def test_without_time_nothing_too_much_is_found(snapshot, limits, q):
    """Where what is to be taken away could not be looked up, nothing is found rather than too much."""
    assert search(snapshot, limits, float("inf"), q=q).total > 0
    late = search(snapshot, limits, 0, q=q)
    assert (late.total, late.partial, late.page()) == (0, True, ())
    assert late.facets().category == ()


@pytest.mark.parametrize("q", ["天气", "上海 -天气", "", "天气 OR 上海", "不在"])
def test_what_has_lists_is_never_partial(snapshot, limits, q):
    """A search that looks into no text needs no time that anybody asks about."""
    found, late = (search(snapshot, limits, seconds, q=q) for seconds in (float("inf"), 0))
    assert (late.total, late.partial) == (found.total, False)
    assert late.page() == found.page()


def test_texts_outside_the_dates_are_not_looked_into(snapshot, limits):
    """With dates, a string is looked up among the articles of those, and other searches find all."""
    searcher = Searcher(snapshot, Weights(1.2, 0.75, 2.0))
    request = asked(({"q": '"天气预报"', "from": "2022", "to": "2022"}, None), limits)
    assert [place.id for place in Search(request, searcher, limits, Deadline(9)).top(9)] == ["2"]
    request = replace(request, since=None, until=None)
    assert Search(request, searcher, limits, Deadline(9)).total == 3


def test_pages_laid_together_are_one_large_page(snapshot, limits):
    """Hits from offset on are those of one large page, in the same order."""
    whole = search(snapshot, limits, 9, q="天气 OR 上海", size="100").page()
    assert len(whole) == 5
    for size in (1, 2, 3):
        pages = [
            search(snapshot, limits, 9, q="天气 OR 上海", size=str(size), offset=str(offset)).page()
            for offset in range(0, 6, size)
        ]
        assert tuple(hit for page in pages for hit in page) == whole
    assert search(snapshot, limits, 9, q="天气", size="0").page() == ()


def test_what_was_looked_up_is_known_to_the_next_generation(snapshot, limits):
    """A searcher takes over what is known of segments that it has, and nothing of others."""
    before = Searcher(snapshot, Weights(1.2, 0.75, 2.0))
    after = Searcher(snapshot, Weights(1.2, 0.75, 2.0), before)
    other = Searcher(snapshot_of(), Weights(1.2, 0.75, 2.0), before)
    assert after.remembered == before.remembered
    assert all(after.remembered[name] is before.remembered[name] for name in before.remembered)
    assert other.remembered == {}
    assert (other.averages.articles, other.averages.title) == (0, 0.0)


class _Counted:
    """A matcher that counts how often it is asked for frequencies."""

    def __init__(self, matcher):
        self._matcher = matcher
        self.asked = 0

    def __getattr__(self, name):
        return getattr(self._matcher, name)

    def frequencies(self, leaf):
        self.asked += 1
        return self._matcher.frequencies(leaf)


class _CountingSearcher(Searcher):
    def matcher(self, deadline):
        self.last = _Counted(super().matcher(deadline))
        return self.last


def test_how_rare_words_are_is_worked_out_once(limits):
    """However many hits of a page are explained, each word is asked once how many articles have it."""
    groups = [[Article(id=f"{n}-{part}", body="港口 铁路") for n in range(9)] for part in range(3)]
    searcher = _CountingSearcher(snapshot_of(*groups), Weights(0.5, 0.5, 2.0))
    request = read_request(
        {"q": ["港口 铁路"], "explain": ["true"], "size": ["27"]}, limits, default_vocabulary(limits)
    )
    search = Search(request, searcher, limits, Deadline(float("inf")))
    assert len(search.page()) == 27
    assert searcher.last.asked == 2


def test_first_searches_find_their_tables_made(settings):
    """Once a searcher is preloaded, no search works out a table of signs, in however many segments."""
    snapshot = snapshot_of(*[[Article(id=str(n), body="第7代 m4，ｍ4 芯片的发展")] for n in range(20)])
    searcher = Searcher(snapshot, Weights(1.2, 0.75, 2.0))
    searcher.preload()
    made = string_marks._without_string.cache_info().misses
    for leaf in (Leaf("m4"), Leaf("片的发", quoted=True), Leaf("4 芯", quoted=True)):
        request = SearchRequest(query=Query("", leaf, ""))
        assert Search(request, searcher, settings.limits, Deadline(60)).total == 20
    assert string_marks._without_string.cache_info().misses == made
