"""The articles of a run, as lines and as tokens."""

import json

import pytest
import zstandard

from wxsearch.benchmarks.corpus import NEWS, cut_articles, cut_corpus, write_lines
from wxsearch.errors import StartProblem


def _cut(folder, articles, limits):
    lines = folder / "lines.jsonl"
    lines.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return cut_corpus(lines, folder / "cut.jsonl", "test", limits)


def test_articles_are_cut_and_numbered(tmp_path, limits):
    """Tokens are those of the product; categories are numbers of paths without the home label."""
    corpus = _cut(
        tmp_path,
        [
            {"id": "1", "title": "中国人民", "body": "A，b", "published": "2021-10-19T13:13:28+08:00",
             "breadcrumb": ["首页", "物流", "行业"]},
            {"id": "2", "title": "经济", "body": "发展", "breadcrumb": ["物流"]},
        ],
        limits,
    )  # fmt: skip
    first, second = cut_articles(corpus.cut)
    assert first.title_tokens == ["中国", "人民"]
    assert first.body_tokens == ["a", "b"]
    assert (first.published, first.month) == (1634620408, 202110)
    assert corpus.paths == [(), ("物流",), ("物流", "行业")]
    assert (first.category, first.within) == (2, (1, 2))
    assert (second.category, second.within, second.published, second.month) == (1, (1,), None, 0)
    assert (corpus.articles, corpus.tokens) == (2, 6)
    assert corpus.text_bytes == len("中国人民A，b经济发展".encode())


def test_a_later_article_of_the_same_id_replaces_the_first(tmp_path, limits):
    """All engines hold the same articles: those that the product would hold."""
    corpus = _cut(
        tmp_path,
        [{"id": "1", "title": "甲", "body": "旧"}, {"id": "2", "title": "乙", "body": "乙"},
         {"id": "1", "title": "甲", "body": "新"}],
        limits,
    )  # fmt: skip
    assert [(article.id, article.body) for article in cut_articles(corpus.cut)] == [("2", "乙"), ("1", "新")]


def test_real_articles_are_taken_from_the_folder_from_the_first_on(tmp_path):
    """Where a folder is named its articles are used, as many as were asked for."""
    (tmp_path / NEWS).write_bytes(zstandard.compress(b'{"id": "1"}\n{"id": "2"}\n{"id": "3"}\n'))
    assert write_lines(tmp_path, 2, tmp_path / "lines.jsonl") == NEWS
    assert (tmp_path / "lines.jsonl").read_text(encoding="utf-8") == '{"id": "1"}\n{"id": "2"}\n'


def test_a_folder_without_articles_is_an_error(tmp_path):
    """A wrong WXSEARCH_CORPORA is told, not replaced by a generated corpus."""
    with pytest.raises(StartProblem, match="WXSEARCH_CORPORA"):
        write_lines(tmp_path, None, tmp_path / "lines.jsonl")
