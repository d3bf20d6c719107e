import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.index.segment.term_filter import TermFilter


def filter_of(terms):
    return TermFilter(np.array(terms, np.uint64))


@given(st.lists(st.integers(0, 2**64 - 1), max_size=30))
def test_no_term_is_missed(terms):
    """Whatever the terms are, none of them is said to be missing."""
    assert all(map(filter_of(terms).may_have, terms))


@pytest.mark.parametrize("count", [1, 500, 5_000])
def test_few_others_pass(count):
    """Of terms that are not there, no more than one in ten is taken for one that is."""
    drawn = random.Random(4)
    # As grams are: four numbers of 16 bits, small ones and close to each other.
    terms = [drawn.randrange(4_000) << 48 | drawn.randrange(4_000) << 32 for _ in range(2 * count + 200)]
    found = filter_of(terms[:count])
    others = set(terms[count:]) - set(terms[:count])
    assert sum(map(found.may_have, others)) <= len(others) / 10


def test_where_there_are_none_nothing_passes():
    """Without terms, nothing is said to be possible."""
    assert not filter_of([]).may_have(7)
