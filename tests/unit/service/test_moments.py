import pytest

from wxsearch.dates import read_bound
from wxsearch.service.language import speaker
from wxsearch.service.moments import bounds, moment, range_label


def span(since, until):
    return (
        read_bound(since, upper=False) if since else None,
        read_bound(until, upper=True) if until else None,
    )


@pytest.mark.parametrize(
    ("since", "until", "zh", "en"),
    [
        ("2021", "2021", "2021年", "2021"),
        ("2021-10", "2021-10", "2021年10月", "Oct 2021"),
        ("2021-10-09", "2021-10-09", "2021年10月9日", "9 Oct 2021"),
        ("2021-10-09", "2021-11", "2021-10-09 至 2021-11-30", "2021-10-09 to 2021-11-30"),
        ("2021", None, "2021-01-01 起", "from 2021-01-01"),
        (None, "2021", "至 2021-12-31", "until 2021-12-31"),
        ("2021-10-09T08:30:00+08:00", None, "2021-10-09 08:30 起", "from 2021-10-09 08:30"),
        (None, "2021-10-09T08:30:00+08:00", "至 2021-10-09 08:30", "until 2021-10-09 08:30"),
    ],
)
def test_ranges_are_said_as_they_were_meant(since, until, zh, en):
    """A whole year, month or day has its name; other ranges name their ends."""
    assert range_label(*span(since, until), speaker("zh")) == zh
    assert range_label(*span(since, until), speaker("en")) == en


def test_the_edges_of_the_calendar_have_words_too():
    """The first and the last year that can be written break nothing."""
    assert range_label(*span("0001", "9999"), speaker("zh")) == "0001-01-01 至 9999-12-31"
    assert bounds(*span("0001", "9999")) == ("0001-01-01", "9999-12-31")


def test_a_time_is_no_more_exact_than_it_is_known():
    """A day shows no clock; a minute no seconds; and the attribute says the same to machines."""
    day = moment("2021-10-19T00:00:00+08:00", "day")
    minute = moment("2021-10-19T13:13:00+08:00", "minute")
    second = moment("2021-10-19T13:13:28+08:00", "second")
    assert (day.text, day.whole, day.machine) == ("2021-10-19",) * 3
    assert (minute.text, minute.whole) == ("2021-10-19 13:13",) * 2
    assert (second.text, second.whole) == ("2021-10-19 13:13", "2021-10-19 13:13:28")
    assert moment(None, None) is None
