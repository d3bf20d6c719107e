from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.postings import told
from wxsearch.index.segment.occurrences import TEXT_BITS, count_occurrences, selected

# (term, document, in the body), each any number of times.
OCCURRENCES = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.one_of(st.integers(0, 3), st.integers(0, 65_535)),
        st.booleans(),
        st.sampled_from([1, 1, 2, 5, 130, 300]),
    ),
    max_size=30,
)


def packed(occurrences, kind):
    each = [
        (term << TEXT_BITS) | (2 * document + in_body)
        for term, document, in_body, times in occurrences
        for _ in range(times)
    ]
    return np.array(each, kind)


def brute_force(occurrences):
    """By term, then document: occurrences in title and body."""
    lists = defaultdict(lambda: defaultdict(Counter))
    for term, document, in_body, times in occurrences:
        lists[term][document][in_body] += times
    return {
        term: {document: (found[False], found[True]) for document, found in sorted(documents.items())}
        for term, documents in sorted(lists.items())
    }


@pytest.mark.parametrize("kind", [np.uint32, np.uint64])
@given(OCCURRENCES)
def test_occurrences_are_counted(kind, occurrences):
    """Lists hold every document of a term, ascending, with its occurrences in title and body."""
    found = told(count_occurrences(packed(occurrences, kind)))
    expected = brute_force(occurrences)
    assert found == expected
    assert list(found) == sorted(found)
    assert all(list(found[term]) == list(expected[term]) for term in found)


@given(OCCURRENCES, st.integers(1, 4), st.sets(st.integers(0, 5)))
def test_lists_can_be_chosen(occurrences, least, wanted):
    """Of terms that are not chosen nothing is left, and those that are stay whole."""

    def choose(terms, frequencies):
        return (frequencies >= least) & np.isin(terms, list(wanted))

    expected = {
        term: documents
        for term, documents in brute_force(occurrences).items()
        if len(documents) >= least and term in wanted
    }
    assert told(count_occurrences(packed(occurrences, np.uint64), choose)) == expected


@given(OCCURRENCES, st.sets(st.integers(0, 5)))
def test_lists_can_be_selected(occurrences, wanted):
    """Of counted lists some can be taken, with the numbers of what overflows in them."""
    counted = count_occurrences(packed(occurrences, np.uint64))
    taken = told(selected(counted, np.isin(counted.terms, list(wanted))))
    assert taken == {term: each for term, each in brute_force(occurrences).items() if term in wanted}


def test_the_highest_term_and_text_fit():
    """The last document of the largest segment has its place beside a term of all bits."""
    for kind, bits in ((np.uint32, 15), (np.uint64, 47)):
        last = (1 << bits) - 1, 65_535, True, 2
        assert told(count_occurrences(packed([last, (0, 0, False, 1)], kind))) == brute_force(
            [last, (0, 0, False, 1)]
        )
