"""The bounds of a request, each at its limit and one above."""

import pytest


@pytest.mark.limit("url_bytes")
@pytest.mark.parametrize(("length", "status"), [(0, 400), (1, 414)])
def test_an_address_may_be_as_long_as_url_bytes(client, limits, length, status):
    """limits.url_bytes are taken (and then refused for another reason), one more is 414."""
    path = "/api/v1/search?"
    query_string = "x" * (limits.url_bytes - len(path) + length)
    assert client.simulate_get("/api/v1/search", query_string=query_string).status_code == status


@pytest.mark.limit("body_bytes")
@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
def test_a_body_may_be_as_long_as_body_bytes(client, limits, more, status):
    """limits.body_bytes are taken, though nothing reads them; one more is too_large."""
    answer = client.simulate_get("/healthz", body="x" * (limits.body_bytes + more))
    assert answer.status_code == status
    assert status == 200 or answer.json["code"] == "too_large"


def test_a_body_of_unknown_length_is_refused(client):
    """Nothing here needs a body, so none is counted as it comes."""
    answer = client.simulate_get("/healthz", headers={"Transfer-Encoding": "chunked"})
    assert (answer.status_code, answer.json["code"]) == (411, "invalid_request")
