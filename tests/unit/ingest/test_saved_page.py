import time
from contextlib import suppress

import pytest

from support.archives import page, saved_page_of
from wxsearch.errors import IngestProblem, NotAnArticle, Unreadable
from wxsearch.ingest.saved_page import BEGINNING, read


@pytest.mark.parametrize("headers", [b"", b"Snapshot-Content-Location: http://a.cn/1\r\n"])
@pytest.mark.parametrize("part", [b"", b"Content-Location: http://a.cn/1\r\nContent-Type: text/html\r\n"])
def test_a_page_has_its_address(source, headers, part):
    """The page in the file is read, under the address that it was saved from."""
    (article,) = read(source(saved_page_of(page("集市"), headers, part)))
    assert article.title == "集市"
    assert article.url == ("http://a.cn/1" if headers or part else None)


def test_a_page_has_its_encoding(source):
    """The charset of the part is believed where the page itself has none."""
    text = "<title>舊聞與集市</title><h1>舊聞與集市</h1><p>" + "木耙靠在牆邊，風從海上來。" * 3
    data = saved_page_of(text.encode("big5"), part=b"Content-Type: text/html; charset=big5\r\n")
    (article,) = read(source(data))
    assert article.title == "舊聞與集市"


def test_a_page_without_parts(source):
    """Old browsers save a page alone."""
    data = b"From: x\nContent-Type: text/html\nContent-Transfer-Encoding: 8bit\n\n" + page("集市")
    (article,) = read(source(data))
    assert article.title == "集市"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Unreadable),
        (b"a" * 100_000, Unreadable),
        (
            b"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--",
            NotAnArticle,
        ),
        (b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nYWJjZ", Unreadable),
    ],
)
def test_what_is_no_saved_page(source, data, problem):
    """Damage and parts without a page are said."""
    with pytest.raises(problem):
        list(read(source(data)))


@pytest.mark.parametrize("unit", [b"\n", b"--x\n", b"\n--x\n\n", b"A: \n ", b"\r\n", b"boundary=x;", b"=\n"])
def test_monotonous_files_take_linear_time(source, unit):
    """No file is a trap for what looks for parts and headers."""
    for head in (b"", b"Content-Type: multipart/related; boundary=x\n\n", b"Content-Type: text/html; "):
        data = head + unit * (2_000_000 // len(unit))
        began = time.process_time()
        BEGINNING.match(data[:4_096])
        with suppress(IngestProblem):
            list(read(source(data)))
        assert time.process_time() - began < 3
