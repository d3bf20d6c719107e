"""Headers that protect, and headers that let other sites in."""

import pytest

SITE = "https://site.example"


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/articles/none", "/healthz", "/metrics", "/nope"])
def test_every_answer_is_protected(client, path):
    """Answers and problems alike are neither sniffed, nor framed, nor named to other sites."""
    headers = client.simulate_get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-request-id"]


def cross_origin(answer):
    """The headers by which other sites are let in."""
    return {name: value for name, value in answer.headers.items() if name.startswith("access-control")}


@pytest.mark.parametrize(
    ("allowed", "origin", "path", "granted"),
    [
        ([], SITE, "/api/v1/search", None),
        ([SITE], SITE, "/api/v1/search", SITE),
        ([SITE], SITE, "/api/v1/articles/none", SITE),
        ([SITE], SITE + ".evil.example", "/api/v1/search", None),
        ([SITE], "null", "/api/v1/search", None),
        ([SITE], SITE, "/metrics", None),
        (["*"], SITE, "/api/v1/search", "*"),
        (["*"], SITE, "/readyz", None),
    ],
)
def test_only_allowed_origins_are_let_in(make_client, allowed, origin, path, granted):
    """Nobody by default, else exactly the origins of the setting, and only into the API."""
    client = make_client(allowed_origins=allowed)
    answer = client.simulate_get(path, headers={"Origin": origin})
    assert cross_origin(answer).get("access-control-allow-origin") == granted


def test_caches_keep_origins_apart(make_client):
    """Where the answer depends on the origin it says so, also to those who send none."""
    assert make_client(allowed_origins=[SITE]).simulate_get("/api/v1/search").headers["vary"] == "Origin"


def test_only_reading_is_let_in(make_client):
    """A preflight allows GET and HEAD; a POST from another site is told nothing."""
    client = make_client(allowed_origins=[SITE])
    asked = {"Origin": SITE, "Access-Control-Request-Method": "POST"}
    assert cross_origin(client.simulate_options("/api/v1/search", headers=asked)) == {
        "access-control-allow-origin": SITE,
        "access-control-allow-methods": "GET, HEAD",
        "access-control-allow-headers": "If-None-Match, X-Request-ID",
        "access-control-max-age": "600",
    }
    assert cross_origin(client.simulate_post("/api/v1/search", headers={"Origin": SITE})) == {}
