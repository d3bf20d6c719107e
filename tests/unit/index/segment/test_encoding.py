import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.postings import as_lists, drawn, segments_of_lists
from wxsearch.index.segment.encoding import (
    DENSE_2,
    DENSE_4,
    DENSE_8,
    LONG,
    SHORT,
    SHORT_MOST,
    ListWriter,
)


def places_of(size, each, calls=1):
    """Where lists are put, and the arrays, written in so many calls."""
    writer = ListWriter(size)
    cut = [each[start::calls] for start in range(calls)]
    places = [writer.add(as_lists(group)) for group in cut if group]
    return places, writer.sections()


@pytest.mark.parametrize(
    ("frequency", "form"),
    [(1, SHORT), (SHORT_MOST, SHORT), (SHORT_MOST + 1, LONG), (180, LONG), (181, DENSE_2), (1_000, DENSE_2)],
)
def test_the_form_follows_from_how_many_documents(frequency, form):
    """A few documents are numbers, many are Elias-Fano, more than 18 of 100 are dense."""
    ones = (np.arange(frequency), np.zeros(frequency, np.int64), np.ones(frequency, np.int64))
    assert places_of(1_000, [ones])[0][0].form.tolist() == [form]


@pytest.mark.parametrize(("count", "form"), [(1, DENSE_2), (4, DENSE_4), (100, DENSE_8)])
def test_a_dense_list_is_as_wide_as_pays(count, form):
    """The width of a dense list is the one that takes the fewest bytes with its escapes."""
    same = (np.arange(400), np.zeros(400, np.int64), np.full(400, count))
    places, sections = places_of(400, [same])
    assert places[0].form.tolist() == [form]
    widths = {DENSE_2: 2, DENSE_4: 4, DENSE_8: 8}
    assert len(sections["dense"]) == 400 * widths[form] // 8
    assert len(sections["dense_escapes"]) == 0


@given(segments_of_lists([1, 5, 300, 2_000]), st.integers(2, 4))
def test_calls_make_no_difference(case, calls):
    """Lists written in several calls are the same bytes as in one."""
    size, each = case
    in_order = [posting for start in range(calls) for posting in each[start::calls]]
    several, one = places_of(size, each, calls), places_of(size, in_order)
    for at, name in enumerate(("form", "start", "second")):
        joined = np.concatenate([places[at] for places in several[0]])
        assert np.array_equal(joined, one[0][0][at]), name
    for name, array in one[1].items():
        assert np.array_equal(array, several[1][name]), name


def test_arrays_are_of_types_that_files_may_have():
    """Every array is of the type that it is read as, also where there is no list of a form."""
    types = {
        "short": "<u2",
        **dict.fromkeys(
            ("short_blocks", "long_blocks", "nested_blocks", "overflow_title", "overflow_body"), "<u4"
        ),
        "overflow_places": "<u8",
    }
    chance = np.random.default_rng(1)
    for each in ([], [drawn(chance, 300, share, 70_000) for share in (0.01, 0.15, 0.9)]):
        writer = ListWriter(300)
        if each:
            writer.add(as_lists(each))
        for name, array in writer.sections().items():
            assert (name, array.dtype.str) == (name, types.get(name, "|u1"))
