"""The format `xls`: what back ends save under the name of a spreadsheet, a table in HTML or a text."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wxsearch.errors import IngestProblem, InvalidArticle, NotAnArticle, TooLarge, UnsupportedFormat
from wxsearch.ingest import html
from wxsearch.ingest.fragment import html_paragraphs
from wxsearch.ingest.nesting import is_deeper
from wxsearch.ingest.source import Item, Source
from wxsearch.ingest.table import reading
from wxsearch.ingest.table.columns import USUAL_COLUMNS, ColumnMap
from wxsearch.ingest.table.layout import Layout
from wxsearch.ingest.table.row import record_of

# HTML that Excel itself has written, whatever it is called.
BEGINNING = re.compile(
    rb"(?=.{0,1000}urn:schemas-microsoft-com:office:excel)\s*+<html\b", re.DOTALL | re.IGNORECASE
)
_WORKBOOK = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")
_MARKUP = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s\0]*+<")
_HEAD_BYTES = 4_096
_DEEPEST = 2_000
# Where a header is looked for: tables of a page, and first rows of each, above which a caption may stand.
_MOST_TABLES = 20
_MOST_CAPTIONS = 3
_AS_CSV = "save it as CSV, which is read row by row"


class _Table(NamedTuple):
    """A table with its header as HTML, and the rows below with their numbers, from 1."""

    layout: Layout
    header: str
    rows: Iterator[tuple[int, LexborNode]]


def read(source: Source) -> Iterator[Item]:
    """The articles of a table, one a row; what cannot be read is named with its row. Raises IngestProblem."""
    head = source.peek(_HEAD_BYTES)
    if head.startswith(_WORKBOOK):
        raise UnsupportedFormat(f"is a workbook; {_AS_CSV}")
    if not _MARKUP.match(head):
        yield from reading.read(source)
        return
    try:
        text = html.page_text(source)
    except TooLarge as problem:
        raise TooLarge(f"{problem.detail}; {_AS_CSV}") from None
    if is_deeper(text, _DEEPEST):
        raise NotAnArticle(f"is nested more than {_DEEPEST} elements deep")
    # The tree has to live as long as its nodes.
    tree = LexborHTMLParser(text)
    table = _find_table(tree, source.columns or USUAL_COLUMNS)
    for number, row in table.rows:
        try:
            cells = _cells(row)
            if not any(cells):
                continue
            item: Item = source.article(record_of(cells, table.layout), "row", number)
        except IngestProblem as problem:
            named = type(problem)(problem.detail + table.layout.column_in(problem.detail))
            alone = f"<table>{table.header}{row.html}</table>".encode("utf-8", "replace")
            item = source.rejection(named, f"row {number}", alone)
        yield item


def _find_table(tree: LexborHTMLParser, columns: ColumnMap) -> _Table:
    """The first table of which one of the first rows names a title or a text."""
    seen: Sequence[str] = ()
    for table in tree.css("table")[:_MOST_TABLES]:
        rows = enumerate(_rows(table), 1)
        for number, row in islice(rows, _MOST_CAPTIONS):
            cells = _cells(row)
            if not columns.dialect.header:
                names = [f"column {place}" for place in range(1, len(cells) + 1)]
                return _Table(Layout(columns, names), "", enumerate(_rows(table), number))
            try:
                return _Table(Layout(columns, cells), row.html or "", rows)
            except InvalidArticle:
                seen = seen or cells
    shown = ", ".join(" ".join(cell[:40].split()) for cell in seen[:20])
    raise NotAnArticle(
        "has no table whose first row names a title or a text"
        + (f"; its first row is {shown}" if shown else "")
        + f"; {_AS_CSV}"
    )


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """The rows of a table itself, not those of tables in its cells."""
    for part in table.iter():
        if part.tag == "tr":
            yield part
        elif part.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in part.iter() if row.tag == "tr")


def _cells(row: LexborNode) -> list[str]:
    return [html_paragraphs(cell.html or "") for cell in row.iter() if cell.tag in {"td", "th"}]
