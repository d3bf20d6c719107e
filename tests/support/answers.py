"""Answers of two engines side by side."""

from math import isclose

from msgspec import UNSET
from msgspec.structs import replace

from wxsearch.errors import InvalidRequest
from wxsearch.query.request import read_request


def answer(engine, request):
    """What an engine answers, without how long it took; or the error that it raises.

    What it offers beside the answer is no part of what is right.
    """
    try:
        return replace(engine.search(request), took_ms=0.0, generation=0, did_you_mean=())
    except InvalidRequest as error:
        return type(error), error.problems


def same_answers(oracle, engine, request):
    """Asserts that the engine answers and scans as the oracle does, and returns the answer.

    The parts come one by one first, so that a difference is seen where it begins.
    """
    expected, found = answer(oracle, request), answer(engine, request)
    if not isinstance(expected, tuple) and not isinstance(found, tuple):
        assert found.total == expected.total, request
        assert [hit.id for hit in found.hits] == [hit.id for hit in expected.hits], request
        assert [hit.score for hit in found.hits] == [hit.score for hit in expected.hits], request
        assert found.facets == expected.facets, request
    assert found == expected, request
    for hit in () if isinstance(found, tuple) else found.hits:
        if hit.explanation is not UNSET:
            # Each part is rounded by itself, and the score twice.
            assert isclose(sum(part.value for part in hit.explanation), hit.score, rel_tol=2e-5), request
    assert list(engine.scan(request)) == list(oracle.scan(request)), request
    return expected


def total(engine, settings, query=""):
    """How many articles an engine finds for a query as typed."""
    return engine.search(read_request({"q": [query]}, settings.limits, engine.vocabulary())).total
