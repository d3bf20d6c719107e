"""The limits of an article: n goes in, n + 1 is refused by the name of its key."""

import pytest

from wxsearch.errors import TooLarge
from wxsearch.ingest.record import article_of


def record(**fields):
    return {"title": "题", "body": "文"} | fields


CASES = [
    ("id_bytes", "id", lambda n: "x" * n),
    ("id_bytes", "id", lambda n: "é" * (n // 2) + "x" * (n % 2)),
    ("title_characters", "title", lambda n: "题" * n),
    ("title_characters", "previous.title", lambda n: {"title": "题" * n}),
    ("label_characters", "source", lambda n: "源" * n),
    ("label_characters", "author", lambda n: "人" * n),
    ("label_characters", "keywords", lambda n: ["词" * n]),
    ("label_characters", "breadcrumb", lambda n: ["首页", "栏" * n]),
    ("breadcrumb_labels", "breadcrumb", lambda n: [f"栏{number}" for number in range(n)]),
]


@pytest.mark.limit("id_bytes")
@pytest.mark.limit("title_characters")
@pytest.mark.limit("label_characters")
@pytest.mark.limit("breadcrumb_labels")
@pytest.mark.parametrize(("limit", "key", "value"), CASES)
def test_limits_of_a_record(limits, limit, key, value):
    """A value at its limit is taken, one beyond it is refused by name."""
    most = getattr(limits, limit)
    name = key.partition(".")[0]
    article_of(record(**{name: value(most)}), limits)
    with pytest.raises(TooLarge, match=name):
        article_of(record(**{name: value(most + 1)}), limits)
