"""The formats that can be read, in one table.

To add one: write a file beside text.py with a function `read(source)` that yields
articles and rejections, and add its row. tests/contract/test_formats.py then asks of
it what it asks of all.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from wxsearch.errors import UnsupportedFormat
from wxsearch.ingest import html, jsonl, saved_page, text
from wxsearch.ingest.archive import tar_archive, zip_archive
from wxsearch.ingest.encoding import is_binary
from wxsearch.ingest.feed import reading as feed
from wxsearch.ingest.source import Item, Source
from wxsearch.ingest.table import reading as table
from wxsearch.ingest.table import spreadsheet
from wxsearch.ingest.unpacking import PACKED_SUFFIXES


class Format(NamedTuple):
    """A row: how a format is called, how its files are named, how their content begins.

    What an archive reads is sources of their own, its members.
    """

    name: str
    suffixes: tuple[str, ...]
    beginning: re.Pattern[bytes]
    read: Callable[[Source], Iterator[Item | Source]]
    is_archive: bool = False


# In the order in which beginnings are tried; the last takes any text.
FORMATS: tuple[Format, ...] = (
    Format("zip", (".zip",), re.compile(rb"PK(?:\x03\x04|\x05\x06)"), zip_archive.read, is_archive=True),
    Format(
        "tar",
        (".tar", ".tgz", ".tzst"),
        re.compile(rb".{257}ustar", re.DOTALL),
        tar_archive.read,
        is_archive=True,
    ),
    Format("feed", (".rss", ".atom", ".rdf", ".xml"), feed.BEGINNING, feed.read),
    Format("jsonl", (".jsonl", ".ndjson", ".json"), re.compile(rb'\s*(?:\{\s*["}]|\[\s*[{\]])'), jsonl.read),
    Format("xls", (".xls",), spreadsheet.BEGINNING, spreadsheet.read),
    Format("html", (".html", ".htm", ".shtml", ".xhtml"), re.compile(rb"\s*<[!?a-zA-Z]"), html.read),
    Format("mhtml", (".mhtml", ".mht"), saved_page.BEGINNING, saved_page.read),
    # Any line may begin a table: only a name or --format tells one.
    Format("csv", (".csv", ".tsv", ".tab"), re.compile(rb"(?!)"), table.read),
    Format("text", (".txt", ".text"), re.compile(rb""), text.read),
)
NAMES = ("auto", *(row.name for row in FORMATS))
HEAD_BYTES = 4_096
# What is a text by its bytes, and no article: of it nothing is read rather than its headers.
_NO_ARTICLES = (
    (re.compile(rb"WARC/\d"), "is a web archive (WARC)"),
    (
        re.compile(
            rb"(?:From \S++ [^\n]*+\n)?+"
            rb"(?:(?!Message-ID|MIME-Version|Received)[A-Z][A-Z-]{1,40}+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*+"
            rb"(?:Message-ID|MIME-Version|Received):",
            re.IGNORECASE,
        ),
        "is mail",
    ),
)


def format_named(name: str) -> Format | None:
    """The row of a name, None for `auto`; raises UnsupportedFormat."""
    if name == "auto":
        return None
    for row in FORMATS:
        if row.name == name:
            return row
    raise UnsupportedFormat(f"there is no format {name!r}; there are {', '.join(NAMES)}")


def format_of(path: str) -> Format | None:
    """The format that a file's name tells, compressed or not."""
    suffix = suffix_of(path)
    return next((row for row in FORMATS if suffix in row.suffixes), None)


def suffix_of(path: str) -> str:
    """The ending of a file's name in small letters, that of compression taken off."""
    name = path.replace("\\", "/").rpartition("/")[2].lower()
    for packed in PACKED_SUFFIXES:
        name = name.removesuffix(packed)
    stem, dot, ending = name.rpartition(".")
    return dot + ending if stem else ""


def format_beginning(head: bytes) -> Format:
    """The format that a content begins like; raises UnsupportedFormat where none can read it."""
    for row in FORMATS:
        if row.is_archive and row.beginning.match(head):
            return row
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not utf16 and is_binary(head):
        raise UnsupportedFormat(f"is no text and no archive; the formats are {', '.join(NAMES[1:])}")
    # The bytes of UTF-16 without NUL are enough to recognise ASCII.
    plain = head[2:].replace(b"\0", b"") if utf16 else head.removeprefix(codecs.BOM_UTF8)
    found = next(row for row in FORMATS if row.beginning.match(plain))
    if found.name == "text":
        for beginning, what in _NO_ARTICLES:
            if beginning.match(plain):
                raise UnsupportedFormat(f"{what}, which is not read; the pages or texts in it are, as files")
    return found
