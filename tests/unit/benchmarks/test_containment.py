"""Strings that are no words."""

from collections import Counter

import pytest

from wxsearch.analysis.fold import fold
from wxsearch.analysis.segment import words
from wxsearch.benchmarks.containment import draw_strings, measure_containment
from wxsearch.benchmarks.corpus import cut_articles
from wxsearch.benchmarks.queries import Question
from wxsearch.benchmarks.worker import build


@pytest.fixture(scope="module")
def strings(small_corpus):
    return draw_strings(small_corpus, 0.25)


def test_strings_are_the_same_each_time(small_corpus, strings):
    """A run can be repeated: nothing depends on the time or the process."""
    assert draw_strings(small_corpus, 0.25) == strings


def test_strings_are_no_words_and_some_hold_a_separator(strings):
    """Three to five characters that join words, or span a separator and do not begin or end with it."""
    kinds = Counter((len(string), " " in string) for string in strings)
    assert kinds[3, True] == kinds[3, False] == kinds[4, False] == 3
    assert all(string == fold(string) for string in strings)
    assert all(len(words(string)) > 1 for string in strings)


def test_strings_stand_in_several_articles(small_corpus, strings):
    """Each is in more than one article, and none is a part of another."""
    texts = [(fold(article.title), fold(article.body)) for article in cut_articles(small_corpus.cut)]
    for string in strings:
        assert sum(any(string in text for text in article) for article in texts) > 1
        assert not any(string in other for other in strings if other != string)


def test_each_string_is_timed_first_and_again(small_corpus, strings, tmp_path):
    """The middle does not exceed the worst, and the slowest is one of the strings."""
    build("wxsearch", small_corpus, tmp_path / "wxsearch")
    warming = [Question(kind="or", words=("的",))]
    measured = measure_containment(small_corpus, tmp_path / "wxsearch", strings, warming, 1)
    assert measured.strings == len(strings)
    for taken in (measured.first_ms, measured.again_ms):
        assert 0 < taken["p50"] <= taken["max"]
    assert measured.slowest in strings
