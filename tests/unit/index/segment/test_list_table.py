import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from support.postings import as_lists, drawn, same, segments_of_lists
from wxsearch.index.segment.encoding import SHORT_MOST
from wxsearch.index.segment.list_table import ListTable, ListTableWriter


def table_of(size, groups):
    """A table of lists that were added group by group."""
    writer = ListTableWriter(size)
    for group in groups:
        writer.add(as_lists(group))
    return ListTable(writer.sections(), size)


def postings_of(lists):
    """Document and occurrences in title and body of all postings of some lists, sorted."""
    found = []
    for each in lists:
        documents = each.documents
        counts = each.counts(documents, each.values)
        found += zip(*(array.tolist() for array in (documents, *counts)), strict=True)
    return sorted(found)


@given(segments_of_lists([1, 40, 300, 3_000]), st.integers(1, 12))
def test_lists_are_found_by_their_numbers(case, cut):
    """Each list is what was written, in whichever groups they came."""
    size, each = case
    table = table_of(size, [group for group in (each[:cut], each[cut:]) if group])
    for number, expected in enumerate(each):
        same(table.list(number), expected, size)


@given(segments_of_lists([1, 40, 300, 3_000]), st.integers(0, 12), st.integers(0, 12))
def test_lists_side_by_side_are_read_together(case, start, stop):
    """The postings of neighbouring lists are those of each, whatever their lengths and counts."""
    size, each = case
    numbers = range(min(start, len(each)), min(max(start, stop), len(each)))
    table = table_of(size, [each])
    assume(not any(table.list(number).is_nested for number in numbers))
    found = table.lists(numbers)
    expected = [zip(*map(np.ndarray.tolist, each[number]), strict=True) for number in numbers]
    assert postings_of(found) == sorted(posting for postings in expected for posting in postings)


def test_many_terms_of_all_lengths():
    """Short lists are counted from the block they are in, long ones among them or not."""
    chance = np.random.default_rng(5)
    size = 400
    each = [drawn(chance, size, share, 9) for share in chance.choice([0.001, 0.02, 0.08, 0.12, 0.5], 500)]
    lengths = {len(documents) for documents, _, _ in each}
    assert min(lengths) == 1
    assert SHORT_MOST in lengths
    table = table_of(size, [each[:123], each[123:124], each[124:]])
    for number, expected in enumerate(each):
        same(table.list(number), expected, size)
    read = postings_of(table.lists(range(30, 470)))
    expected = [zip(*map(np.ndarray.tolist, postings), strict=True) for postings in each[30:470]]
    assert read == sorted(posting for postings in expected for posting in postings)


@pytest.mark.parametrize("size", [0, 1, 65_536])
def test_a_table_may_have_no_lists(size):
    """Where no term is of a kind, its table is empty, and can be written and opened."""
    assert table_of(size, []).lists(range(0)) == []
