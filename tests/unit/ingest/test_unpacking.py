import gzip
import io

import pytest
import zstandard

from wxsearch.errors import TooLarge, Unreadable
from wxsearch.ingest.unpacking import unpacked_chunks

DATA = b"".join(b"line %d\n" % number for number in range(40_000))


def unpack(data, limit=1 << 30, name=""):
    return b"".join(unpacked_chunks(io.BytesIO(data), limit, name))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
@pytest.mark.parametrize("data", [b"", b"a", DATA], ids=len)
def test_content_is_unpacked_by_what_it_is(pack, data):
    """Plain, gzip and zstd bytes come out the same, without a name to tell."""
    assert unpack(pack(data)) == data


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_all_members_of_a_file_are_read(pack):
    """Compressed files laid end to end are one file."""
    assert unpack(pack(DATA) + pack(b"") + pack(b"end")) == DATA + b"end"


def test_frames_to_be_skipped_are_skipped():
    """Zstd's frames of other programs' data hold none of the content."""
    skipped = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"12345"
    packed = skipped + zstandard.compress(b"a") + skipped + zstandard.compress(b"b") + skipped
    assert unpack(packed) == b"ab"


def test_padding_after_gzip_is_no_damage():
    """Zeros that fill up a block after the last member are passed over."""
    assert unpack(gzip.compress(DATA) + b"\0" * 700) == DATA


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
@pytest.mark.parametrize("cut", [5, 1_000, -1])
def test_a_cut_file_gives_what_it_has_and_is_named(pack, cut):
    """What can be unpacked before the cut is yielded, then Unreadable is raised."""
    got = b""
    with pytest.raises(Unreadable, match="end too early"):  # noqa: PT012 (the bytes before the error count)
        for chunk in unpacked_chunks(io.BytesIO(pack(DATA)[:cut]), 1 << 30):
            got += chunk
    assert DATA.startswith(got)
    assert cut != -1 or len(got) > 0


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor(write_checksum=True).compress])
def test_damage_is_named(pack):
    """Bytes changed inside compressed data are Unreadable, never another text."""
    packed = bytearray(pack(DATA))
    packed[len(packed) // 2] ^= 0x55
    packed[len(packed) // 2 + 1] ^= 0x55
    with pytest.raises(Unreadable):
        unpack(bytes(packed))


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_bomb_stops_at_the_limit(pack):
    """Unpacking ends above the limit, with no more than a few pieces in memory."""
    sizes = []
    with pytest.raises(TooLarge, match="decompressed_bytes"):  # noqa: PT012 (the sizes before the error count)
        for chunk in unpacked_chunks(io.BytesIO(pack(bytes(200_000_000))), 50_000_000):
            sizes.append(len(chunk))  # noqa: PERF401
    assert 0 < sum(sizes) <= 50_000_000
    assert max(sizes) <= 32 << 20


@pytest.mark.limit("decompressed_bytes")
@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_file_may_unpack_to_its_limit(pack):
    """All bytes that are allowed come out; one more is TooLarge."""
    assert unpack(pack(DATA), len(DATA)) == DATA
    with pytest.raises(TooLarge, match="decompressed_bytes"):
        unpack(pack(DATA), len(DATA) - 1)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.ZST"])
def test_a_name_that_promises_compression_must_keep_it(name):
    """A file named .gz or .zst that is neither is Unreadable."""
    with pytest.raises(Unreadable, match="named"):
        unpack(b"plain", name=name)


def test_progress_counts_the_bytes_of_the_file():
    """What on_bytes hears adds up to the size on disk, not to that of the content."""
    packed = zstandard.compress(DATA)
    heard = []
    assert b"".join(unpacked_chunks(io.BytesIO(packed), 1 << 30, "", heard.append)) == DATA
    assert sum(heard) == len(packed)
