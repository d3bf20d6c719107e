"""The format `jsonl`: one article a line, as JSON; also one array, or one object."""

import re
from collections.abc import Iterator
from typing import Any

from wxsearch.errors import IngestProblem, TooLarge
from wxsearch.ingest.characters import replace_unstorable, replaced_note
from wxsearch.ingest.feed import json_feed
from wxsearch.ingest.feed import reading as feed
from wxsearch.ingest.json_document import is_document, read_values
from wxsearch.ingest.json_values import as_object, read_object
from wxsearch.ingest.lines import LineDecoder, split_lines
from wxsearch.ingest.source import Item, Source
from wxsearch.ingest.usual_keys import UsualKeys

# Only an escape can bring NUL or a surrogate into JSON that was decoded.
_SUSPECT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
# So much tells whether a file is read by lines: the first one may hold the text of an article.
_HEAD_BYTES = 65_536


def read(source: Source) -> Iterator[Item]:
    """The articles of a file; what cannot be read is named with its line or item."""
    head = source.head(_HEAD_BYTES)
    if json_feed.BEGINNING.match(head):
        return feed.read(source)
    return _from_document(source) if is_document(head) else _from_lines(source)


def _from_lines(source: Source) -> Iterator[Item]:
    limits = source.limits
    lines = LineDecoder()
    keys = UsualKeys()
    number = 0
    try:
        for number, line in split_lines(source.chunks, limits.article_bytes):
            try:
                if line is None:
                    raise TooLarge(f"is longer than {limits.article_bytes} bytes (limits.article_bytes)")
                text = lines.decode(line)
                if text.isspace() or not text:
                    continue
                record = read_object(text)
                if _SUSPECT.search(text):
                    record = _replaced(record, source, f"line {number}")
                item: Item = source.article(keys.record(record), "line", number, record.keys())
            except IngestProblem as problem:
                item = source.rejection(problem, f"line {number}", line)
            yield item
    except IngestProblem as problem:
        yield source.rejection(problem, f"line {number + 1}", source.original())


def _from_document(source: Source) -> Iterator[Item]:
    keys = UsualKeys()
    number = 0
    try:
        for number, (value, text) in enumerate(read_values(source.chunks, source.limits.article_bytes), 1):
            if isinstance(value, IngestProblem):
                yield source.rejection(value, f"item {number}", source.original())
                return
            try:
                record = _replaced(as_object(value), source, f"item {number}")
                item: Item = source.article(keys.record(record), "item", number, record.keys())
            except IngestProblem as problem:
                item = source.rejection(problem, f"item {number}", text.encode("utf-8", "surrogatepass"))
            yield item
    except IngestProblem as problem:
        yield source.rejection(problem, f"item {number + 1}", source.original())


def _replaced(record: dict[str, Any], source: Source, place: str) -> dict[str, Any]:
    clean, count = replace_unstorable(record)
    if count:
        source.note(replaced_note(count), place)
    return clean  # type: ignore[no-any-return]
