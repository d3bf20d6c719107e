"""The generated corpus."""

from itertools import islice

import pytest

from wxsearch.analysis.fold import fold
from wxsearch.analysis.segment import tokens
from wxsearch.benchmarks.generated import generated_articles
from wxsearch.errors import StartProblem


def test_generated_articles_are_the_same_for_everyone():
    """The first articles do not depend on how many are asked for, nor on the run."""
    assert list(generated_articles(5)) == list(islice(generated_articles(40), 5))


def test_generated_articles_have_the_gaps_of_real_ones():
    """Some have no time, only a day, no source or no breadcrumb; ids are all different."""
    articles = list(generated_articles(400))
    assert len({article["id"] for article in articles}) == 400
    for field in ("published", "source", "breadcrumb"):
        assert 0 < sum(field not in article for article in articles) < 60
    assert any(len(article.get("published", "")) == 10 for article in articles)


def test_generated_words_are_as_uneven_as_language():
    """的 stands in most articles, most words in very few."""
    seen = [{token for token, _ in tokens(fold(article["body"]))} for article in generated_articles(100)]
    holders = {token: sum(token in words for words in seen) for token in set().union(*seen)}
    assert holders["的"] > 60
    assert sorted(holders.values())[len(holders) // 2] <= 2


def test_generating_without_the_dictionary_says_what_to_install(monkeypatch):
    """Without jieba the error names the test requirements and the other way."""
    monkeypatch.setattr("wxsearch.benchmarks.generated.find_spec", lambda _: None)
    with pytest.raises(StartProblem, match=r"make .venv/test.*WXSEARCH_CORPORA"):
        next(generated_articles(1))
