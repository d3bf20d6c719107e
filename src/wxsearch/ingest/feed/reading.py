"""The format `feed`: RSS 2.0 and before, RSS 1.0 (RDF), Atom and JSON Feed, as files."""

import re
from collections.abc import Iterator

from wxsearch.errors import IngestProblem, TooLarge, UnsupportedFormat
from wxsearch.ingest.characters import REPLACEMENT, replace_unstorable, replaced_note
from wxsearch.ingest.encoding import decode, stream_codec, utf8_chunks
from wxsearch.ingest.feed import json_feed
from wxsearch.ingest.feed.entry import addresses, record_of
from wxsearch.ingest.feed.markup import Element, Prefixes, parse_beginning, parse_entry
from wxsearch.ingest.feed.pieces import feed_pieces
from wxsearch.ingest.fragment import title_text
from wxsearch.ingest.record import Record
from wxsearch.ingest.source import Item, Source

# Atomic, so that no beginning is tried in more ways than one.
_BEFORE_ROOT = rb"(?>(?:\xef\xbb\xbf)?(?:\s|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE[^>\[]*+>)*+)"
# XML that is no page, the first element of a feed, or a JSON Feed.
BEGINNING = re.compile(
    rb"(?=(?:\xef\xbb\xbf)?\s*+<\?xml\s)" + _BEFORE_ROOT + rb"<(?!html\b|!DOCTYPE\s+html\b)"
    rb"|" + _BEFORE_ROOT + rb"<(?:rss|feed|(?:rdf:)?RDF)[\s>]"
    rb"|" + json_feed.BEGINNING.pattern,
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(_BEFORE_ROOT + rb"<([A-Za-z_][\w.:-]{0,60})", re.DOTALL)
_ROOTS = ("rss", "feed", "RDF")
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.-]{1,40})")
_HEAD_BYTES = 4_096
_TELLING_BYTES = 65_536
# Control characters are in no encoding part of another character; NUL is kept apart, to be shown.
_CONTROLS = bytes.maketrans(bytes(range(9)) + b"\x0b\x0c" + bytes(range(14, 32)), b"\x7f" + b" " * 28)


def read(source: Source) -> Iterator[Item]:
    """The articles of a feed; what cannot be read is named with its item. Raises IngestProblem."""
    head = source.head(_HEAD_BYTES)
    is_json = json_feed.BEGINNING.match(head)
    records = json_feed.read_records(source) if is_json else _xml_records(source, head)
    number = 0
    try:
        for number, (record, alone) in enumerate(records, 1):
            try:
                if isinstance(record, IngestProblem):
                    raise record
                clean, count = replace_unstorable(record)
                if count:
                    source.note(replaced_note(count), f"item {number}")
                item: Item = source.article(clean, "item", number)
            except IngestProblem as problem:
                item = source.rejection(problem, f"item {number}", alone)
            yield item
    except IngestProblem as problem:
        if not number:
            raise
        yield source.rejection(problem, f"item {number + 1}", source.original())


def _xml_records(source: Source, head: bytes) -> Iterator[tuple[Record | IngestProblem, bytes | None]]:
    """The records of the entries, each with the feed that it would be alone, if that is not too large."""
    if (root := _ROOT.match(head)) and not root[1].endswith(tuple(map(str.encode, _ROOTS))):
        raise _no_feed(root[1].decode("ascii", "replace"))
    encoding = _ENCODING.search(head)
    declared = encoding and encoding[1].decode("ascii")
    codec = stream_codec(source.peek(_TELLING_BYTES), declared)
    if codec != "utf-8":
        source.chunks = utf8_chunks(source.chunks, codec)
    limit = source.limits.article_bytes
    pieces = feed_pieces(source.chunks, limit)
    beginning = next(pieces) or b""
    prefixes = Prefixes()
    base, title = _channel(parse_beginning(_text(beginning, declared).lstrip("\ufeff\n\r\t "), prefixes))
    end = b"</%b>" % (root[1] if root else b"rss")
    for piece in pieces:
        alone = None if piece is None else beginning + piece + end
        try:
            if piece is None:
                raise TooLarge(f"is larger than {limit} bytes (limits.article_bytes)")
            if nuls := piece.count(b"\0"):
                source.note(replaced_note(nuls))
            yield record_of(parse_entry(_text(piece, declared), prefixes), base, title), alone
        except IngestProblem as problem:
            yield problem, alone


def _text(data: bytes, declared: str | None) -> str:
    return decode(data.translate(_CONTROLS), declared).replace("\x7f", REPLACEMENT)


def _channel(top: Element) -> tuple[str, str | None]:
    """What the addresses of a feed are relative to, and its title."""
    root = next(iter(top.children), None)
    if root is None or root.name.rpartition(":")[2] not in _ROOTS:
        raise _no_feed(root.name if root else None)
    channel = next(root.all("channel"), root)
    title = title_text(channel.first("title") or "") or None
    return root.attributes.get("xml:base") or next(addresses(channel), ""), title


def _no_feed(root: str | None) -> UnsupportedFormat:
    what = f"is XML that begins with <{root}>" if root else "is no XML"
    return UnsupportedFormat(f"{what}, and no feed; feeds are RSS, RDF, Atom and JSON Feed")
