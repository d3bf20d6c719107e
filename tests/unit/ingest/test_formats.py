import pytest

from wxsearch.errors import UnsupportedFormat
from wxsearch.ingest.formats import FORMATS, format_beginning, format_named, format_of


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'{"title": "x"}', "jsonl"),
        (b'\xef\xbb\xbf \n[{"title": 1}]', "jsonl"),
        ('{"title"'.encode("utf-16"), "jsonl"),
        (b"{\n", "text"),
        ("[新华社] 题".encode(), "text"),
        (b"<!DOCTYPE html>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"\n <p>x", "html"),
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", "xls"),
        ("<深水>号".encode(), "text"),
        (b"", "text"),
        (b'<?xml version="1.0"?>\n<!-- made by hand --><rss version="2.0">', "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"\xef\xbb\xbf<rdf:RDF xmlns:rdf='x'>", "feed"),
        ('<?xml version="1.0" encoding="utf-16"?><rss>'.encode("utf-16"), "feed"),
        (b'<?xml version="1.0"?><urlset>', "feed"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>', "feed"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html>', "html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "html"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (b'{"title": "x", "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', "feed"),
        (b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x", "mhtml"),
        (b"From: <x>\r\n\r\nContent-Type: multipart/related", "text"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (b"a.html" + bytes(251) + b"ustar\x0000", "tar"),
    ],
)
def test_a_content_is_told_by_its_beginning(head, name):
    """An object of JSON, a tag, or anything else: lines, page, text."""
    assert format_beginning(head).name == name


def test_what_is_no_text_has_no_format():
    """Binary content without a telling name is UnsupportedFormat."""
    with pytest.raises(UnsupportedFormat, match="jsonl, xls, html, mhtml, csv, text"):
        format_beginning(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "WARC"),
        (b"Subject: x\r\nFrom: a\r\n b\r\nMIME-Version: 1.0\r\n\r\nText", "mail"),
        (b"From a@b.example Mon Jun  3 08:00:00 2024\nReceived: from x\n", "mail"),
    ],
)
def test_texts_that_are_no_articles(head, reason):
    """Archives of the web and mail are refused rather than read with their headers."""
    with pytest.raises(UnsupportedFormat, match=reason):
        format_beginning(head)


def test_labels_of_a_text_are_no_mail():
    """A text may begin with names and colons, also one that says From."""
    assert format_beginning("From: 渡口\nSubject: 早晨\n\nReceived: 天亮了。".encode()).name == "text"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/b.jsonl", "jsonl"),
        ("b.JSON.GZ", "jsonl"),
        ("x.tar.zst", "tar"),
        ("x.TGZ", "tar"),
        ("x.zip", "zip"),
        ("x.rss", "feed"),
        ("x.csv.gz", "csv"),
        ("x.mht", "mhtml"),
        ("x.XLS", "xls"),
        ("b.ndjson.zst", "jsonl"),
        ("b.htm", "html"),
        ("b.text", "text"),
        ("b", None),
        (".txt", None),
        ("b.pdf", None),
        ("dir.txt/b", None),
    ],
)
def test_a_file_is_told_by_its_name(path, name):
    """The ending counts, in any letter case, with that of compression taken off."""
    found = format_of(path)
    assert (found.name if found else None) == name


def test_a_format_is_chosen_by_name():
    """Every row has its name, auto is none of them, and others are refused with the list."""
    assert [format_named(row.name) for row in FORMATS] == list(FORMATS)
    assert format_named("auto") is None
    with pytest.raises(UnsupportedFormat, match="auto, zip, tar, feed, jsonl, xls, html, mhtml, csv, text"):
        format_named("pdf")
