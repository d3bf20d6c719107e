import gzip
import io
import re
import tracemalloc
import zlib
from pathlib import Path

import msgspec
import pytest
import zstandard

from support.archives import saved_page_of, tar_of, zip_of
from wxsearch.errors import NothingToRead, UnsupportedFormat
from wxsearch.ingest.formats import Format
from wxsearch.ingest.intake import Intake, read_articles, total_bytes
from wxsearch.ingest.paths import find_inputs
from wxsearch.models import Article, Rejection

LINE = '{"title":"盐田收工","body":"木耙靠在墙边。"}\n'.encode()
TEXT = "盐田收工\n木耙靠在墙边，风从海上来。".encode()
HTML = (
    f"<html><title>盐田收工</title><h1>盐田收工</h1><p>{'木耙靠在墙边，风从海上来。' * 3}</p></html>".encode()
)

FEED = "<rss><channel><item><title>盐田收工</title></item></channel></rss>".encode()
JSON_FEED = '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"盐田收工"}]}'.encode()
MORE = (
    *((".rss", FEED), (".xml", FEED), ("", FEED)),
    *((".json", JSON_FEED), (".rss", JSON_FEED), ("", JSON_FEED)),
    (".csv", "标题,正文\n盐田收工,木耙靠在墙边。\n".encode()),
    *((".zip", zip_of({"a.html": HTML})), ("", zip_of({"a.html": HTML}))),
    *((".tar", tar_of({"a.html": HTML})), ("", tar_of({"a.html": HTML}))),
    *((".mht", saved_page_of(HTML)), ("", saved_page_of(HTML))),
)


@pytest.fixture
def read(limits):
    """Reads paths to a list, noting what is said."""

    def run(*paths, limits=limits, **options):
        run.notes = []
        return list(read_articles([str(path) for path in paths], limits, on_note=run.notes.append, **options))

    return run


def codes(items):
    return [item.code if isinstance(item, Rejection) else "article" for item in items]


@pytest.mark.parametrize(
    "pack", [(".gz", gzip.compress), (".zst", zstandard.compress), ("", bytes)], ids=lambda p: p[0]
)
@pytest.mark.parametrize(
    ("suffix", "data"), [(".jsonl", LINE), (".txt", TEXT), (".html", HTML), ("", LINE), (".log", HTML), *MORE]
)
def test_every_format_packed_or_not(tmp_path, read, pack, suffix, data):
    """Files of all formats are read plain and packed, told by name or by their beginning."""
    ending, compress = pack
    path = tmp_path / f"page{suffix}{ending}"
    path.write_bytes(compress(data))
    assert [item.title for item in read(path)] == ["盐田收工"]


@pytest.mark.parametrize(
    "data", [LINE, TEXT, HTML, gzip.compress(LINE), zstandard.compress(HTML)], ids=range(5)
)
def test_standard_input(read, data):
    """What comes through - is told by its beginning, packed or not."""
    (article,) = read("-", stdin=io.BytesIO(data))
    assert article.title == "盐田收工"


