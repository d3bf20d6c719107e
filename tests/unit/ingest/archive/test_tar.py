import gzip
import io
import tarfile
import time
import tracemalloc

import msgspec
import pytest
import zstandard

from support.archives import page, tar_of
from wxsearch.ingest.intake import read_articles
from wxsearch.models import Article, Rejection

LONG = "页/" * 60 + "集市.html"


def told(items):
    """Titles of articles, and of rejections where and what."""
    return [item.title if isinstance(item, Article) else (item.path, item.code) for item in items]


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".tar", bytes), (".tar.gz", gzip.compress), (".tgz", gzip.compress), (".tar.zst", zstandard.compress)],
)
def test_members_are_read_as_files(read, suffix, pack, form):
    """Each member is read by its own format, compressed or not, long names of either kind included."""
    data = tar_of({"一.html": page("盐田"), LONG: page("集市"), "a.jsonl": b"{", "x.png": b"x"}, format=form)
    items = read(pack(data), "a" + suffix)
    assert told(items) == ["盐田", "集市", (f"a{suffix}/a.jsonl", "invalid_article")]
    assert read.notes == ["files that hold no articles were passed over: 1 × .png"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_an_archive_from_standard_input(limits, pack):
    """A pipe is told by its beginning, but for one that is compressed twice over."""
    data = pack(tar_of({"a.html": page("盐田")}))
    assert told(read_articles(["-"], limits, stdin=io.BytesIO(data))) == ["盐田"]


def test_names_in_gbk(read):
    """Names without an encoding are UTF-8 or GB18030."""
    items = read(tar_of({"新闻.jsonl": b"{"}, format=tarfile.GNU_FORMAT, encoding="gbk"), "a.tar")
    assert items[0].path == "a.tar/新闻.jsonl"


def test_links_and_devices_are_passed_over(read):
    """What is no file is never followed or opened, and it is said how many there were."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            member = tarfile.TarInfo(f"{kind.decode()}.html")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        member = tarfile.TarInfo("../../a.html")
        member.size = len(page("集市"))
        archive.addfile(member, io.BytesIO(page("集市")))
    assert told(read(stream.getvalue(), "a.tar")) == ["集市"]
    assert read.notes == ["what is no file was passed over: 1 × devices, 2 × links, 1 × pipes"]


def test_an_archive_that_breaks_off(read):
    """Wherever it is cut, whole members are kept and one rejection says that there was more."""
    data = tar_of({f"{number}.html": page(f"题{number}") for number in range(3)})
    end = 3 * 1_024
    for cut in range(100, end + 1, 100):
        *articles, last = read(data[:cut], "a.tar")
        assert told(articles) == [f"题{number}" for number in range(len(articles))]
        assert (last.code, "damaged" in last.reason) == ("unreadable", False)
    packed = gzip.compress(data)
    *articles, last = read(packed[: len(packed) // 2], "a.tgz")
    assert told(articles) == [f"题{number}" for number in range(len(articles))]
    assert last.code == "unreadable"


def test_a_damaged_header(read):
    """A header whose checksum is wrong ends the reading, as nothing tells where the next is."""
    data = bytearray(tar_of({"a.html": page("盐田"), "b.html": page("集市")}))
    data[1_024] ^= 1
    assert told(read(bytes(data), "a.tar")) == ["盐田", ("a.tar", "unreadable")]


def test_a_size_below_nothing(read):
    """A header may claim any size, even a negative one."""
    header = bytearray(tar_of({"a.html": b""})[:512])
    header[124:136] = b"\xff" * 12
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    assert told(read(bytes(header) + bytes(1_024), "a.tar")) == [("a.tar", "unreadable")]


def test_a_header_that_is_too_large(read):
    """A name of megabytes is not gathered."""
    data = tar_of({"x" * 70_000: b""}, format=tarfile.GNU_FORMAT)
    assert told(read(data, "a.tar")) == [("a.tar", "too_large")]


@pytest.mark.limit("archive_members")
def test_members_have_a_limit(read, limits):
    """Members of any kind count; one too many ends the reading."""
    small = msgspec.structs.replace(limits, archive_members=2)
    members = {"c.png": b"", "a.html": page("集市")}
    assert told(read(tar_of(members), "a.tar", limits=small)) == ["集市"]
    items = read(tar_of(members | {"d.png": b""}), "a.tar", limits=small)
    assert told(items) == ["集市", ("a.tar", "too_large")]


@pytest.mark.limit("archive_bytes")
def test_unpacked_bytes_have_a_limit(read, limits):
    """All bytes of a tar count, headers and what is passed over included."""
    data = tar_of({"a.html": page("盐田")})
    small = msgspec.structs.replace(limits, archive_bytes=len(data))
    assert told(read(data, "a.tar", limits=small)) == ["盐田"]
    small = msgspec.structs.replace(limits, archive_bytes=len(data) - 1)
    assert told(read(data, "a.tar", limits=small)) == [("a.tar", "too_large")]


@pytest.mark.limit("archive_ratio")
def test_the_ratio_has_a_limit(read, limits):
    """What a compressed tar unpacks to is bounded by the size of its file."""
    data = tar_of({"a.html": page("盐田")})
    packed = gzip.compress(data)
    ratio = -(-len(data) // len(packed))
    small = msgspec.structs.replace(limits, archive_ratio=ratio)
    assert told(read(packed, "a.tgz", limits=small)) == ["盐田"]
    small = msgspec.structs.replace(limits, archive_ratio=ratio - 1)
    assert told(read(packed, "a.tgz", limits=small)) == [("a.tgz", "too_large")]


BOMBS = {
    "zeros": lambda: gzip.compress(tar_of({"a.html": bytes(300_000_000)})),
    "zeros of zstd": lambda: zstandard.compress(tar_of({"a.png": bytes(300_000_000)})),
    "members": lambda: tar_of({"a": b""})[:512] * 200_000,
    "a claimed size": lambda: tar_of({"a.png": bytes(2_000)})[:512].replace(b"3720", b"7777") + bytes(512),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(read, name):
    """Whatever an archive was made for, it takes bounded time and memory and is told."""
    data = BOMBS[name]()
    began = time.process_time()
    items = read(data, "a.tar")
    spent = time.process_time() - began
    tracemalloc.start()
    read(data[:3_000_000], "a.tar")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert spent < 4
    assert peak < 64_000_000
    assert any(isinstance(item, Rejection) for item in items)
