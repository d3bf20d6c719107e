"""Probes and scrapes: right after every change, and free while nothing changes."""

import pytest

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import IndexMissing


class Counting(EmbeddedEngine):
    """The embedded engine; it notes how often its statistics were made."""

    made = 0

    def statistics(self):
        """See Engine.statistics."""
        self.made += 1
        return super().statistics()


def test_scrapes_cost_nothing_while_nothing_changes(make_client, settings, make_article, tmp_path):
    """Twenty probes and scrapes make the statistics once, and once more after a change, which they show."""
    engine = Counting(tmp_path / "index", settings)
    client = make_client(engine)
    for number in (1, 2):
        engine.index([make_article(str(number), title="新闻")])
        for _ in range(10):
            ready = client.simulate_get("/readyz").json
            assert (ready["articles"], ready["generation"]) == (number, engine.generation())
            scraped = client.simulate_get("/metrics").text
            assert f"wxsearch_index_articles {number}.0" in scraped
            assert f"wxsearch_index_generation {engine.generation()}.0" in scraped
        assert engine.made == number


def test_without_an_index_nothing_is_counted(make_client, settings, tmp_path):
    """Readiness is 503, and a scrape has the counts of requests but no gauge of the index."""
    engine = EmbeddedEngine(tmp_path / "none", settings)
    client = make_client(engine)
    assert client.simulate_get("/readyz").status_code == 503
    scraped = client.simulate_get("/metrics")
    assert scraped.status_code == 200
    assert "wxsearch_index" not in scraped.text
    with pytest.raises(IndexMissing):
        engine.generation()
