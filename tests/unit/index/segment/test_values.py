import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.index.segment.values import IN_BODY, IN_TITLE, OVERFLOW, PLAIN, packed


def test_every_value_says_one_pair_of_counts():
    """Values but OVERFLOW are counts of title and body, each pair once, and packing gives them back."""
    values = np.arange(OVERFLOW)
    title, body = IN_TITLE[:OVERFLOW].astype(np.int64), IN_BODY[:OVERFLOW].astype(np.int64)
    assert len(set(zip(title.tolist(), body.tolist(), strict=True))) == OVERFLOW
    assert packed(title, body).tolist() == values.tolist()


@given(st.integers(0, 70_000), st.integers(0, 70_000))
def test_counts_are_kept_or_overflow(in_title, in_body):
    """What a value says is what was counted, or it says that it does not know."""
    value = int(packed(np.array([in_title]), np.array([in_body]))[0])
    if value == OVERFLOW:
        assert in_title > 4 or in_body > 15
    else:
        assert (IN_TITLE[value], IN_BODY[value]) == (in_title, in_body)


def test_plain_values_are_numbers_of_the_body():
    """0 is absence; up to PLAIN a value is so many times in the body alone; above, it is not."""
    assert IN_BODY[: PLAIN + 1].tolist() == list(range(PLAIN + 1))
    assert not IN_TITLE[: PLAIN + 1].any()
    assert IN_TITLE[PLAIN + 1 : OVERFLOW].all()
    assert packed(np.array([0, 0]), np.array([PLAIN, PLAIN + 1])).tolist() == [PLAIN, OVERFLOW]


def test_overflow_counts_for_nothing_in_the_tables():
    """By the tables alone, what overflows is absent: its numbers have to be asked for."""
    assert (IN_TITLE[OVERFLOW], IN_BODY[OVERFLOW]) == (0, 0)
