import time

import pytest

from wxsearch.ingest.lines import split_lines

TEXT = b"one\n\nthree\r\n\n\r\n \t\nfour"


@pytest.mark.parametrize("size", range(1, 30))
def test_lines_do_not_depend_on_chunks(size):
    """However the bytes arrive, the lines that are not blank and their numbers are the same."""
    chunks = (TEXT[place : place + size] for place in range(0, len(TEXT), size))
    lines = [(number, line) for number, line in split_lines(chunks, 100) if line and line.strip()]
    assert lines == [(1, b"one"), (3, b"three\r"), (7, b"four")]


@pytest.mark.parametrize("size", [1, 3, 7, 50])
def test_a_line_above_the_limit_is_passed_over(size):
    """None stands for it, also at the end, and the others are whole."""
    data = b"abcd\n" + b"x" * 30 + b"\nabcde\nabcdef"
    chunks = (data[place : place + size] for place in range(0, len(data), size))
    assert list(split_lines(chunks, 5)) == [(1, b"abcd"), (2, None), (3, b"abcde"), (4, None)]


def test_an_end_of_line_at_the_end_begins_no_line():
    """A file that ends in a newline has no empty last line, an empty file none at all."""
    assert list(split_lines(iter([b"a\n"]), 5)) == [(1, b"a")]
    assert list(split_lines(iter([]), 5)) == []


@pytest.mark.parametrize("blank", [b"\n", b"\r\n", b" \t\n"])
def test_blank_lines_cost_next_to_nothing(blank):
    """Tens of megabytes of blank lines pass in less than a second, and count."""
    count = 20_000_000 // len(blank)
    piece = blank * 100_000
    began = time.process_time()
    lines = list(split_lines((piece for _ in range(count // 100_000)), 100))
    assert time.process_time() - began < 1
    assert lines == []
    assert list(split_lines(iter([piece, piece, b"x"]), 100)) == [(200_001, b"x")]
