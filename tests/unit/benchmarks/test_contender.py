"""What every engine has to answer, on articles whose answers are known by hand."""

import json

import pytest

from wxsearch.benchmarks.contender import at_or_below
from wxsearch.benchmarks.corpus import cut_articles, cut_corpus
from wxsearch.benchmarks.lineup import ENGINES, contender
from wxsearch.benchmarks.queries import Question
from wxsearch.dates import read_bound

ARTICLES = [
    {"id": "a", "title": "中国经济", "body": "港口 发展 铁路", "published": "2021-10-19T13:13:28+08:00",
     "source": "互联网", "url": "https://news.example/a", "breadcrumb": ["首页", "物流", "行业"]},
    {"id": "b", "title": "港口", "body": "中国 铁路 发展 港口", "published": "2021-11-01",
     "breadcrumb": ["首页", "物流"]},
    {"id": "c", "title": "天气", "body": "港口。铁路", "published": "2022-01-05T00:00:00+08:00",
     "breadcrumb": ["财经"]},
    {"id": "d", "title": "港口", "body": "天气"},
]  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory, limits):
    folder = tmp_path_factory.mktemp("by-hand")
    lines = "".join(json.dumps(article) + "\n" for article in ARTICLES)
    (folder / "lines.jsonl").write_text(lines, encoding="utf-8")
    return cut_corpus(folder / "lines.jsonl", folder / "cut.jsonl", "test", limits)


@pytest.fixture(scope="module", params=ENGINES)
def engine(request, corpus, tmp_path_factory):
    made = contender(request.param)
    directory = tmp_path_factory.mktemp(request.param)
    made.build(corpus, cut_articles(corpus.cut), directory)
    opened = contender(request.param)
    opened.open(corpus, directory)
    yield opened
    opened.close()


def _answer(engine, **question):
    return engine.read(engine.ask(engine.plan(Question(**question))))


def test_and_asks_for_all_words_in_either_field(engine):
    """Both words must be there, be it one in the title and one in the body."""
    answer = _answer(engine, kind="and", words=("中国", "港口"))
    assert answer.total == 2
    assert {article_id for article_id, _ in answer.top} == {"a", "b"}
    assert answer.categories == {"物流": 2, "物流 > 行业": 1}
    assert answer.months == {"2021-10": 1, "2021-11": 1}


def test_or_asks_for_any_word_and_counts_what_has_no_time_or_category(engine):
    """One word is enough; an article without a time or category is in the total only."""
    answer = _answer(engine, kind="or", words=("铁路", "天气"))
    assert answer.total == 4
    assert answer.categories == {"物流": 2, "物流 > 行业": 1, "财经": 1}
    assert answer.months == {"2021-10": 1, "2021-11": 1, "2022-01": 1}


def test_phrase_asks_for_words_in_sequence_inside_one_field(engine):
    """中国经济 stands in one title; words of two fields make no phrase."""
    answer = _answer(engine, kind="phrase", words=("中国", "经济"))
    assert (answer.total, answer.top) == (1, [("a", "中国经济")])
    assert _answer(engine, kind="phrase", words=("港口", "天气")).total == 0


def test_filter_narrows_all_but_the_counts_of_its_own_category(engine, corpus):
    """Dates narrow everything; the category narrows hits and months, not the category counts."""
    answer = _answer(
        engine,
        kind="filter",
        words=("港口",),
        since=read_bound("2021-10-19", upper=False),
        until=read_bound("2022-01-05", upper=True),
        category=corpus.paths.index(("物流",)),
    )
    assert answer.total == 2
    assert {article_id for article_id, _ in answer.top} == {"a", "b"}
    assert answer.months == {"2021-10": 1, "2021-11": 1}
    assert answer.categories == {"物流": 2, "物流 > 行业": 1, "财经": 1}


def test_filter_leaves_its_end_out(engine, corpus):
    """The span is [since, until): an article of the very end is not in it."""
    answer = _answer(
        engine,
        kind="filter",
        words=("港口",),
        since=read_bound("2021-11-01", upper=False),
        until=read_bound("2022-01-05", upper=False),
        category=corpus.paths.index(("物流",)),
    )
    assert [article_id for article_id, _ in answer.top] == ["b"]
    assert answer.categories == {"物流": 1}


def test_a_word_that_is_nowhere_has_an_empty_answer(engine):
    """No hit is an answer too: nothing counted."""
    answer = _answer(engine, kind="and", words=("火星",))
    assert (answer.total, answer.top, answer.categories, answer.months) == (0, [], {}, {})


def test_title_counts_more_than_body(engine):
    """港口 in a short title beats 港口 in a body."""
    answer = _answer(engine, kind="or", words=("港口",))
    assert {article_id for article_id, _ in answer.top[:2]} == {"b", "d"}
    assert len(answer.top) == answer.total == 4


@pytest.mark.parametrize("name", ENGINES)
def test_top_is_ten_hits_however_many_there_are(name, small_corpus, tmp_path):
    """Ten hits are looked at, not every one: that would be other work."""
    engine = contender(name)
    engine.build(small_corpus, cut_articles(small_corpus.cut), tmp_path)
    engine.open(small_corpus, tmp_path)
    answer = _answer(engine, kind="heavy", words=("的",))
    engine.close()
    assert answer.total > len(answer.top) == 10


def test_paths_at_or_below_are_found_by_label_not_by_letters():
    """物流 holds 物流 > 行业 and does not hold 物流园."""
    paths = [(), ("物流",), ("物流", "行业"), ("物流园",)]
    assert at_or_below(paths, 1) == [1, 2]
