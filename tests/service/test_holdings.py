"""Probes and scrapes: true after every change, and light."""

import shutil

from wxsearch.engines.embedded import EmbeddedEngine


class Light(EmbeddedEngine):
    """The embedded engine, of which nothing heavy may be asked."""

    def statistics(self):
        """See Engine.statistics."""
        raise AssertionError("the statistics were made")


def test_scrapes_show_every_change(make_client, settings, make_article, tmp_path):
    """Readiness and metrics agree after each change, also where an index made anew counts from the first."""
    engine = Light(tmp_path / "index", settings)
    client = make_client(engine)
    shown = []
    for names in ("a", "b", "anew"):
        if names == "anew":
            shutil.rmtree(tmp_path / "index")
        EmbeddedEngine(tmp_path / "index", settings).index(make_article(name, title="新闻") for name in names)
        ready = client.simulate_get("/readyz").json
        scraped = client.simulate_get("/metrics").text
        assert f"wxsearch_index_articles {ready['articles']}.0" in scraped
        assert f"wxsearch_index_generation {ready['generation']}.0" in scraped
        shown.append((ready["articles"], ready["generation"]))
    first = shown[0][1]
    assert shown == [(1, first), (2, first + 1), (4, first)]


def test_without_an_index_there_are_no_gauges(make_client, settings, tmp_path):
    """Readiness is 503, and a scrape has the counts of requests but says nothing of the index."""
    client = make_client(EmbeddedEngine(tmp_path / "none", settings))
    assert client.simulate_get("/readyz").status_code == 503
    scraped = client.simulate_get("/metrics")
    assert scraped.status_code == 200
    assert "wxsearch_requests_total" in scraped.text
    assert "wxsearch_index" not in scraped.text
