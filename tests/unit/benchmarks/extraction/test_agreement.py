"""When a field counts as read right."""

import pytest

from wxsearch.benchmarks.extraction.agreement import agrees, character_f1


@pytest.mark.parametrize(
    ("field", "found", "expected", "right"),
    [
        ("title", "港口 开航", "港口开航", True),
        ("title", "港口开航_港口网", "港口开航", False),
        ("title", None, "港口开航", False),
        ("source", None, None, True),
        ("source", "港口报", None, False),
        ("breadcrumb", [], None, True),
        ("breadcrumb", ["首页", "要闻"], ["首页", "要闻"], True),
        ("breadcrumb", ["要闻"], ["首页", "要闻"], False),
        ("published", "2024-06-01T09:05:30+08:00", "2024-06-01T09:05", True),
        ("published", "2024-06-01 09:05:30", "2024-06-01T09:05:30", True),
        ("published", "2024/06/01 01:05:30Z", "2024-06-01T09:05:30+08:00", True),
        ("published", "2024-06-01T09:06", "2024-06-01T09:05", False),
        ("published", "2024-06-01", "2024-06-01T00:00", False),
        ("published", "2024-06-01T08:00", "2024-06-01", True),
        ("published", "today", "2024-06-01", False),
    ],
)
def test_a_field_is_right_where_a_person_would_say_so(field, found, expected, right):
    """Blanks and forms of writing do not count; less than the page says, or more, is wrong."""
    assert agrees(field, found, expected) is right


def test_f1_counts_characters_as_often_as_they_stand():
    """Half of the text alone is two thirds, all of it twice as well; line breaks are no difference."""
    assert character_f1("港口\n开航", "港口开航") == 1.0
    assert character_f1("港口", "港口开航") == pytest.approx(2 / 3)
    assert character_f1("港口开航港口开航", "港口开航") == pytest.approx(2 / 3)
    assert character_f1("", "港口") == 0.0
    assert character_f1("", "") == 1.0
