"""What every engine promises about scores, order and pages."""

from math import log

import pytest

K1, B, TITLE = 0.5, 0.5, 1.5
# The leaves alone.
ONE_STAGE = {"head": 0}


def bm25(tf, df, count, length, average):
    idf = log(1 + (count - df + 0.5) / (df + 0.5))
    return idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))


def shown(hits):
    return " ".join(hit.id for hit in hits)


def test_score(new_engine, article, ask, settings):
    """The score is BM25 of title and body, the title's weighted, to six significant digits.

    Lengths are folded characters; an article counts once for a leaf, title or body.
    """
    assert (settings.ranking.k1, settings.ranking.b, settings.ranking.title_weight) == (K1, B, TITLE)
    engine = new_engine(
        article("x y", "x x z z"),
        article("x", "y"),
        article("", "x y z z z z"),
        article("z z", "z"),
        ranking=ONE_STAGE,
    )
    scores = {hit.id: hit.score for hit in ask(engine, "x").hits}
    titles, bodies = (3 + 1 + 0 + 3) / 4, (7 + 1 + 11 + 1) / 4
    expected = {
        "a": TITLE * bm25(1, 3, 4, 3, titles) + bm25(2, 3, 4, 7, bodies),
        "b": TITLE * bm25(1, 3, 4, 1, titles),
        "c": bm25(1, 3, 4, 11, bodies),
    }
    assert scores == {key: float(f"{score:.6g}") for key, score in expected.items()}


def test_score_of_several(new_engine, article, ask):
    """The score of a query is the sum over its wanted leaves.

    A quoted string is as frequent as the rarest two characters side by side in it.
    """
    engine = new_engine(
        article(body="x y z"), article(body="y x z"), article(body="w w w w"), ranking=ONE_STAGE
    )
    first = ask(engine, 'z "x y" -w').hits[0]
    expected = bm25(1, 2, 3, 5, 17 / 3) + bm25(1, 1, 3, 5, 17 / 3)
    assert (first.id, first.score) == ("a", float(f"{expected:.6g}"))


def test_score_of_any(new_engine, article, ask):
    """Where any word is enough, only those that stand there add to the score."""
    engine = new_engine(
        article(body="x"), article(body="y"), article(body="x y"), article(body="w"), ranking=ONE_STAGE
    )
    scores = {hit.id: hit.score for hit in ask(engine, "x y", match="any").hits}
    one = bm25(1, 2, 4, 1, 6 / 4)
    assert scores["a"] == scores["b"] == float(f"{one:.6g}")
    assert scores["c"] == float(f"{2 * bm25(1, 2, 4, 3, 6 / 4):.6g}")


def test_score_of_function_words(new_engine, article, ask):
    """A function word beside others adds to the score where it stands, and is not asked for."""
    engine = new_engine(article("惠山产业"), article("惠山的产业"), article("惠山与产业"), article("的产业"))
    best, *others = ask(engine, "惠山的产业").hits
    assert (best.id, shown(others)) == ("b", "a c")
    assert best.score > others[0].score > others[1].score


def test_score_is_of_what_is_held(new_engine, article, ask):
    """Articles that were replaced or deleted count in no score."""
    engine = new_engine(article("x y"), article("x"), article("y", "x x x"))
    engine.index([article("z", id="b")])
    engine.delete(["c"])
    fresh = new_engine(article("x y", id="a"), article("z", id="b"))
    assert ask(engine, "x").hits == ask(fresh, "x").hits


def test_score_ignores_filters(new_engine, article, ask):
    """A filter takes hits away and leaves the scores of the others as they were."""
    engine = new_engine(
        article("x", source="甲", published="2020-01-01"),
        article("x y", source="乙", published="2021-01-01"),
        article("y", source="甲", published="2022-01-01"),
    )
    every = {hit.id: hit.score for hit in ask(engine, "x").hits}
    for narrowed in ({"source": "甲"}, {"to": "2020"}, {"from_": "2021"}):
        found = ask(engine, "x", **narrowed).hits
        assert len(found) == 1
        assert found[0].score == every[found[0].id]


def test_best_first(new_engine, article, ids):
    """More of a word, in a shorter text, in the title, comes first."""
    engine = new_engine(
        article("", "x y y y y y"),
        article("", "x x y"),
        article("x", "y"),
        article("", "x y y"),
        article("y y y y y", "y y"),
    )
    assert ids(engine, "x") == "c b d a"


