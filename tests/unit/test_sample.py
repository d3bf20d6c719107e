"""The bundled sample is what a newcomer sees first: it has to be large and varied enough."""

import pytest

from wxsearch.categories import category_path
from wxsearch.ingest.intake import read_articles
from wxsearch.models import Article


@pytest.fixture(scope="module")
def articles(root, limits):
    """What `wxsearch index sample` reads."""
    return list(read_articles([str(root / "sample")], limits))


def test_every_file_is_an_article(articles):
    """Nothing of the sample is rejected, and no two articles are one."""
    assert all(isinstance(article, Article) for article in articles)
    assert len(articles) == 76
    assert len({article.id for article in articles}) == len({article.body for article in articles}) == 76


def test_it_is_varied(articles):
    """There are 12 paths of three levels, 24 months and 6 sources at the least."""
    paths = {category_path(article.breadcrumb) for article in articles}
    assert sum(len(path) == 3 for path in paths) >= 12
    assert len({article.published[:7] for article in articles if article.published}) >= 24
    assert len({article.source for article in articles if article.source}) >= 6


def test_articles_are_of_readable_length(articles):
    """Each body has 200 to 800 characters and at least two paragraphs, and none of its page's frame."""
    for article in articles:
        assert 200 <= len(article.body.replace("\n", "")) <= 800
        assert article.title
        assert "\n" in article.body
        assert not any(word in article.body for word in ("上一篇", "当前位置", "热点推荐", "版权所有"))


def test_all_three_formats_are_there(root):
    """JSON Lines, visible text and HTML are in the sample, GB18030 among them."""
    assert (root / "sample" / "articles.jsonl").exists()
    for folder in ("text", "pages"):
        files = [path.read_bytes() for path in (root / "sample" / folder).iterdir()]
        assert len(files) == 12
        assert any(b"\xb5\xb1\xc7\xb0\xce\xbb\xd6\xc3" in file for file in files)
