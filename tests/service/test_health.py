"""Health for those who run the service."""

from wxsearch.engines.embedded import EmbeddedEngine


def test_the_process_answers_whatever_the_index(client):
    """/healthz looks at nothing."""
    answer = client.simulate_get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert answer.headers["cache-control"] == "no-store"


def test_readiness_says_what_can_be_searched(client, engine):
    """/readyz names the articles and the generation."""
    held = engine.statistics()
    assert client.simulate_get("/readyz").json == {
        "status": "ready",
        "articles": held.articles,
        "generation": held.generation,
        "reason": None,
    }


def test_a_degraded_index_is_told(make_client, settings, make_article, tmp_path):
    """With the newest generation damaged /readyz stays 200 and says degraded and why; so does a metric."""
    writer = EmbeddedEngine(tmp_path / "index", settings)
    writer.index([make_article(title="题")])
    writer.index([make_article("2", title="题")])
    client = make_client(EmbeddedEngine(tmp_path / "index", settings))
    assert "wxsearch_index_degraded 0.0" in client.simulate_get("/metrics").text
    newest = writer.generation()
    manifest = tmp_path / "index" / f"manifest-{newest}.json"
    manifest.write_bytes(manifest.read_bytes()[:-1])
    client = make_client(EmbeddedEngine(tmp_path / "index", settings))
    answer = client.simulate_get("/readyz")
    assert answer.status_code == 200
    assert answer.json["status"] == "degraded"
    assert (answer.json["articles"], answer.json["generation"]) == (1, newest - 1)
    assert manifest.name in answer.json["reason"]
    assert str(tmp_path) not in answer.text
    assert "wxsearch_index_degraded 1.0" in client.simulate_get("/metrics").text
    assert client.simulate_get("/api/v1/search").json["total"] == 1
    EmbeddedEngine(tmp_path / "index", settings).check()
    assert client.simulate_get("/readyz").json["status"] == "ready"


def test_an_index_that_is_gone_is_told(make_client, settings, make_article, tmp_path):
    """Where the directory is taken away, what is open answers on, and /readyz says so until it is back."""
    directory = tmp_path / "index"
    EmbeddedEngine(directory, settings).index([make_article(title="港口")])
    client = make_client(EmbeddedEngine(directory, settings))
    assert client.simulate_get("/readyz").json["status"] == "ready"
    away = directory.rename(directory.with_name("away"))
    answer = client.simulate_get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "degraded")
    assert "not there any more" in answer.json["reason"]
    assert str(directory) not in answer.text
    assert client.simulate_get("/api/v1/search").json["total"] == 1
    away.rename(directory)
    assert client.simulate_get("/readyz").json["status"] == "ready"
