import time

import pytest

from wxsearch.ingest.moment import is_no_time, read_moment


@pytest.mark.parametrize(
    ("text", "published", "precision"),
    [
        ("Mon, 03 Jun 2024 08:05:09 +0800", "2024-06-03T08:05:09+08:00", "second"),
        ("Mon, 03 Jun 2024 00:05:09 GMT", "2024-06-03T08:05:09+08:00", "second"),
        ("Mon, 3 June 2024 08:05 +08:00", "2024-06-03T08:05:00+08:00", "minute"),
        ("03 Jun 24 08:05:09", "2024-06-03T08:05:09+08:00", "second"),
        ("Mon, 03 Jun 2024 08:05:09 CST", "2024-06-03T08:05:09+08:00", "second"),
        ("Mon, 03 Jun 2024 08:05:09 +0800 (CST)", "2024-06-03T08:05:09+08:00", "second"),
        ("Mon, 03 Jun 2024 08:05:09 GMT+8", "2024-06-03T08:05:09+08:00", "second"),
        ("Mon, 03 Jun 2024 08:05:09 GMT+0800", "2024-06-03T08:05:09+08:00", "second"),
        ("Mon Jun 03 08:05:09 CST 2024", "2024-06-03T08:05:09+08:00", "second"),
        ("Mon Jun  3 08:05:09 2024", "2024-06-03T08:05:09+08:00", "second"),
        ("星期一, 03 六月 2024 08:05:09 +0800", "2024-06-03T08:05:09+08:00", "second"),
        ("周一, 03 6月 2024 08:05:09 +0800", "2024-06-03T08:05:09+08:00", "second"),
        ("一, 03 十二月 2024 08:05:09 +0800", "2024-12-03T08:05:09+08:00", "second"),
        ("3-Jun-2024", "2024-06-03T00:00:00+08:00", "day"),
        ("2024-06-03 08:05:09 +0800 CST", "2024-06-03T08:05:09+08:00", "second"),
        ("2024-06-03 00:05:09.123456789 +0000 UTC m=+0.000012", "2024-06-03T08:05:09+08:00", "second"),
        ("2024-06-03 08:05:09 +0800 +0800", "2024-06-03T08:05:09+08:00", "second"),
        ("2024-06-03 08:05:09", "2024-06-03T08:05:09+08:00", "second"),
        ("2024-06-03T00:05:09Z", "2024-06-03T08:05:09+08:00", "second"),
        ("2024-06-03 00:05:09 UTC", "2024-06-03T08:05:09+08:00", "second"),
        ("2024/6/3 8:05", "2024-06-03T08:05:00+08:00", "minute"),
        ("2024年6月3日", "2024-06-03T00:00:00+08:00", "day"),
        ("1717373109", "2024-06-03T08:05:09+08:00", "second"),
        ("1717373109000", "2024-06-03T08:05:09+08:00", "second"),
        ("2024年6月3日 下午3:20", "2024-06-03T15:20:00+08:00", "minute"),
        ("3 Jun 2024 03:20 PM", "2024-06-03T15:20:00+08:00", "minute"),
        ("二〇二四年六月三日", "2024-06-03T00:00:00+08:00", "day"),
        ("20240603", "2024-06-03T00:00:00+08:00", "day"),
        ("Mon, 33 Jun 2024 08:05:09 +0800", None, None),
        ("3 13月 2024", None, None),
        ("3 十十月 2024", None, None),
        ("3 十三月 2024", None, None),
        ("2024-06-03 起", None, None),
        ("发布于 2024-06-03", None, None),
        ("2024-06-03 2024-06-04", None, None),
        (f"2024-06-03{' ' * 90}8:05", None, None),
        ("Mon, 03 Foo 2024 08:05:09 +0800", None, None),
        ("昨天", None, None),
        ("", None, None),
    ],
)
def test_times_of_feeds_and_exports(text, published, precision):
    """RFC 822 in English and Chinese, as programs and pages print it, and epochs, alone; else a sentence."""
    if published:
        assert read_moment(text) == (published, precision)
    else:
        with pytest.raises(ValueError, match="is not a time"):
            read_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        *("0", "0000-00-00", "0000-00-00 00:00:00", "0000-00-00 00:00:00.000000"),
        *("0001-01-01T00:00:00Z", "0001-01-01 00:00:00 +0000 UTC", "0001-01-01T00:00:00"),
    ],
)
def test_what_databases_write_for_no_time(text):
    """MySQL, Go and .NET have a time that is none."""
    assert is_no_time(text)


@pytest.mark.parametrize("text", ["", "00", "0000-00-01", "0001-01-01 00:00:01", "1970-01-01 08:00:00"])
def test_a_time_is_not_taken_for_none(text):
    """Only the zero itself says that there is no time."""
    assert not is_no_time(text)


@pytest.mark.parametrize("unit", ["1", "一", "a", " ", "(", "Mon ", "1-", "2024-", ":"])
def test_monotonous_text_takes_linear_time(unit):
    """No text is a trap for the patterns."""
    began = time.process_time()
    for text in (unit * 20_000, "Mon, " + unit * 20_000, "3 Jun 2024 " + unit * 20_000 + "x"):
        with pytest.raises(ValueError, match="is not a time"):
            read_moment(text)
    assert time.process_time() - began < 1
