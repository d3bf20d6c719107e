"""Request ids, the path prefix, and the net under everything."""

import json

import falcon.testing
import pytest

from wxsearch.service.front import Front


@pytest.mark.parametrize(
    ("given", "kept"), [("Abc-1._z", True), ("a" * 64, True), ("a" * 65, False), ("a b", False)]
)
def test_a_request_id_is_kept_where_it_is_harmless(client, given, kept):
    """A short plain id of the client's comes back; anything else is replaced."""
    answered = client.simulate_get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert (answered == given) is kept
    assert answered


def test_request_ids_differ(client):
    """Each request gets an id of its own."""
    ids = {client.simulate_get("/healthz").headers["x-request-id"] for _ in range(50)}
    assert len(ids) == 50


@pytest.mark.parametrize("prefix", ["/suche", "/a/b", "/搜索"])
def test_a_prefix_may_be_there_or_not(make_client, prefix):
    """Behind a proxy the service answers with the prefix and without it."""
    client = make_client(path_prefix=prefix)
    for path in ("/healthz", prefix + "/healthz", prefix + "/api/v1/articles/plain"):
        assert client.simulate_get(path).status_code == 200, path
    assert client.simulate_get(prefix + "x/healthz").status_code == 404
    assert client.simulate_get("/x" + prefix + "/healthz").status_code == 404


def test_the_application_knows_the_prefix():
    """SCRIPT_NAME is the prefix even where the proxy took it off the path."""
    seen = []

    def inner(environ, start_response):
        seen.append((environ["SCRIPT_NAME"], environ["PATH_INFO"]))
        start_response("200 OK", [])
        return []

    client = falcon.testing.TestClient(Front(inner, "/s"))
    for path in ("/s/a", "/a", "/s", "/sa"):
        client.simulate_get(path)
    assert seen == [("/s", "/a"), ("/s", "/a"), ("/s", ""), ("/s", "/sa")]


def test_what_escapes_falcon_is_a_problem_too():
    """An exception outside Falcon is answered in the same shape, without its story."""

    def inner(environ, start_response):
        raise RuntimeError("/secret/place")

    answer = falcon.testing.TestClient(Front(inner, "")).simulate_get("/")
    assert answer.status_code == 500
    assert json.loads(answer.text)["code"] == "internal_error"
    assert "secret" not in answer.text
