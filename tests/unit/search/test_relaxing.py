from types import SimpleNamespace

import pytest

from support.segments import snapshot_of
from wxsearch.models import Relaxation
from wxsearch.query.request import read_request
from wxsearch.search import relaxing
from wxsearch.search.deadline import Deadline
from wxsearch.search.relaxing import Relaxer
from wxsearch.search.scoring import Weights
from wxsearch.search.search import Search
from wxsearch.search.searcher import Searcher


@pytest.fixture(scope="module")
def searcher(make_article):
    """Searches over two articles in two segments."""
    groups = [
        [make_article("1", "港口 惠山的铁路", source="甲")],
        [make_article("2", "航空公司", source="乙")],
    ]
    return Searcher(snapshot_of(*groups), Weights(1.2, 0.75, 2.0))


@pytest.fixture
def relax(searcher, limits, vocabulary):
    """Relaxes a query; `cutter` is what cuts its words, by default that of the vocabulary."""

    def build(relaxer, q, cutter=vocabulary.cutter, seconds=float("inf"), **parameters):
        given = {name: [value] for name, value in {"q": q, **parameters}.items()}
        request = read_request(given, limits, vocabulary)
        strict = Search(request, searcher, limits, Deadline(seconds))
        search, told = relaxer.relax(request, strict, cutter)
        return search.total, told

    return build


@pytest.fixture
def broken(vocabulary):
    """What knows the same words, and fails where it has to cut."""
    return SimpleNamespace(words=vocabulary.cutter.words)


def test_the_rung_of_a_query_is_kept(relax, broken):
    """Filters, pages and orders of one query choose no rung again; other words of one's own do."""
    relaxer = Relaxer(1)
    told = Relaxation("any", ("航天局",))
    assert relax(relaxer, "港口 航天局") == (1, told)
    assert relax(relaxer, "港口 航天局", broken, source="甲", sort="newest", offset="1") == (1, told)
    assert relax(relaxer, "港口 航天局", broken, source="乙") == (0, told)
    assert relax(Relaxer(1), "港口 航天局", source="乙") == (0, told)
    with pytest.raises(AttributeError):
        relax(relaxer, "港口 航天局", SimpleNamespace(words=frozenset(("港口",))))


def test_that_nothing_is_to_be_relaxed_is_kept_too(relax, broken):
    """A query is counted once, whether a filter leaves out its articles or no rung has any."""
    relaxer = Relaxer(1)
    for q in ("惠山铁路", "新人武部"):
        assert relax(relaxer, q, source="乙") == (0, None)
        assert relax(relaxer, q, broken, source="乙") == (0, None)


def test_rungs_of_long_ago_are_let_go(relax, broken, monkeypatch):
    """So many are kept, those that were asked for last."""
    monkeypatch.setattr(relaxing, "_KEPT", 2)
    relaxer = Relaxer(1)
    for q in ("港口 航天局", "铁路 航天局"):
        relax(relaxer, q)
    relax(relaxer, "港口 航天局", broken)
    relax(relaxer, "惠山 航天局")
    relax(relaxer, "港口 航天局", broken)
    with pytest.raises(AttributeError):
        relax(relaxer, "铁路 航天局", broken)


def test_without_time_nothing_is_relaxed(relax):
    """Where the time was over before all articles were looked at nobody knows that none has all words."""
    relaxer = Relaxer(1)
    assert relax(relaxer, "惠山的铁路公司 航空公司", seconds=0)[1] is None
    assert relax(relaxer, '"航空公司" 铁路 港口', seconds=0)[1] is None
    assert relax(relaxer, '"航空公司" 铁路 港口') == (0, None)
