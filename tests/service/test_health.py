"""Health for those who run the service."""


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
    }
