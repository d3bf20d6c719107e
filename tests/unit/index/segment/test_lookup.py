from bisect import bisect_left

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.index.segment.lookup import places_in_stretches

STRETCHES = st.lists(st.lists(st.integers(0, 40), unique=True, max_size=20).map(sorted), max_size=6)


@given(STRETCHES, st.lists(st.integers(0, 41), max_size=8), st.sampled_from([[], [41]]))
def test_places_in_stretches_are_those_of_bisection(stretches, wanted, behind):
    """Each wanted number is found in each stretch where bisection of that stretch alone finds it."""
    numbers = [number for stretch in stretches for number in stretch]
    ends = np.cumsum([len(stretch) for stretch in stretches], dtype=np.intp)
    starts = np.concatenate((ends[:0], [0], ends[:-1]))[: len(ends)].astype(np.intp)
    places, there = places_in_stretches(
        np.array([*numbers, *behind], np.uint16), starts, ends, np.array(wanted, np.uint16)
    )
    assert places.tolist() == [
        [bisect_left(numbers, number, start, end) for number in wanted]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    assert there.tolist() == [[number in stretch for number in wanted] for stretch in stretches]
