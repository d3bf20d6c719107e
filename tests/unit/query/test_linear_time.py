"""No query, however monotonous, may take more than linear time to read."""

import gc
import time

import msgspec
import pytest

from wxsearch.errors import LimitExceeded
from wxsearch.query.parser import parse

LENGTH = 20_000
ATTEMPTS = 6
SHAPES = ["港口的", "a b", " OR ", " NOT -", '"', '"a" ', "(", "()", "(a) ", "a) (b OR ", "“”", "\\", "-a -"]
SHAPES += [
    "title:a ",
    "title:(",
    "source:",
    'source:"a',
    "category:a > ",
    "date:1..",
    "a* ",
    "*",
    " ",
    "1",
    "1.",
    "1.5/",
    ",000",
]


def spent(text, limits, vocabulary):
    """The least processor time of three readings, without that of collecting what lies about."""
    took = []
    for _ in range(3):
        gc.disable()
        began = time.process_time()
        try:
            parse(text, limits, vocabulary)
        except LimitExceeded as refused:
            assert "query_depth" in refused.detail  # noqa: PT017 - either outcome is timed
        took.append(time.process_time() - began)
        gc.enable()
    return min(took)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("head", "tail"), [("", ""), ('"', ""), ("(" * 9, ")" * 9), ("category:a", " > b")])
def test_twice_the_length_takes_twice_the_time(limits, vocabulary, shape, head, tail):
    """A query doubled takes at most 2.2 times as long, but for what no clock can tell apart.

    Another process that comes and goes can double a time; what is not linear fails each time.
    """
    boundless = msgspec.structs.replace(limits, query_characters=10**9, query_leaves=10**9)
    texts = [head + shape * (length // len(shape)) + tail for length in (LENGTH, 2 * LENGTH)]
    for _ in range(ATTEMPTS):
        once, twice = (spent(text, boundless, vocabulary) for text in texts)
        if twice <= 2.2 * max(once, 0.1):
            return
    pytest.fail(f"{once:.3f} s, and {twice:.3f} s for twice the length")
