import pytest

from wxsearch import dates
from wxsearch.models import DateBucket, DateHistogram
from wxsearch.query.request import read_request
from wxsearch.service.language import speaker
from wxsearch.service.links import read_address
from wxsearch.service.timeline import timeline


@pytest.fixture
def draw(limits, vocabulary):
    """Draws counts by key, the first to the last bucket, as the address asks."""

    def build(counts, interval, query=""):
        keys = sorted(counts)
        starts = dates.bucket_starts(
            dates.read_bound(keys[0], upper=False), dates.read_bound(keys[-1], upper=False), interval
        )
        printed = [dates.printed(start) for start in starts]
        buckets = tuple(
            DateBucket(
                dates.bucket_key(start, interval),
                printed[place],
                printed[place + 1],
                counts.get(dates.bucket_key(start, interval), 0),
            )
            for place, start in enumerate(starts[:-1])
        )
        address = read_address("", query)
        request = read_request(address.parameters, limits, vocabulary)
        return timeline(DateHistogram(interval, buckets, 0), request, address, speaker("zh"))

    return build


def test_months_are_rows_of_years(draw):
    """A year is a row of twelve columns; a bar leads to its month, the row to its year."""
    line = draw({"2020-11": 1, "2021-03": 4}, "month")
    assert [(row.label, row.count, row.href) for row in line.rows] == [
        ("2020年", 1, "/?from=2020&to=2020"),
        ("2021年", 4, "/?from=2021&to=2021"),
    ]
    assert [bar and bar.count for bar in line.rows[0].bars] == [None] * 10 + [1, 0]
    march = line.rows[1].bars[2]
    assert (march.label, march.height, march.href) == ("2021年3月", 100, "/?from=2021-03&to=2021-03")
    assert line.rows[1].bars[0].href is None


def test_days_are_rows_of_ten(draw):
    """A month is three rows, the last as long as the month; each has the days it stands for."""
    line = draw({"2024-02-01": 1, "2024-02-10": 1, "2024-02-11": 2, "2024-02-29": 3}, "day")
    assert [(row.label, row.count) for row in line.rows] == [
        ("2024年2月上旬", 2),
        ("2024年2月中旬", 2),
        ("2024年2月下旬", 3),
    ]
    assert line.rows[2].href == "/?from=2024-02-21&to=2024-02-29"
    assert line.rows[2].ticks == tuple(map(str, range(21, 30)))
    assert line.rows[0].bars[9].href == "/?from=2024-02-10&to=2024-02-10"


def test_years_are_rows_of_decades(draw):
    """A decade is a row; decades without articles are left out."""
    line = draw({"1987": 1, "2021": 2}, "year")
    assert [(row.label, row.href) for row in line.rows] == [
        ("1980年代", "/?from=1980&to=1989"),
        ("2020年代", "/?from=2020&to=2029"),
    ]


def test_a_bar_never_leaves_the_chosen_range(draw):
    """Where the range begins or ends inside a bucket, its link keeps that end."""
    line = draw({"2021-10": 5, "2021-11": 2}, "month", "from=2021-10-15&to=2021-11-03")
    assert line.rows[0].bars[9].href == "/?from=2021-10-15&to=2021-10"
    assert line.rows[0].bars[10].href == "/?from=2021-11&to=2021-11-03"
    assert line.rows[0].href == "/?from=2021-10-15&to=2021-11-03"


def test_a_click_lets_the_interval_follow(draw):
    """A chosen interval ends with the range it was chosen for; the query stays."""
    line = draw({"2021": 5}, "year", "q=a&interval=year")
    assert line.rows[0].bars[1].href == "/?q=a&from=2021&to=2021"


@pytest.mark.parametrize(
    ("query", "labels", "hrefs"),
    [
        ("", [], []),
        (
            "from=2021-10-19&to=2021-10-19",
            ["全部时间", "2021年", "10月", "19日"],
            ["/", "/?from=2021&to=2021", "/?from=2021-10&to=2021-10", None],
        ),
        ("from=2021-10", ["全部时间", "2021-10-01 起"], ["/", None]),
    ],
)
def test_there_is_a_way_up(draw, query, labels, hrefs):
    """Above a chosen year, month or day stand links to all that hold it."""
    line = draw({"2021-10-19": 1}, "day", query)
    assert [step.label for step in line.trail] == labels
    assert [step.href for step in line.trail] == hrefs


def test_rare_buckets_are_seen_and_long_lines_cut(draw):
    """One article beside thousands still has a bar; of very many rows the latest are drawn."""
    line = draw({"2020": 9999, "2021": 1}, "year")
    assert line.rows[0].bars[1].height > 0
    long = draw({f"{year}": 1 for year in range(1000, 2020, 10)}, "year")
    assert (len(long.rows), long.rows[-1].label) == (long.cut, "2010年代")
