"""Which of several times a page was published at."""

import pytest

from wxsearch.ingest.html import find_fields
from wxsearch.ingest.reading import Reading

TEXT = "<p>渡口的早晨很安静，船还没有来，摆渡人在岸边补网，补了一张又一张。</p>" * 2
READING = Reading(clock=lambda: 1_717_300_800)  # 2024-06-02T12:00:00+08:00


def published(head="", line="", below=""):
    page = f"<head>{head}</head><h1>渡口的早晨</h1><div>{line}</div><div>{TEXT}</div><div>{below}</div>"
    found = find_fields(page, 2_000, READING)
    return found.record["published"], found.record["precision"], found.provenance.get("published")


def meta(time, name="pubdate"):
    return f'<meta name="{name}" content="{time}">'


@pytest.mark.parametrize(
    ("head", "line", "time", "precision"),
    [
        (meta("2024-06-01 09:05:33"), "2024-06-01", "09:05:33", "second"),
        (meta("2024-06-01 09:05:33"), "发布时间：2024-06-01 09:05", "09:05:33", "second"),
        (meta("2024-06-01 09:07:33"), "2024-06-01 09:05", "09:05:00", "minute"),
        (meta("2024-05-31 09:05:33"), "发布时间：2024-06-01", "00:00:00", "day"),
        (meta("2024-06-01 00:00:00"), "2024-06-01", "00:00:00", "day"),
        (meta("2024-06-01T01:05:33Z"), "2024-06-01 09:05", "09:05:33", "second"),
        (meta("2024-06-01T09:05:33Z"), "2024-06-01 09:05", "09:05:33", "second"),
        (meta("1717203933"), "", "09:05:33", "second"),
        (meta("Sat, 01 Jun 2024 01:05:33 GMT"), "", "09:05:33", "second"),
        (meta("2024-06-01 09:05:33"), "更新时间：2024-06-02 08:00", "09:05:33", "second"),
        ("", "更新时间：2024-06-01 09:05", "09:05:00", "minute"),
        ("", "更新时间：2024-06-02 08:00 发布时间：2024-06-01 09:05", "09:05:00", "minute"),
        (meta("2024-06-01 09:05:33"), "2025-06-01 08:00", "09:05:33", "second"),
        (meta("2024-06-09 09:05:33"), "2024-06-01 09:05", "09:05:00", "minute"),
        ("<script>pubtime='2024-06-01 09:05:33'</script>", "2024-06-01", "09:05:33", "second"),
        (
            "<script>a={ptime:'2024-06-01 09:05:33'},b={ptime:'2024-06-01 11:05:33'}</script>",
            "2024-06-01",
            "00:00:00",
            "day",
        ),
        ("<script>var time='2024-06-01 09:05:33'</script>", "2024-06-01 09:05", "09:05:33", "second"),
        ("<script>var time='2024-06-01 09:05:33'</script>", "2024-06-01", "00:00:00", "day"),
    ],
)
def test_the_time_of_publication(head, line, time, precision):
    """What is printed counts, and is made finer by what agrees; a change or a slip gives way."""
    assert published(head, line)[:2] == (f"2024-06-01T{time}+08:00", precision)


@pytest.mark.parametrize("time", ["2024-06-05 09:05", "2924-06-01", "2024年6月4日 9:00"])
def test_a_time_to_come_is_none(time):
    """More than a day ahead of the clock no time is believed, wherever it stands."""
    assert published(meta(time), time, f"发布时间：{time}")[0] is None


def test_a_time_within_a_day_is_believed():
    """Clocks differ, and so do zones: up to a day ahead is no slip."""
    assert published(line="2024-06-03 11:59")[0] == "2024-06-03T11:59:00+08:00"
    assert published(line="2024-06-03 12:01")[0] is None


def test_agreement_makes_sure():
    """The same time in the head of the page raises the confidence, another does not."""
    alone = published(line="2024-06-01 09:05 来源：某报")[2][1]
    agreed = published(meta("2024-06-01 09:05"), "2024-06-01 09:05 来源：某报")[2][1]
    other = published(meta("2024-05-01 09:05"), "2024-06-01 09:05 来源：某报")[2][1]
    assert alone == other < agreed < 1
