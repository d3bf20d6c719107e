import pytest

from wxsearch.errors import UndecodableText
from wxsearch.ingest.encoding import decode, is_binary, stream_codec

TEXT = "海风吹过盐田，工人收起了木耙。\n第二段：价格每吨四百元。"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_the_encodings_of_chinese_pages(codec):
    """UTF-8 and UTF-16 with their marks, and GB18030 need no declaration."""
    assert decode(TEXT.encode(codec)) == TEXT


def test_chinese_in_seven_bits():
    """HZ is read where it gives Chinese; other texts in which ~{ stands are what they are."""
    assert decode(TEXT.encode("hz")) == TEXT
    for plain in (b"\\def~{x}~{y} = a~{b}", b"a ~{ b", b"~{!!~}~{}", b"a ~{name~} b"):
        assert decode(plain) == plain.decode()


def test_all_of_gb18030():
    """Characters of four bytes are read, not only those of GBK."""
    rare = "㐀𠮷€ 与 龘"
    assert decode(rare.encode("gb18030")) == rare


@pytest.mark.parametrize("declared", ["gb2312", "iso-8859-1", "nonsense", None])
def test_valid_utf8_is_utf8_whatever_is_declared(declared):
    """A page of UTF-8 that declares something else is read as what it is."""
    assert decode(TEXT.encode(), declared) == TEXT


def test_a_declaration_tells_what_bytes_cannot():
    """Big5 is read where a page declares it, and gb2312 stands for all of GB18030."""
    assert decode("漁港的清晨".encode("big5"), "Big5") == "漁港的清晨"
    assert decode("㐀字".encode("gb18030"), "GB2312") == "㐀字"


def test_a_damaged_character_does_not_spoil_a_page():
    """One bad byte in a page of UTF-8 is one replaced character."""
    data = (TEXT * 3).encode()
    assert decode(data[:30] + b"\xff" + data[30:]) == TEXT[:10] + "\ufffd" + TEXT[10:] + TEXT * 2


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"0" * 50,
        b"\xff\xd8\xff\xe0JFIF",
        b"GIF89a...",
        b"PK\x03\x04 a zip",
        b"%PDF-1.7 text",
        b"abc\0def",
        bytes(range(256)) * 4,
    ],
)
def test_what_is_no_text_is_refused(data):
    """Images, archives and bytes full of control characters are UndecodableText."""
    assert is_binary(data)
    with pytest.raises(UndecodableText):
        decode(data)


def test_a_stray_nul_in_a_long_text_is_text():
    """One control character in a page does not make it a program."""
    assert not is_binary(TEXT.encode() * 10 + b"\0")


def test_bytes_in_no_encoding_are_refused():
    """High bytes that mean nothing anywhere are UndecodableText."""
    with pytest.raises(UndecodableText):
        decode(b"\xff\xfe\xfd\x80\xff"[2:] * 400)


def test_empty_is_text():
    """No bytes are no characters."""
    assert decode(b"") == ""


def test_the_encoding_of_a_stream():
    """A stream is told by its beginning, also where that ends in the middle of a character."""
    text = "<p>山訊</p>\n<p>集市開了，舟回來了。</p>\n一"
    for codec, declared in (("utf-8", "gbk"), ("gb18030", None), ("gb18030", "utf-8"), ("big5hkscs", "big5")):
        data = text.encode(codec)
        assert [stream_codec(data[: len(data) - cut], declared) for cut in (0, 1)] == [codec, codec]
    assert stream_codec(b"abc") == stream_codec(b"") == stream_codec(b"\xff" * 99) == "utf-8"
