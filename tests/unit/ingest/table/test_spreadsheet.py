"""Tables in HTML that are called spreadsheets."""

import msgspec
import pytest

from wxsearch.errors import IngestProblem
from wxsearch.ingest.table.columns import ColumnMap, Dialect
from wxsearch.ingest.table.spreadsheet import read
from wxsearch.models import Article

HEADER = "<tr><th>标题</th><th>发布时间</th><th>正文</th></tr>"
ROW = "<tr><td>{}</td><td>2024-06-03</td><td><p>开了。</p><p>散了。</p></td></tr>"
EXCEL = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><style>td {}</style></head>"
TABLE = f"<table>{HEADER}{ROW.format('早市')}{ROW.format('晚市')}</table>"


@pytest.fixture
def items(source):
    """Reads a file to a list of its items."""

    def run(text, codec="utf-8", columns=None, **options):
        made = source(text if isinstance(text, bytes) else text.encode(codec), **options)
        made.columns = columns
        return list(read(made))

    return run


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        f"{EXCEL}{TABLE}</html>",
        TABLE.replace("<table>", "<table><tr><td colspan=3>新闻导出</td></tr>"),
        f"<table><tr><td>导航</td></tr></table><div>{TABLE}</div>",
        TABLE.replace("th>", "td>").replace("</table>", "<tr><td></td></tr></table>"),
        TABLE.replace("<table>", "").replace("<tr>", "").replace("</tr>", "\n").replace("</table>", "")
        .replace("</th><th>", "\t").replace("</td><td>", "\t")
        .replace("<th>", "").replace("</th>", "").replace("<td>", "").replace("</td>", ""),
    ],
)  # fmt: skip
def test_a_row_is_an_article(items, text, codec):
    """Whatever stands around the table, and a text with tabs under that name, too."""
    found = items(text, codec)
    assert [(item.title, item.body, item.precision) for item in found] == [
        ("早市", "开了。\n散了。", "day"),
        ("晚市", "开了。\n散了。", "day"),
    ]


def test_a_table_in_a_cell_is_part_of_the_text(items):
    """Rows of a table inside a body are none of the table around it."""
    inner = "<table><tr><td>鱼</td><td>三元</td></tr></table>"
    (article,) = items(f"<table>{HEADER}<tr><td>早市</td><td></td><td>开了。{inner}</td></tr></table>")
    assert article.body == "开了。\n鱼 三元"


def test_columns_without_a_header(items):
    """A map names the columns of such a table by their numbers."""
    columns = ColumnMap(columns={"title": 1, "body": 3}, dialect=Dialect(header=False))
    found = items(f"<table>{ROW.format('早市')}</table>", columns=columns)
    assert [item.title for item in found] == ["早市"]


def test_a_bad_row_is_one_rejection(items):
    """It is named with its row and kept below the header, as a table that can be read alone."""
    bad = ROW.format("题" * 2_001)
    before, rejected, after = items(f"<table>{HEADER}{ROW.format('早市')}{bad}{ROW.format('晚市')}</table>")
    assert (before.title, after.title) == ("早市", "晚市")
    assert (rejected.code, rejected.place, "(column 标题)" in rejected.reason) == ("too_large", "row 3", True)
    (again,) = items(rejected.original)
    assert again.code == "too_large"


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(99), "unsupported_format", "is a workbook; save it as CSV"),
        (b"PK\x03\x04" + bytes(99), "unsupported_format", "is a workbook; save it as CSV"),
        (
            "<table><tr><td>甲</td><td>乙</td></tr></table>".encode(),
            "not_an_article",
            "first row is 甲, 乙; save",
        ),
        (b"<?xml version='1.0'?><Workbook/>", "not_an_article", "no table whose first row"),
        (b"<div>" * 2_001, "not_an_article", "nested"),
    ],
)
def test_what_is_no_such_table(items, data, code, reason):
    """It is refused as a whole, and the reason says what to do."""
    with pytest.raises(IngestProblem) as raised:
        items(data)
    assert (raised.value.code, reason in raised.value.detail) == (code, True)


@pytest.mark.limit("article_bytes")
def test_a_table_has_a_limit(items, limits):
    """It is held whole; one byte more than an article may have, and the reason asks for CSV."""
    size = len(TABLE.encode())
    found = items(TABLE, limits=msgspec.structs.replace(limits, article_bytes=size))
    assert [type(item) for item in found] == [Article, Article]
    with pytest.raises(IngestProblem, match="save it as CSV"):
        items(TABLE, limits=msgspec.structs.replace(limits, article_bytes=size - 1))