def test_one_bad_file_does_not_stop_the_others(tmp_path, read):
    """A binary page, a missing file and a folder's bad file are named between articles."""
    (tmp_path / "a.jsonl").write_bytes(LINE)
    (tmp_path / "b.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    (tmp_path / "c.txt").write_bytes(TEXT)
    items = read(tmp_path, tmp_path / "missing.jsonl", tmp_path / "c.txt", "x\0y")
    assert codes(items) == ["article", "undecodable_text", "article", "unreadable", "article", "unreadable"]
    assert items[1].path == str(tmp_path / "b.html")
    assert items[3].reason == "does not exist"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux")
def test_a_file_that_fails_while_it_is_read(read):
    """An error of the system in the middle of a file is named with the system's reason."""
    (item,) = read("/proc/self/mem")
    assert (item.code, "cannot be read" in item.reason) == ("unreadable", True)


def test_an_unknown_kind_of_file(tmp_path, read):
    """A named file of an unknown ending that is no text is unsupported_format."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    assert codes(read(path)) == ["unsupported_format"]


def test_the_format_given_wins(tmp_path, read):
    """--format is believed over the name of a file."""
    path = tmp_path / "page.html"
    path.write_bytes(LINE)
    assert codes(read(path, format="jsonl")) == ["article"]
    assert codes(read(path)) == ["not_an_article"]


def test_wrong_use_is_said_before_anything_is_read(tmp_path, limits):
    """An unknown format and an empty folder raise at once, not in the middle of a run."""
    good = tmp_path / "a.jsonl"
    good.write_bytes(LINE)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnsupportedFormat):
        read_articles([str(good)], limits, format="pdf")
    with pytest.raises(NothingToRead):
        read_articles([str(good), str(tmp_path / "empty")], limits)


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_a_cut_archive_gives_its_whole_lines(tmp_path, read, compress):
    """What was read before the cut goes in, and the cut is named with its line."""
    lines = b"".join(
        LINE.replace("盐".encode(), f"盐{number * 7919 % 100_003}".encode()) for number in range(30_000)
    )
    path = tmp_path / "a.jsonl.packed"
    data = compress(lines)
    path.write_bytes(data[: len(data) * 9 // 10])
    items = read(path)
    assert len(items) > 1_000
    assert set(codes(items[:-1])) == {"article"}
    assert (items[-1].code, items[-1].place) == ("unreadable", f"line {len(items)}")


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".rss", ".tar"])
def test_a_short_file_that_is_cut(tmp_path, read, suffix):
    """What is whole is read also where the cut stands in what was looked at to tell the format."""
    whole = {
        ".jsonl": LINE,
        ".csv": "标题,正文\n盐田收工,木耙靠在墙边。\n".encode(),
        ".rss": FEED.replace(b"</channel></rss>", b""),
        ".tar": tar_of({"a.html": HTML})[:1_024],
    }[suffix]
    packer = zlib.compressobj(wbits=31)
    path = tmp_path / f"a{suffix}.gz"
    path.write_bytes(packer.compress(whole) + packer.flush(zlib.Z_SYNC_FLUSH))
    assert codes(read(path)) == ["article", "unreadable"]


def test_an_empty_file_is_noted(tmp_path, read):
    """An empty export is no mistake, but it is said."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"")
    assert read(path) == []
    assert [note.text for note in read.notes] == ["holds no article"]


def test_a_line_of_sixty_megabytes_takes_no_memory(tmp_path, read):
    """A line far above the limit is named and passed over in bounded memory."""
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(LINE + b'{"title":"')
        for _ in range(60):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n' + LINE)
    tracemalloc.start()
    items = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes(items) == ["article", "too_large", "article"]
    assert items[1].place == "line 2"
    assert peak < 40_000_000


@pytest.mark.limit("article_bytes")
def test_a_page_above_the_limit(tmp_path, read, limits):
    """A page of more bytes than an article may have is too_large."""
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    small = msgspec.structs.replace(limits, article_bytes=len(TEXT))
    assert codes(read(path, limits=small)) == ["article"]
    small = msgspec.structs.replace(limits, article_bytes=len(TEXT) - 1)
    assert codes(read(path, limits=small)) == ["too_large"]


def test_a_bomb_is_named(tmp_path, read, limits):
    """A file that unpacks above the limit gives what stood before it."""
    path = tmp_path / "a.jsonl.zst"
    path.write_bytes(zstandard.compress(LINE + b" " * 5_000_000))
    small = msgspec.structs.replace(limits, decompressed_bytes=1_000_000)
    assert codes(read(path, limits=small))[-1] == "too_large"


def test_progress_adds_up(tmp_path, read):
    """on_bytes hears in all what total_bytes announced."""
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINE * 5_000))
    (tmp_path / "b.txt").write_bytes(TEXT)
    heard = []
    assert len(read(tmp_path, on_bytes=heard.append)) == 5_001
    assert sum(heard) == total_bytes(find_inputs([str(tmp_path)]))


def test_a_reader_that_breaks(tmp_path, limits, monkeypatch):
    """A fault of a reader is named with the file, which is kept, and the next file is read."""

    def read(source):
        if source.whole() == TEXT:
            raise ZeroDivisionError("x")
        yield Article(id="1", title="题")

    for name, content in (("a.txt", TEXT), ("b.txt", b"b")):
        (tmp_path / name).write_bytes(content)
    row = Format("own", (".txt",), re.compile(b""), read)
    monkeypatch.setattr("wxsearch.ingest.intake.format_named", lambda _: row)
    items = list(Intake(limits).read(find_inputs([str(tmp_path)])))
    broken, _, good, _ = items
    assert (broken.code, broken.reason) == ("reading_failed", "broke its reader (ZeroDivisionError: x)")
    assert (broken.original, good.title) == (TEXT, "题")


def test_a_total_that_cannot_be_known(tmp_path):
    """Standard input and missing files have no size beforehand."""
    assert total_bytes(find_inputs(["-"])) is None
    assert total_bytes(find_inputs([str(tmp_path / "missing")])) is None


def test_articles_come_one_by_one(tmp_path, limits):
    """The first article is there before the rest of the input."""

    class Endless(io.RawIOBase):
        def read1(self, _size):
            return LINE

    items = read_articles(["-"], limits, stdin=Endless())
    assert isinstance(next(items), Article)
    items.close()
