import gzip
import io
import time
import tracemalloc
import zipfile

import msgspec
import pytest

from support.archives import END, page, zip_member, zip_of, zip_of_a_pipe
from wxsearch.ingest.intake import read_articles
from wxsearch.models import Article, Rejection


def told(items):
    """Titles of articles, and of rejections where and what."""
    return [item.title if isinstance(item, Article) else (item.path, item.code) for item in items]


@pytest.mark.parametrize("write", [zip_of, zip_of_a_pipe, lambda m: zip_of(m, zipfile.ZIP_STORED)])
def test_members_are_read_as_files(read, write):
    """Each member is read by the format that its name tells; others are passed over and said."""
    items = read(
        write(
            {
                "页/": b"",
                "页/一.html": page("盐田收工"),
                "页/二.jsonl": '{"title":"集市"}\n{'.encode(),
                "图.png": b"\x89PNG" + bytes(99),
                "__MACOSX/._一.html": b"\0\5",
            }
        )
    )
    assert told(items) == ["盐田收工", "集市", ("a.zip/页/二.jsonl", "invalid_article")]
    assert items[2].place == "line 2"
    assert "files that hold no articles were passed over: 1 × .png" in read.notes


@pytest.mark.parametrize("write", [zip_of, zip_of_a_pipe])
def test_an_archive_from_standard_input(limits, write):
    """A pipe is read as a file is, told by its beginning."""
    data = write({"a.html": page("盐田收工"), "b.html": page("集市")})
    assert told(read_articles(["-"], limits, stdin=io.BytesIO(data))) == ["盐田收工", "集市"]


def test_a_compressed_archive(read):
    """An archive may be compressed as any file may."""
    assert told(read(gzip.compress(zip_of({"a.html": page("集市")})), "a.zip.gz")) == ["集市"]


@pytest.mark.parametrize(
    ("raw", "flags", "shown"),
    [
        ("新闻/集市.htm".encode("gbk"), 0, "新闻/集市.htm"),
        ("新闻/集市.htm".encode(), 0, "新闻/集市.htm"),
        ("新闻/集市.htm".encode(), 0x800, "新闻/集市.htm"),
        (b"../../etc/x.htm", 0, "../../etc/x.htm"),
        (b"/etc/x.htm", 0, "etc/x.htm"),
        ("a\x1b[31m\u202e.htm".encode(), 0, "a\ufffd[31m\ufffd.htm"),
        (b"x" * 9_000 + b".htm", 0, "…" + "x" * 250 + ".htm"),
    ],
)
def test_names_are_decoded_and_safe_to_show(read, raw, flags, shown):
    """GBK without a word of it, UTF-8 with and without; nothing in a name can harm a terminal."""
    (item,) = read(zip_member(raw, b"<p></p>", flags=flags) + END)
    assert item.path == f"a.zip/{shown}"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("b.zip", zip_of({"a.html": page("集市")}), "archive inside an archive"),
        ("b.tar", b"", "archive inside an archive"),
        ("b.tar.gz", b"", "archive inside an archive"),
        ("b.html.gz", b"", "compressed inside an archive"),
        ("b.html", zip_of({"a.html": page("集市")}), "not text"),
    ],
)
def test_an_archive_in_an_archive_is_rejected(read, name, data, reason):
    """Nothing is unpacked twice, and what stands beside is read."""
    rejected, article = read(zip_of({name: data, "c.html": page("集市")}))
    assert (rejected.path, reason in rejected.reason) == (f"a.zip/{name}", True)
    assert article.title == "集市"


def test_what_cannot_be_unpacked_is_named(read):
    """Encrypted members and other methods are rejected; the next is read where sizes tell where it is."""
    items = read(
        zip_member(b"a.html", b"x" * 99, flags=1)
        + zip_member(b"b.html", b"x" * 99, method=93)
        + zip_member(b"c.html", page("集市"))
        + zip_member(b"d.html", b"x", flags=9, packed=0)
        + zip_member(b"e.html", page("集市"))
        + END
    )
    assert told(items) == [
        ("a.zip/a.html", "unsupported_format"),
        ("a.zip/b.html", "unsupported_format"),
        "集市",
        ("a.zip/d.html", "unsupported_format"),
    ]
    assert "encrypted; nothing after it was read" in items[3].reason


def test_forged_sizes_change_nothing(read):
    """The size that a header claims is not believed; the data have their own end."""
    items = read(
        zip_member(b"a.html", page("盐田"), size=2**32 - 2)
        + zip_member(b"b.html", page("集市"), size=0)
        + END
    )
    assert told(items) == ["盐田", "集市"]
    items = read(zip_member(b"a.html", page("盐田"), packed=2**31) + END)
    assert told(items) == ["盐田", ("a.zip", "unreadable")]


def test_a_wrong_checksum_rejects_a_member(read):
    """Damage that deflate does not notice is noticed by the checksum; the next member is read."""
    items = read(zip_member(b"a.html", page("盐田"), checksum=1) + zip_member(b"b.html", page("集市")) + END)
    assert told(items) == [("a.zip/a.html", "unreadable"), "集市"]


