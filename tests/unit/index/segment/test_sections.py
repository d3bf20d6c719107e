import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.index.segment.sections import laid_out, opened

KINDS = ["|u1", "<u2", "<u4", "<u8", "<i8", "|b1"]
ARRAYS = st.dictionaries(
    st.text("abc", min_size=1), st.tuples(st.sampled_from(KINDS), st.lists(st.integers(0, 1), max_size=200))
).map(lambda drawn: {name: np.array(values, kind) for name, (kind, values) in drawn.items()})


@given(ARRAYS)
def test_arrays_come_back_from_their_file(arrays):
    """Each array is read as it was written, of its type, from a place that divides by 64."""
    table, pieces = laid_out(arrays)
    content = b"".join(bytes(piece) for piece in pieces)
    assert len(content) == max(
        (start + arrays[name].nbytes for name, (start, _, _) in table.items()), default=0
    )
    found = opened(memoryview(content), table)
    assert found.keys() == arrays.keys()
    for name, array in arrays.items():
        assert table[name][0] % 64 == 0
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array)


def test_parts_of_arrays_are_written_as_they_read():
    """An array whose elements do not lie side by side is written like its copy."""
    array = np.arange(20, dtype=np.uint16)[::2]
    table, pieces = laid_out({"a": array})
    assert opened(memoryview(b"".join(pieces)), table)["a"].tolist() == list(range(0, 20, 2))


@pytest.mark.parametrize("kind", ["O", "|O", "<f8", ">u4", "<u4,<u4", "|V8", "<M8[s]", "u1", "", "|S9"])
@pytest.mark.parametrize("count", [0, 1])
def test_foreign_types_are_refused(kind, count):
    """Of what a file says of a type nothing is believed but the few that are written."""
    with pytest.raises(KeyError):
        opened(memoryview(bytes(64)), {"a": (0, count, kind)})


@pytest.mark.parametrize(("start", "count"), [(64, 1), (0, 17), (60, 2)])
def test_no_array_reaches_beyond_its_file(start, count):
    """A place outside the bytes that are there is refused."""
    with pytest.raises(ValueError, match="buffer"):
        opened(memoryview(bytes(64)), {"a": (start, count, "<u4")})
