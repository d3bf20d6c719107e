"""Drawing questions."""

from collections import Counter

import pytest

from wxsearch.analysis.fold import fold
from wxsearch.analysis.segment import tokens
from wxsearch.benchmarks.corpus import cut_articles
from wxsearch.benchmarks.queries import draw_questions
from wxsearch.dates import DAY


@pytest.fixture(scope="module")
def drawn(small_corpus):
    return draw_questions(small_corpus, None, 0.2)


def test_questions_are_the_same_each_time(small_corpus, drawn):
    """A run can be repeated: nothing depends on the time or the process."""
    assert draw_questions(small_corpus, None, 0.2) == drawn


def test_scale_changes_every_kind_but_the_heavy_ones(drawn):
    """A fifth of the questions is 20, 20, 10 and 10; the five heavy ones are always asked."""
    assert Counter(question.kind for question in drawn.asked) == {
        "and": 20, "or": 20, "phrase": 10, "filter": 10, "heavy": 5,
    }  # fmt: skip
    assert len(drawn.typed) == 40


def test_engines_warm_up_with_questions_that_are_not_measured(drawn):
    """There is one more question of each kind, and none of them is asked again."""
    assert [question.kind for question in drawn.warming] == ["and", "or", "phrase", "filter", "heavy"]
    assert not set(drawn.warming) & set(drawn.asked)


def test_and_asks_for_two_or_three_words(drawn):
    """AND takes the first two or three words of a query."""
    assert {len(question.words) for question in drawn.asked if question.kind == "and"} == {2, 3}


def test_phrases_stand_in_an_article(small_corpus, drawn):
    """Every phrase is a piece of a real sentence: whole words, without shorter ones inside."""
    bodies = [fold(article.body) for article in cut_articles(small_corpus.cut)]
    for question in drawn.asked:
        if question.kind == "phrase":
            assert len(question.words) >= 2
            assert [token for token, _ in tokens("".join(question.words))] == list(question.words)
            assert any("".join(question.words) in body for body in bodies)


def test_filters_meet_the_article_they_come_from(small_corpus, drawn):
    """A filter spans 90 days and has at least one article with its word in its category."""
    articles = list(cut_articles(small_corpus.cut))
    for question in drawn.asked:
        if question.kind == "filter":
            assert question.until - question.since == 90 * DAY
            assert any(
                question.words[0] in article.title_tokens
                and question.category in article.within
                and article.published is not None
                and question.since <= article.published < question.until
                for article in articles
            )
