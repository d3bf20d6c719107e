"""The format `csv`: one article a row, in CSV, TSV or any text with a delimiter."""

from collections.abc import Iterator
from itertools import chain

from wxsearch.errors import IngestProblem
from wxsearch.ingest.encoding import stream_codec, utf8_chunks
from wxsearch.ingest.record import article_of
from wxsearch.ingest.source import Item, Source
from wxsearch.ingest.table.columns import USUAL_COLUMNS
from wxsearch.ingest.table.layout import Layout
from wxsearch.ingest.table.row import record_of
from wxsearch.ingest.table.rows import Cells, read_rows

_TELLING_BYTES = 65_536


def read(source: Source) -> Iterator[Item]:
    """The articles of a table; what cannot be read is named with its line. Raises IngestProblem."""
    columns = source.columns or USUAL_COLUMNS
    codec = columns.dialect.encoding or stream_codec(source.head(_TELLING_BYTES))
    if codec != "utf-8":
        source.chunks = utf8_chunks(source.chunks, codec)
    rows = read_rows(source, columns.dialect)
    first = next(rows, None)
    if first is None:
        return
    if isinstance(first[1], IngestProblem):
        raise first[1]
    if columns.dialect.header:
        layout = Layout(columns, [cell.strip("\ufeff \t") for cell in first[1]])
    else:
        layout = Layout(columns, [f"column {number}" for number in range(1, len(first[1]) + 1)])
        rows = chain((first,), rows)
    yield from _articles(source, rows, layout)


def _articles(
    source: Source, rows: Iterator[tuple[int, Cells | IngestProblem]], layout: Layout
) -> Iterator[Item]:
    line = 0
    try:
        for line, cells in rows:
            try:
                if isinstance(cells, IngestProblem):
                    raise cells
                item: Item = article_of(record_of(cells, layout), source.limits)
            except IngestProblem as problem:
                named = type(problem)(problem.detail + layout.column_in(problem.detail))
                item = source.rejection(named, f"line {line}")
            yield item
    except IngestProblem as problem:
        yield source.rejection(problem, f"after line {line}")
