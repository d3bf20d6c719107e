"""An index to look into, and one to try things on."""

from contextlib import closing

import pytest
from whoosh.index import open_dir

from wxsearch.engines.embedded import EmbeddedEngine


@pytest.fixture
def engine(tmp_path, settings, make_article):
    """An index of two articles in two segments, and one that was deleted."""
    with closing(EmbeddedEngine(tmp_path / "index", settings)) as engine:
        fields = {"source": "甲", "published": "2021-10-19", "breadcrumb": ["新闻", "国内"]}
        engine.index([make_article("a", "发展", "中国的发展", **fields)])
        engine.index([make_article("b", "said", "chenkai168 中国"), make_article("c", "x", "中国")])
        engine.delete(["c"])
        yield engine


@pytest.fixture
def index(engine):
    """The same, opened by Whoosh."""
    return open_dir(str(engine.directory))
