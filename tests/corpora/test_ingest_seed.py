"""Reading real material, where WXSEARCH_CORPORA names the folder that holds it."""

import os
from pathlib import Path

import pytest

from wxsearch.ingest.intake import read_articles
from wxsearch.models import Article, Link
from wxsearch.settings import load_settings

FOLDER = os.environ.get("WXSEARCH_CORPORA")
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(FOLDER is None, reason="WXSEARCH_CORPORA names no folder"),
]


def read(name):
    return read_articles([str(Path(FOLDER or "") / name)], load_settings({}).limits)


def test_the_seed_page():
    """The page the project began with gives its article and nothing of its frame."""
    (article,) = read("seed-page.txt")
    lines = [
        line.strip() for line in (Path(FOLDER) / "seed-page.txt").read_text(encoding="utf-8").splitlines()
    ]
    lines = [line for line in lines if line]
    first = next(number for number, line in enumerate(lines) if line.startswith("500多亿元基金"))
    end = next(number for number, line in enumerate(lines) if line.startswith("上一篇"))
    assert article.title == "惠山加速打造新旧动能转换标杆"
    assert (article.published, article.precision) == ("2021-10-19T13:13:28+08:00", "second")
    assert article.source == "互联网"
    assert article.breadcrumb == ("首页", "物流资讯", "行业新闻")
    assert article.body == "\n".join(lines[first:end])
    assert (article.previous, article.next) == (Link("无锡收听收看江苏省关工委 成立30周年纪念会议"), None)
    assert (article.author, article.extra) == (None, {})


def test_every_article_of_the_corpus_comes_in():
    """All lines of the news corpus are articles, each with an id of its own."""
    items = list(read("news-36k.jsonl.zst"))
    assert [item for item in items if not isinstance(item, Article)] == []
    assert len({item.id for item in items}) == len(items) == 35_939
