import pytest

from wxsearch.search.suggestions.letter_runs import LetterRuns


@pytest.fixture(scope="module")
def runs(snapshot_of):
    titles = [
        "iphone",
        "iphone",
        "phone",
        "phone",
        "phone",
        "chips",
        "chips",
        "ship",
        "xi",
        "xi",
        "internationally",
    ]
    return LetterRuns(snapshot_of(titles, ["internationally", "iphone", "2024", "2024"]))


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("iphnoe", ["iphone", "phone"]),
        ("iphone", ["phone"]),
        ("phnoe", ["phone"]),
        ("chpis", ["chips"]),
        ("chxyz", []),
        ("internatoinaly", ["internationally"]),
        ("shpi", []),
        ("x", []),
        ("zzzzzzzzzzzzzzzzzzzz", []),
    ],
)
def test_words_a_letter_or_two_away(runs, typed, near):
    """One slip up to five letters, two beyond; a swap is one; a word of one document is no offer."""
    assert [run for run, _, _ in runs.near(typed)] == near


def test_the_nearest_come_first(runs):
    """Distance counts before frequency, which is that of all segments."""
    assert runs.near("iphnoe") == [("iphone", 1, 3), ("phone", 2, 3)]
