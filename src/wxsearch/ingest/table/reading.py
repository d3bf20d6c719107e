"""The format `csv`: one article a row, in CSV, TSV or any text with a delimiter."""

from collections.abc import Iterator
from itertools import chain

from wxsearch.errors import IngestProblem
from wxsearch.ingest.encoding import stream_codec, utf8_chunks
from wxsearch.ingest.source import Item, Source
from wxsearch.ingest.table.columns import USUAL_COLUMNS
from wxsearch.ingest.table.layout import Layout
from wxsearch.ingest.table.row import record_of
from wxsearch.ingest.table.rows import Row, read_rows

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
    if isinstance(first.cells, IngestProblem):
        raise first.cells
    if columns.dialect.header:
        header = first.original
        layout = Layout(columns, [cell.strip("\ufeff \t") for cell in first.cells])
    else:
        header = b""
        layout = Layout(columns, [f"column {number}" for number in range(1, len(first.cells) + 1)])
        rows = chain((first,), rows)
    yield from _articles(source, rows, layout, header)


def _articles(source: Source, rows: Iterator[Row], layout: Layout, header: bytes) -> Iterator[Item]:
    """A row that is rejected is kept below the header, as a table of one row."""
    encoding = source.columns.dialect.encoding if source.columns else ""
    line = 0
    try:
        for line, cells, original in rows:
            try:
                if isinstance(cells, IngestProblem):
                    raise cells
                item: Item = source.article(record_of(cells, layout), "line", line)
            except IngestProblem as problem:
                named = type(problem)(problem.detail + layout.column_in(problem.detail))
                alone = (header + original).decode("utf-8", "replace").encode(encoding or "utf-8", "replace")
                item = source.rejection(named, f"line {line}", alone)
            yield item
    except IngestProblem as problem:
        yield source.rejection(problem, f"after line {line}", source.original())
