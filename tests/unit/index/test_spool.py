import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.index.spool import Spool
from wxsearch.models import Article, Link

A, B = Article(id="a", title="旧"), Article(id="b", body="正文")
HERE, AGAIN = Article(id="c", url="https://n.example/1"), Article(id="c", url="http://n.example/1?spm=2")
MOVED = Article(id="c", url="https://n.example/2")
NEW = Article(id="a", title="新", previous=Link("前"), extra={"版": [1]})


def spooled(held, *given_articles):
    """What a spool says of articles: added, updated, unchanged, duplicates; and what is to be written."""
    with Spool({article.id: article for article in held}.get) as spool:
        for article in given_articles:
            spool.add(article)
        articles = list(spool.articles())
        assert len(spool) == len(articles)
        assert sorted(spool.ids()) == sorted(article.id for article in articles)
        return (spool.added, spool.updated, spool.unchanged, spool.duplicates), articles


@pytest.mark.parametrize(
    ("held", "given_articles", "counts", "written"),
    [
        ([], [], (0, 0, 0, 0), []),
        ([], [A, B], (2, 0, 0, 0), [A, B]),
        ([A], [A], (0, 0, 1, 0), []),
        ([A], [NEW], (0, 1, 0, 0), [NEW]),
        ([], [A, A], (1, 0, 1, 1), [A]),
        ([], [A, NEW], (1, 1, 0, 1), [NEW]),
        ([], [A, B, NEW], (2, 1, 0, 1), [B, NEW]),
        ([A], [NEW, A], (0, 2, 0, 1), []),
        ([A], [A, NEW], (0, 1, 1, 1), [NEW]),
        ([A], [NEW, NEW], (0, 1, 1, 1), [NEW]),
        ([HERE], [AGAIN], (0, 0, 1, 0), []),
        ([], [HERE, AGAIN], (1, 0, 1, 1), [HERE]),
        ([HERE], [MOVED], (0, 1, 0, 0), [MOVED]),
    ],
)
def test_articles_are_counted_against_what_is_held(held, given_articles, counts, written):
    """Each article is new, changed or as it was, by what the index and the run had of its id before it."""
    assert spooled(held, *given_articles) == (counts, written)


ARTICLES = st.lists(
    st.builds(Article, id=st.sampled_from("abc"), title=st.sampled_from(["", "一", "二"])), max_size=12
)


@given(ARTICLES, ARTICLES)
def test_what_is_written_makes_the_last_versions(before, given_articles):
    """Written over what was held, the spool makes each id's last version; each article is counted once."""
    held = {article.id: article for article in before}
    (added, updated, unchanged, duplicates), written = spooled(held.values(), *given_articles)
    last = {article.id: article for article in given_articles}
    assert held | {article.id: article for article in written} == held | last
    assert all(held.get(article.id) != article for article in written)
    assert added + updated + unchanged == len(given_articles)
    assert added == len(last.keys() - held.keys())
    assert duplicates == len(given_articles) - len(last)


def test_samples_are_of_what_is_written():
    """Articles can be asked for by their number among those written, before all are."""
    with Spool({}.get) as spool:
        for article in (A, B, NEW):
            spool.add(article)
        assert list(spool.sample([1, 0])) == [NEW, B]
        assert list(spool.articles()) == [B, NEW]
