"""Whether what a reader found is what a person reads, field by field."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from wxsearch.dates import read_published

FIELDS = ("title", "published", "source", "breadcrumb")


def agrees(field: str, found: Any, expected: Any) -> bool:
    """Whether a value is the expected one.

    Titles and sources are compared but for white space, times as far as the expected one
    goes (2020-10-04T20:30 says nothing of seconds), a path label by label; none is [] or None.
    """
    if field == "breadcrumb":
        return list(found or ()) == list(expected or ())
    if not found or not expected:
        return not found and not expected
    if field == "published":
        return _is_time(str(found), expected)
    return "".join(str(found).split()) == "".join(expected.split())


def _is_time(found: str, expected: str) -> bool:
    try:
        canonical, precision = read_published(found.replace("/", "-"))
        wanted, known = read_published(expected)
    except ValueError:
        return False
    # What a page says to the minute is not met by a day, nor by another second.
    places = {"day": len("2020-10-04"), "minute": len("2020-10-04T20:30"), "second": None}[known]
    is_exact_enough = known == "day" or precision != "day"
    return is_exact_enough and canonical[:places] == wanted[:places]


def character_f1(found: str, expected: str) -> float:
    """The harmonic mean of precision and recall of characters, each as often as it stands, blanks aside."""
    got, wanted = _characters(found), _characters(expected)
    if not got or not wanted:
        return float(got == wanted)
    return 2 * (got & wanted).total() / (got.total() + wanted.total())


def mean(values: Sequence[float]) -> float | None:
    """The mean of the values, None where there are none."""
    return sum(values) / len(values) if values else None


def _characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))
