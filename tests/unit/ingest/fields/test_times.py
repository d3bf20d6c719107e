import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.dates import printed
from wxsearch.ingest.fields.times import find_time, find_times, stamped

DAY = ("2024-06-01T00:00:00+08:00", "day")


@pytest.mark.parametrize(
    "text",
    [
        "2024年6月1日",
        "2024.06.01",
        "2024/6/1",
        "二〇二四年六月一日",
        "二零二四年六月一日",
        "二○二四年六月一日",
        "２０２４年６月１日",
        "民國113年6月1日",
        "20240601",
        "发布日期：20240601",
        "2024年6月1日 星期六",
        "2024-06-01 25:00",
        "June 1, 2024",
        "1 Jun 2024",
    ],
)
def test_days(text):
    """A day in each of the forms that pages print, a clock that is none left aside."""
    assert find_time(text)[:2] == DAY


@pytest.mark.parametrize(
    ("text", "clock", "precision"),
    [
        ("2024年6月1日 上午9时05分", "09:05:00", "minute"),
        ("2024年6月1日 下午3:20", "15:20:00", "minute"),
        ("2024年6月1日晚上8点半", "20:30:00", "minute"),
        ("2024年6月1日 凌晨12:05", "00:05:00", "minute"),
        ("2024年6月1日 中午12点", "12:00:00", "minute"),
        ("2024年6月1日 中午1点", "13:00:00", "minute"),
        ("2024年6月1日(星期六)08:30", "08:30:00", "minute"),
        ("２０２４－０６－０１　１４：０５", "14:05:00", "minute"),
        ("2024-06-0108:30", "08:30:00", "minute"),
        ("2024 06/01 09:05:33", "09:05:33", "second"),
        ("2024-06-01 | 08:30", "08:30:00", "minute"),
        ("发布时间：24-06-01 08:30", "08:30:00", "minute"),
        ("2024-06-01 08:30:12.0", "08:30:12", "second"),
        ("2024-06-01T00:30:12Z", "08:30:12", "second"),
        ("2024-06-01 00:30 UTC", "08:30:00", "minute"),
        ("2024-06-01 08:30 UTC+8", "08:30:00", "minute"),
        ("2024-06-01 08:30 (北京时间)", "08:30:00", "minute"),
        ("Sat, 01 Jun 2024 00:30:12 GMT", "08:30:12", "second"),
        ("Sat Jun 01 2024 08:30:12 GMT+0800", "08:30:12", "second"),
        ("June 1, 2024 9:05 PM", "21:05:00", "minute"),
        ("2024年6月1日8点", "08:00:00", "minute"),
        ("二〇二四年六月一日 9时", "09:00:00", "minute"),
    ],
)
def test_clocks(text, clock, precision):
    """Hours as pages say them, in their zone, as exactly as they are said."""
    assert find_time(text)[:2] == (f"2024-06-01T{clock}+08:00", precision)


@pytest.mark.parametrize(
    "text", ["", "昨天", "2024-13-01", "京ICP备20190123号", "第2024号", "1.2024.3", "二四年六月一日"]
)
def test_other_numbers_are_no_times(text):
    """What only looks like a date, or is none of the calendar, is passed over."""
    assert find_time(text) is None


def test_a_time_without_a_year_is_of_the_year_that_is_known():
    """06-01 14:05 is a time where the year stands elsewhere, and none where not."""
    assert [time[:2] for time in find_times("06-01 14:05", 2024)] == [("2024-06-01T14:05:00+08:00", "minute")]
    assert list(find_times("06-01 14:05")) == []
    assert list(find_times("02-30 14:05", 2024)) == []


def test_places_of_times():
    """Each time says where it stands, so that a line can be read without it."""
    line = "更新：2024-06-02 发布：2024-06-01 08:30 来源"
    assert [line[time.start : time.end] for time in find_times(line)] == ["2024-06-02", "2024-06-01 08:30"]


def test_seconds_and_milliseconds():
    """A number of seconds or of milliseconds since 1970 is the same time."""
    assert stamped(1_717_203_933) == stamped(1_717_203_933_123) == ("2024-06-01T09:05:33+08:00", "second")


@given(st.integers(0, 4_102_444_800))
def test_what_is_printed_is_found_again(instant):
    """Every canonical time is found as itself in the middle of a line."""
    assert find_time(f"时间：{printed(instant)} 来源：某报")[:2] == (printed(instant), "second")


@given(st.text(max_size=300))
def test_no_text_breaks_it(text):
    """Any text has times or none, each of them inside it and in order."""
    ends = [0]
    for time in find_times(text, 2024):
        assert ends[-1] <= time.start < time.end <= len(text)
        ends.append(time.end)