@pytest.mark.parametrize("write", [zip_of, zip_of_a_pipe])
def test_an_archive_that_breaks_off(read, write):
    """Wherever it is cut, whole members are kept and one rejection says that there was more."""
    data = write({f"{number}.html": page(f"题{number}") for number in range(3)})
    whole = data.index(b"PK\x01\x02")
    for cut in range(1, whole + 4, 7):
        *articles, last = read(data[:cut])
        assert told(articles) == [f"题{number}" for number in range(len(articles))]
        assert last.code == "unreadable", cut
    assert len(read(data[: whole + 4])) == 3


@pytest.mark.parametrize("write", [zip_of, zip_of_a_pipe])
def test_a_damaged_archive(read, write):
    """Damage in the middle costs what it damaged, or with sizes unknown what follows."""
    data = bytearray(write({f"{number}.html": page(f"题{number}") for number in range(3)}))
    place = data.index(b"PK\x03\x04", 4) + 40
    data[place : place + 40] = b"\xff" * 40
    items = read(bytes(data))
    assert items[0].title == "题0"
    assert sum(isinstance(item, Rejection) for item in items) == 1


def test_what_is_no_member_ends_the_reading(read):
    """Bytes between members that are none are damage, even if more members follow."""
    items = read(zip_member(b"a.html", page("盐田")) + b"PK\0\0" + zip_member(b"b.html", page("集市")) + END)
    assert told(items) == ["盐田", ("a.zip", "unreadable")]
    assert "damaged" in items[1].reason


def test_office_documents_are_no_archives_of_pages(read):
    """What is a zip by nature only is refused as a whole."""
    (item,) = read(zip_of({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}))
    assert item.code == "unsupported_format"


def test_an_empty_archive_is_noted(read):
    """An archive of nothing is no mistake, but it is said."""
    assert read(zip_of({})) == []
    assert read.notes == ["holds no article"]


@pytest.mark.limit("archive_members")
def test_members_have_a_limit(read, limits):
    """Members of any kind count; one too many ends the reading."""
    small = msgspec.structs.replace(limits, archive_members=3)
    members = {"b/": b"", "c.png": b"", "a.html": page("集市")}
    assert told(read(zip_of(members), limits=small)) == ["集市"]
    assert told(read(zip_of(members | {"d.png": b""}), limits=small)) == ["集市", ("a.zip", "too_large")]


@pytest.mark.limit("archive_bytes")
def test_unpacked_bytes_have_a_limit(read, limits):
    """What all members unpack to is bounded, read or passed over."""
    data = zip_of({"a.html": page("盐田"), "b.html": page("集市")})
    size = len(page("盐田")) + len(page("集市"))
    assert len(read(data, limits=msgspec.structs.replace(limits, archive_bytes=size))) == 2
    items = read(data, limits=msgspec.structs.replace(limits, archive_bytes=size - 1))
    assert told(items) == ["盐田", ("a.zip/b.html", "too_large")]
    piped = zip_of_a_pipe({"a.png": bytes(size), "b.html": page("集市")})
    items = read(piped, limits=msgspec.structs.replace(limits, archive_bytes=size - 1))
    assert told(items) == [("a.zip", "too_large")]


@pytest.mark.limit("archive_ratio")
def test_the_ratio_has_a_limit(read, limits):
    """What an archive unpacks to is bounded by its own size."""
    small = msgspec.structs.replace(limits, archive_ratio=1)
    stored = zip_member(b"a.html", page("集市"), method=0)
    deflated = zip_member(b"a.html", page("集市") * 9) + END
    assert told(read(stored + END, limits=small)) == ["集市"]
    assert told(read(deflated, limits=small)) == [("a.zip/a.html", "too_large")]


def overlapping():
    """Many headers for the same content, each the content of the one before."""
    kernel = zip_member(b"z.html", bytes(1_000_000))
    for number in range(200):
        kernel = zip_member(b"%d.html" % number, kernel, method=0)
    return kernel + END


BOMBS = {
    "zeros": lambda: zip_of({"a.html": bytes(300_000_000)}),
    "zeros of a pipe": lambda: zip_of_a_pipe({"a.png": bytes(300_000_000), "b.html": page("集市")}),
    "nested": lambda: zip_of({f"{number}.zip": zip_of({"0.html": bytes(9_999)}) for number in range(16)}),
    "overlapping": overlapping,
    "members": lambda: zip_member(b"a", b"", method=0) * 1_000_000 + END,
    "pages": lambda: zip_member(b"a.html", b"", method=0) * 20_000 + END,
    "long names": lambda: zip_member(b"a" * 65_000 + b".html", b"", method=0) * 300 + END,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(read, name):
    """Whatever an archive was made for, it takes bounded time and memory and is told."""
    data = BOMBS[name]()
    began = time.process_time()
    items = read(data)
    spent = time.process_time() - began
    tracemalloc.start()
    read(data[:600_000])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64_000_000
    assert spent < 4
    assert any(isinstance(item, Rejection) for item in items)
