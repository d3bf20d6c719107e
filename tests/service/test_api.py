"""Searches and articles as JSON, without a server around them."""

from urllib.parse import quote

import msgspec
import pytest

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.models import SearchResult

FIELDS = [
    "query",
    "total",
    "partial",
    "hits",
    "facets",
    "query_understood",
    "relaxed",
    "did_you_mean",
    "took_ms",
    "generation",
]


def test_a_search_answers_the_whole_document(client):
    """Every field that interfaces promise is there, in order, whatever its value."""
    answer = client.simulate_get("/api/v1/search", params={"q": "新旧动能"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert list(answer.json) == FIELDS
    assert answer.json["total"] == 9
    assert answer.json["took_ms"] > 0
    assert list(answer.json["facets"]) == ["category", "date", "source"]
    assert answer.json["hits"][0]["highlights"]["body"][0]["marks"] == [[6, 10]]


def test_no_facets_are_counted_where_none_are_asked_for(client):
    """`facets=` leaves the facets out; an empty object stays."""
    assert client.simulate_get("/api/v1/search", query_string="facets=").json["facets"] == {}


def test_repeated_parameters_are_alternatives(client):
    """Sources given twice are both found; a comma belongs to the value."""
    search = "/api/v1/search"
    assert (
        client.simulate_get(search, query_string=f"source={quote('来源0')}&source={quote('来源1')}").json[
            "total"
        ]
        == 6
    )
    assert client.simulate_get(search, query_string=f"source={quote('来源0,来源1')}").json["total"] == 0


def test_all_that_is_wrong_is_named_at_once(client):
    """Several bad parameters give one problem with an entry for each."""
    answer = client.simulate_get("/api/v1/search", query_string="size=-1&from=2021-99-01&sort=best")
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json["errors"]} == {"size", "from", "sort"}


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/articles/plain"])
def test_every_unknown_parameter_is_named(client, path):
    """What an address does not take is refused, with an entry for each."""
    answer = client.simulate_get(path, query_string="colour=1&page=2")
    assert (answer.status_code, answer.json["code"]) == (400, "unknown_parameter")
    assert [error["field"] for error in answer.json["errors"]] == ["colour", "page"]


@pytest.mark.parametrize("query_string", ["page=2", "Q=1", "q%00=1"])
def test_the_api_refuses_parameters_that_it_does_not_have(client, query_string):
    """A misspelt parameter never passes for one that works."""
    answer = client.simulate_get("/api/v1/search", query_string=query_string)
    assert (answer.status_code, answer.json["code"]) == (400, "unknown_parameter")
    assert client.simulate_get("/api/v1/articles/plain", query_string=query_string).status_code == 400


def test_a_known_answer_is_not_sent_again(client):
    """The tag of a search gives 304 for the same search, and the answer for another one."""
    first = client.simulate_get("/api/v1/search", query_string="q=a&size=1")
    tag = {"If-None-Match": f'"other", {first.headers["etag"]}'}
    again = client.simulate_get("/api/v1/search", query_string="q=a&size=1", headers=tag)
    assert (again.status_code, again.text) == (304, "")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.simulate_get("/api/v1/search", query_string="q=b&size=1", headers=tag).status_code == 200


def test_a_tag_leaves_out_the_time_alone(make_client, settings, make_article, tmp_path):
    """Equal answers have one tag however long they took; any other byte of the answer changes it."""
    engine = EmbeddedEngine(tmp_path / "index", settings)
    client = make_client(engine)

    def ask():
        answer = client.simulate_get("/api/v1/search", params={"q": '"took_ms":5,'})
        return answer.headers["etag"], answer.json["took_ms"]

    tags = []
    for number in range(3):
        engine.index([make_article(str(number // 2), title=f"新闻{number}")])
        answers = [ask() for _ in range(5)]
        assert len({took for _, took in answers}) > 1
        assert len({tag for tag, _ in answers}) == 1
        tags.append(answers[0][0])
    assert len(set(tags)) == 3


def test_an_answer_is_encoded_once(client, monkeypatch):
    """The tag and the body of a search are made from the same bytes."""
    encoded = []
    encode = msgspec.json.encode
    monkeypatch.setattr(msgspec.json, "encode", lambda document: encoded.append(document) or encode(document))
    client.simulate_get("/api/v1/search")
    assert [type(document) for document in encoded] == [SearchResult]


def test_an_article_is_sent_as_it_was_indexed(client, engine):
    """The article has all its fields, and a tag of its content."""
    answer = client.simulate_get("/api/v1/articles/plain")
    assert answer.json["title"] == engine.get("plain").title
    assert answer.json["previous"] is None
    assert answer.headers["cache-control"] == "no-cache"
    tag = {"If-None-Match": answer.headers["etag"]}
    assert client.simulate_get("/api/v1/articles/plain", headers=tag).status_code == 304


def test_an_article_that_is_not_there_is_a_problem(client):
    """An unknown id, and none at all, are not_found."""
    for path in ("/api/v1/articles/none", "/api/v1/articles/"):
        answer = client.simulate_get(path)
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_head_is_get_without_the_body(client):
    """HEAD has the status and headers of GET, the length included."""
    given, head = (client.simulate_request(method, "/api/v1/articles/plain") for method in ("GET", "HEAD"))
    assert head.text == ""
    assert {**head.headers, "x-request-id": ""} == {**given.headers, "x-request-id": ""}
