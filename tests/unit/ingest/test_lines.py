import pytest

from wxsearch.ingest.lines import split_lines

TEXT = b"one\n\nthree\r\nfour"


@pytest.mark.parametrize("size", range(1, 20))
def test_lines_do_not_depend_on_chunks(size):
    """However the bytes arrive, the lines are the same."""
    chunks = (TEXT[place : place + size] for place in range(0, len(TEXT), size))
    assert list(split_lines(chunks, 100)) == [b"one", b"", b"three\r", b"four"]


@pytest.mark.parametrize("size", [1, 3, 7, 50])
def test_a_line_above_the_limit_is_passed_over(size):
    """None stands for it, also at the end, and the others are whole."""
    data = b"abcd\n" + b"x" * 30 + b"\nabcde\nabcdef"
    chunks = (data[place : place + size] for place in range(0, len(data), size))
    assert list(split_lines(chunks, 5)) == [b"abcd", None, b"abcde", None]


def test_an_end_of_line_at_the_end_begins_no_line():
    """A file that ends in a newline has no empty last line, an empty file none at all."""
    assert list(split_lines(iter([b"a\n"]), 5)) == [b"a"]
    assert list(split_lines(iter([]), 5)) == []