def test_equal_scores(new_engine, article, ids):
    """Equal scores stand newest first, undated ones last, then by id in code point order."""
    engine = new_engine(
        article("x", id="b"),
        article("x", id="B"),
        article("x", id="\U0001f600"),
        article("x", id="\uffee"),
        article("x", id="1", published="1969-12-31T23:59:59+00:00"),
        article("x", id="3", published="2021-01-01T00:00:01"),
        article("x", id="2", published="2021-01-01"),
        article("x", id="0", published="2021-01-01T00:00:01"),
    )
    assert ids(engine, "x") == "0 3 2 1 B b \uffee \U0001f600"


def test_rounded_before_order(new_engine, article, ask):
    """Scores that differ beyond six digits are equal, so that time decides, on a short page too."""
    old = article("", "x " * 4001 + "y " * 999, published="2020-01-01")
    new = article("", "x " * 4000 + "y " * 1000, published="2021-01-01")
    engine = new_engine(old, new, article("", "z " * 5000))
    hits = ask(engine, "x").hits
    assert hits[0].score == hits[1].score
    assert shown(hits) == "b a"
    assert shown(ask(engine, "x", size="1").hits) == "b"


@pytest.mark.parametrize("q", ["", "x"])
def test_by_time(new_engine, article, ids, q):
    """Newest and oldest first both put undated articles last, and equal times in order of id."""
    engine = new_engine(
        article("x"),
        article("x x", published="2020-01-01"),
        article("x", id="z", published="2021-01-01"),
        article("x", published="2021-01-01"),
        article("x", published="1960-01-01"),
        article("x x x"),
    )
    assert ids(engine, q, sort="newest") == "c z b d a e"
    assert ids(engine, q, sort="oldest") == "d b c z a e"


def test_no_query_is_newest_first(new_engine, article, ids):
    """Without a query the order is by time, relevance or not."""
    engine = new_engine(
        article("x"), article("x", published="2020-01-01"), article("x", published="2021-01-01")
    )
    assert ids(engine) == ids(engine, sort="relevance") == "c b a"


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_no_score_by_time(new_engine, article, ask, sort):
    """Hits ordered by time have no score."""
    assert ask(new_engine(article("x")), "x", sort=sort).hits[0].score is None


@pytest.fixture
def many(new_engine, article):
    """Sixty articles of few different scores and times, among others that do not match."""
    return new_engine(
        *[
            article("x" if n % 3 else "y", "x y " * (n % 5), id=f"n{n:02}", published=f"{2010 + n % 7}-01-01")
            for n in range(60)
        ],
        *[article("x", id=f"u{n}") for n in range(5)],
    )


@pytest.mark.parametrize("parameters", [{"q": "x"}, {"q": ""}, {"q": "x", "sort": "oldest"}, {"q": "-y"}])
@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages(many, ask, parameters, size):
    """Pages laid together are one large page, and each knows the whole total."""
    whole = ask(many, **parameters, size="100")
    assert whole.total == len(whole.hits) > 5
    pages = []
    for offset in range(0, whole.total + size, size):
        page = ask(many, **parameters, size=str(size), offset=str(offset))
        assert page.total == whole.total
        assert page.facets == whole.facets
        pages += page.hits
    assert tuple(pages) == whole.hits


def test_empty_pages(many, ask):
    """A page of no hits, or behind the last, is empty and has total and facets."""
    whole = ask(many, "x")
    for page in (
        ask(many, "x", size="0"),
        ask(many, "x", offset="9000"),
        ask(many, "x", size="0", offset="3"),
    ):
        assert (page.hits, page.total, page.facets) == ((), whole.total, whole.facets)


@pytest.mark.parametrize(
    "parameters", [{"q": "x"}, {"q": ""}, {"q": "x y", "match": "any", "sort": "oldest"}]
)
def test_scan(many, ask, request_for, parameters):
    """A scan gives what the pages give, whatever size and offset say."""
    whole = ask(many, **parameters, size="100")
    assert tuple(many.scan(request_for(**parameters, size="3", offset="7"))) == whole.hits


def test_scan_ignores_facets(new_engine, article, request_for):
    """A scan is not held up by facets that would be too large to count."""
    engine = new_engine(
        article("x", published="2020-01-01"), article("x", published="2021-01-01"), date_buckets=5
    )
    assert shown(engine.scan(request_for("x", interval="day"))) == "b a"
