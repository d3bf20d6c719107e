"""Every error has a status and one shape, and tells nothing that is not the caller's business."""

import logging

import pytest

from wxsearch import errors
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.service.problems import STATUSES, problem_of

REFUSED = [
    ("GET", "/api/v1/search", "size=-1", 400, "invalid_request"),
    ("GET", "/api/v1/search", "from=2021-99-01", 400, "invalid_request"),
    ("GET", "/api/v1/search", "q=%ED%A0%80", 400, "invalid_request"),
    ("GET", "/api/v1/search", "category=%E9%A6%96%E9%A1%B5", 400, "invalid_request"),
    ("GET", "/api/v1/search", "nope=1", 400, "unknown_parameter"),
    ("GET", "/api/v1/search", "size=101", 400, "limit_exceeded"),
    ("GET", "/api/v1/search", "size=1&offset=10000", 400, "limit_exceeded"),
    ("GET", "/api/v1/search", "q=" + "a" * 513, 400, "limit_exceeded"),
    ("GET", "/api/v1/search", "q=" + "a" * 9000, 414, "limit_exceeded"),
    ("GET", "/api/v1/articles/none", "", 404, "not_found"),
    ("GET", "/api/v2/search", "", 404, "not_found"),
    ("GET", "/nope", "", 404, "not_found"),
    ("POST", "/api/v1/search", "", 405, "method_not_allowed"),
    ("DELETE", "/api/v1/articles/plain", "", 405, "method_not_allowed"),
    ("PUT", "/healthz", "", 405, "method_not_allowed"),
    ("PATCH", "/metrics", "", 405, "method_not_allowed"),
    ("TRACE", "/openapi.json", "", 405, "method_not_allowed"),
]


class Failing(EmbeddedEngine):
    """An engine with a fault of ours in it."""

    def search(self, *_):
        """Raises what nobody foresaw."""
        raise ZeroDivisionError("/secret/place")

    statistics = get = search


def every_error(kind=errors.WxsearchError):
    """The root of the tree and all below it."""
    public = [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]
    return {kind, *(error for child in public for error in every_error(child))}


def test_every_error_has_a_status():
    """The table holds each class that has a code of its own, and nothing else."""
    assert set(STATUSES) == {kind for kind in every_error() if "code" in vars(kind)}


def test_an_error_without_a_code_of_its_own_counts_as_its_parent():
    """Inner refinements of an error are answered as what they refine."""

    class Finer(errors.NotFound):
        pass

    problem = problem_of(Finer("not here"), "1")
    assert (problem.status, problem.code) == (404, "not_found")


def check_shape(answer, status, code):
    """One shape for all: RFC 9457 with our code and the request's id."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json
    assert list(document)[:6] == ["type", "title", "status", "detail", "code", "request_id"]
    assert set(list(document)[6:]) <= {"errors"}
    assert (document["status"], document["code"]) == (status, code)
    assert document["type"] == f"urn:wxsearch:problem:{code}"
    assert document["request_id"] == answer.headers["x-request-id"]
    for error in document.get("errors", ()):
        assert {"field", "detail"} <= set(error) <= {"field", "detail", "position"}
        assert error["detail"]
    assert document["detail"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(("method", "path", "query_string", "status", "code"), REFUSED)
def test_all_refusals_have_one_shape(client, method, path, query_string, status, code):
    """Whatever is wrong, whoever notices it, the document looks the same."""
    check_shape(client.simulate_request(method, path, query_string=query_string), status, code)


def test_a_405_says_what_is_possible(client):
    """Allow names the methods, HEAD and OPTIONS among them."""
    assert client.simulate_post("/healthz").headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/articles/plain", "/readyz"])
def test_what_nobody_foresaw_is_logged_and_not_told(make_client, index, settings, caplog, path):
    """An unexpected exception is internal_error; its story stands in the log under the id."""
    with caplog.at_level(logging.ERROR, "wxsearch.service"):
        answer = make_client(Failing(index, settings)).simulate_get(path)
    check_shape(answer, 500, "internal_error")
    assert not any(secret in answer.text for secret in ("secret", "Zero", ".py"))
    assert "/secret/place" in caplog.text
    assert answer.json["request_id"] in caplog.text


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/articles/plain", "/readyz"])
def test_trouble_with_the_index_is_503(make_client, settings, tmp_path, path):
    """Where there is no index the service says so, but not where it should lie."""
    answer = make_client(EmbeddedEngine(tmp_path / "none", settings)).simulate_get(path)
    check_shape(answer, 503, "index_missing")
    assert str(tmp_path) not in answer.text


def test_metrics_are_there_without_an_index(make_client, settings, tmp_path):
    """Scraping works on, and leaves the figures of the index out."""
    answer = make_client(EmbeddedEngine(tmp_path / "none", settings)).simulate_get("/metrics")
    assert answer.status_code == 200
    assert "wxsearch_index_articles" not in answer.text


def test_busy_says_when_to_come_back(make_client, index, settings):
    """What may work a moment later has Retry-After."""

    class Locked(EmbeddedEngine):
        def search(self, _):
            raise errors.WriterLocked("held by process 1 in /secret")

    answer = make_client(Locked(index, settings)).simulate_get("/api/v1/search")
    check_shape(answer, 503, "writer_locked")
    assert answer.headers["retry-after"] == "1"
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("path", "accepted", "kind"),
    [
        ("/nope", "text/html,*/*", "text/html"),
        ("/nope", "*/*", "application/problem+json"),
        ("/api/nope", "text/html", "application/problem+json"),
        ("/api", "text/html", "application/problem+json"),
        ("/apis", "text/html", "text/html"),
        ("/readyz/", "text/html", "text/html"),
    ],
)
def test_people_get_pages_and_programs_get_documents(client, path, accepted, kind):
    """A page of the site that fails answers a browser with a page, the API never does."""
    answer = client.simulate_get(path, headers={"Accept": accepted})
    assert answer.status_code == 404
    assert answer.headers["content-type"].partition(";")[0] == kind
