from itertools import combinations

import pytest

from support import reprints
from wxsearch.analysis.likeness import alike, bodies_of

DAY = 24 * 60 * 60


def compared(one, other, days=0):
    """Whether two texts, some days apart, are alike; the same in both directions."""
    first, second = bodies_of([one, other], [0, days * DAY])
    assert alike(first, second) == alike(second, first)
    return alike(first, second)


@pytest.mark.parametrize("edit", reprints.EDITS, ids=lambda edit: edit.__name__)
def test_a_reprint_is_alike(edit):
    """Each edit that reprints make leaves a copy."""
    for seed in range(10):
        text = reprints.body(seed)
        assert compared(text, edit(text))


@pytest.mark.parametrize(("one", "other"), list(combinations(reprints.EDITS[2:], 2)))
def test_edits_add_up(one, other):
    """Two edits on top of each other leave a copy, too."""
    for seed in range(3):
        text = reprints.body(seed)
        assert compared(text, other(one(text)))


def test_reports_of_a_series_are_not_alike():
    """One frame with other numbers is another article."""
    for seed in range(20):
        assert not compared(reprints.bulletin(seed), reprints.bulletin(seed + 1), days=1)


def test_a_report_of_a_series_is_like_its_own_reprint():
    """The frame keeps nothing from being copied."""
    text = reprints.bulletin(1)
    assert compared(text, reprints.with_tail(reprints.with_source_line(text)))


def test_reports_that_quote_the_same_words_are_not_alike():
    """A passage in common, in two articles with more of their own, is no copy."""
    quoted = reprints.body(99, paragraphs=1)
    one, other = (f"{reprints.body(seed, 2)}\n{quoted}\n{reprints.body(seed + 50, 2)}" for seed in (1, 2))
    assert not compared(one, other)


def test_a_notice_of_another_year_is_not_alike():
    """Within days a text with another numeral passes for a copy; months later it is a notice of its own."""
    text = (
        "江城港务局将于明日上午举行第{}届龙舟大会，全城各区均可前往观看，请市民提前安排行程并注意天气变化。"
        * 2
    )
    one, other = text.format("十四", "十四"), text.format("十五", "十五")
    assert compared(one, other, days=3)
    assert not compared(one, other, days=365)
    assert compared(one, one, days=365)


def test_a_part_of_a_compilation_is_no_copy_of_it():
    """A small part from within is another article; from the beginning it is a reprint that was cut."""
    parts = [reprints.body(seed, 2) for seed in range(5)]
    whole = "\n".join(parts)
    assert not compared(whole, parts[3])
    assert compared(whole, parts[0])


def test_times_that_are_missing_keep_no_copies_apart():
    """Undated articles are compared by their texts alone."""
    text = reprints.body(4)
    first, second = bodies_of([text, reprints.half(text)], [None, 10**9])
    assert alike(first, second)


def test_short_and_empty_bodies_are_like_nothing():
    """Not even like themselves."""
    assert not compared("港口开放", "港口开放")
    assert not compared("", "")


def test_numbers_in_a_line_before_the_beginning_do_not_count():
    """A date that the reprint puts in front is its own; where both begin with numbers, those are compared."""
    text = reprints.body(3, 2)
    cut = reprints.half(text)
    assert compared(text, f"2021-05-03 10:20:31 江城晨报 第11287期第04版 {cut}")
    assert not compared(f"1385 7924 6801 {text}", f"2021-05-03 10:20:31 江城晨报 第11287期第04版 {cut}")
