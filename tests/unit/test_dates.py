import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.dates import (
    bucket_key,
    bucket_starts,
    epoch,
    printed,
    read_bound,
    read_published,
)


@pytest.mark.parametrize(
    ("text", "published", "precision"),
    [
        ("2021-10-19T13:13:28+08:00", "2021-10-19T13:13:28+08:00", "second"),
        ("2021-10-19T05:13:28Z", "2021-10-19T13:13:28+08:00", "second"),
        ("2021-10-19T13:13:28", "2021-10-19T13:13:28+08:00", "second"),
        ("2021-10-19T13:13:28.750+08:00", "2021-10-19T13:13:28+08:00", "second"),
        ("2021/10/19 13:13:28", "2021-10-19T13:13:28+08:00", "second"),
        ("2021-10-19 13:13", "2021-10-19T13:13:00+08:00", "minute"),
        ("2021年10月9日 13时05分", "2021-10-09T13:05:00+08:00", "minute"),
        ("2021年10月9日13:05", "2021-10-09T13:05:00+08:00", "minute"),
        ("2021-10-19", "2021-10-19T00:00:00+08:00", "day"),
        ("2021.1.9", "2021-01-09T00:00:00+08:00", "day"),
    ],
)
def test_reads_times(text, published, precision):
    """A time is read in ISO 8601 and as pages print it, without a zone as +08:00."""
    assert read_published(text) == (published, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨天",
        "2021-13-01",
        "2021-02-30",
        "2021-10-19T25:00",
        "0001-01-01",
        "9999-12-31",
        "20211019",
        "2021",
    ],
)
def test_refuses_what_is_no_time(text):
    """What is not a time in the calendar is an error, never a guess."""
    with pytest.raises(ValueError, match=r"."):
        read_published(text)


def test_a_given_precision_wins_where_coarser():
    """A day that was written with a time is kept as that day, in its own zone."""
    assert read_published("2021-10-19T23:30:00-05:00", "day") == ("2021-10-19T00:00:00+08:00", "day")
    assert read_published("2021-10-19", "second") == ("2021-10-19T00:00:00+08:00", "day")
    with pytest.raises(ValueError, match="hour"):
        read_published("2021-10-19", "hour")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021", "2021-01-01T00:00:00+08:00", "2022-01-01T00:00:00+08:00"),
        ("2021-12", "2021-12-01T00:00:00+08:00", "2022-01-01T00:00:00+08:00"),
        ("2020-02-29", "2020-02-29T00:00:00+08:00", "2020-03-01T00:00:00+08:00"),
        ("2021-10-19T13:00:00Z", "2021-10-19T21:00:00+08:00", "2021-10-19T21:00:00+08:00"),
        ("2021-10-19T13:00:00 08:00", "2021-10-19T13:00:00+08:00", "2021-10-19T13:00:00+08:00"),
        ("2021-10-19T13:00", "2021-10-19T13:00:00+08:00", "2021-10-19T13:00:00+08:00"),
    ],
)
def test_bounds(text, start, end):
    """A span begins at its start and ends where the next begins; an instant is itself."""
    assert printed(read_bound(text, upper=False)) == start
    assert printed(read_bound(text, upper=True)) == end


@pytest.mark.parametrize("text", ["2021-99-01", "2021-02-30", "yesterday", "20211019", "2021-1", "２０２１"])
def test_bounds_refuse_what_is_no_date(text):
    """A bound that is not in the calendar is an error that names it."""
    with pytest.raises(ValueError, match=text):
        read_bound(text, upper=False)


def test_the_last_year_of_the_calendar_has_an_end():
    """to=9999 reads, though the year after it cannot be written."""
    assert read_bound("9999", upper=True) > read_bound("9999", upper=False)


instants = st.integers(epoch("1000-01-01T00:00:00+08:00"), epoch("9000-12-31T23:59:59+08:00"))


@given(instants)
def test_printing_and_reading_are_inverse(instant):
    """Every instant survives being printed and read."""
    assert epoch(printed(instant)) == instant
    assert read_published(printed(instant)) == (printed(instant), "second")


@given(instants, st.integers(0, 400 * 86_400), st.sampled_from(["year", "month", "day"]))
def test_buckets_cover_a_span_without_gaps(first, length, interval):
    """Buckets begin at or before the first instant and end after the last, each named by its start."""
    starts = bucket_starts(first, first + length, interval)
    assert starts[0] <= first
    assert starts[-2] <= first + length < starts[-1]
    assert starts == sorted(set(starts))
    assert bucket_key(starts[0], interval) == bucket_key(first, interval)
    assert bucket_key(starts[-2], interval) == bucket_key(first + length, interval)
