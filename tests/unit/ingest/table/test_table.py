"""Tables as programs and people export them."""

import time
import tracemalloc

import msgspec
import pytest

from support.memory import peak_of
from wxsearch.errors import IngestProblem, InvalidArticle, InvalidSettings, Unreadable
from wxsearch.ingest.table.columns import load_columns
from wxsearch.ingest.table.reading import read
from wxsearch.models import Article, Link, Rejection

HEADER = "标题,正文,发布时间\n"


@pytest.fixture
def items(source, tmp_path):
    """Reads a table by a map to a list of its items, noting what is said."""

    def run(text, columns=None, codec="utf-8", **options):
        made = source(text.encode(codec), **options)
        if columns is not None:
            path = tmp_path / "map.toml"
            path.write_text(columns, encoding="utf-8")
            made.columns = load_columns(path)
        found = list(read(made))
        run.notes = [note.text for note in made.notes]
        return found

    return run


def test_usual_names_are_understood(items):
    """Columns are known by the names that exports give them; the others are kept."""
    (article,) = items(
        "编号,标题,内容,发布时间,来源,栏目,作者,链接,关键词,浏览量,\n"
        "n7,集市,<p>天亮了。</p><p>集市开了。</p>,2024/6/3 8:05,镇报,首页>市井,白露,"
        "http://t.example/7,集 市,120,\n"
    )
    assert article == Article(
        id="n7",
        url="http://t.example/7",
        title="集市",
        body="天亮了。\n集市开了。",
        published="2024-06-03T08:05:00+08:00",
        precision="minute",
        source="镇报",
        breadcrumb=("首页", "市井"),
        author="白露",
        keywords=("集", "市"),
        extra={"浏览量": "120"},
    )


@pytest.mark.parametrize(
    "header", ["Title,Content,Publish_Time", "【标题】,正文：,发布 时间", "headline,text,date"]
)
def test_names_in_other_spellings(items, header):
    """Letter case, blanks and marks in a name do not count."""
    (article,) = items(f"{header}\n集市,开了。,2024-06-03\n")
    assert (article.title, article.body, article.precision) == ("集市", "开了。", "day")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_delimiters(items, codec, delimiter, end):
    """What Excel writes in China and elsewhere, found out from the table itself."""
    rows = (HEADER + '集市,"一\n""二"", 三",2024-06-03\n').replace("\n", end)
    text = rows.replace(",", delimiter).replace(f"{delimiter} 三", ", 三")
    (article,) = items(text, codec=codec, chunk=5)
    assert (article.title, article.body) == ("集市", '一\n"二", 三')


def test_a_delimiter_that_excel_names(items):
    """A first line `sep=;` is no header."""
    assert items("sep=;\n标题;正文\n集市;开,了。\n")[0].body == "开,了。"


def test_a_map_of_columns(items):
    """A map joins columns, sets constants, and says how times and lists are written."""
    columns = """
[columns]
title = "标题"
body = ["导语", "正文"]
published = ["日", "时"]
breadcrumb = ["频道", "子频道"]
keywords = "词"
next = "后文"
[constants]
source = "镇报"
author = "无名"
[dialect]
delimiter = ";"
quote = "'"
encoding = "big5"
date_formats = ["%d.%m.%Y %H:%M"]
keywords_separator = "+"
"""
    text = (
        "標;日;时;频道;子频道;标题;导语;正文;词;后文\n".replace("标题", "題").replace("时", "時")
        .replace("频", "頻").replace("导语", "導語").replace("词", "詞").replace("后", "後")
        + "甲;03.06.2024;08:05;新聞;;集市;'導;語';正文;甲 乙+丙;晚市\n"
    )  # fmt: skip
    columns = (
        columns.replace("标题", "題").replace("时", "時").replace("频", "頻").replace("导语", "導語")
        .replace("词", "詞").replace("后", "後")
    )  # fmt: skip
    (article,) = items(text, columns, codec="big5")
    assert (article.title, article.body, article.breadcrumb) == ("集市", "導;語\n正文", ("新聞",))
    assert (article.published, article.precision) == ("2024-06-03T08:05:00+08:00", "minute")
    assert (article.source, article.author, article.keywords) == ("镇报", "无名", ("甲 乙", "丙"))
    assert (article.next, article.extra) == (Link("晚市"), {"標": "甲"})


def test_a_map_without_a_header(items):
    """Columns may be named by their numbers."""
    text = "7,集市,开了。\n8,晚市,散了。\n"
    one, two = items(text, "columns = {id = 1, title = 2, body = 3}\ndialect = {header = false}")
    assert (one.id, one.title, two.body, two.extra) == ("7", "集市", "散了。", {})


def test_quotes_may_be_plain_characters(items):
    """Tables of databases do not quote; a map says so."""
    (article,) = items(
        'title\tbody\n"十四五"规划\t"a\n', 'columns = {title = 1, body = 2}\ndialect = {quote = ""}'
    )
    assert (article.title, article.body) == ('"十四五"规划', '"a')


@pytest.mark.parametrize(
    ("row", "code", "reason"),
    [
        ("集市,开了。", "invalid_article", "has 2 columns, the header has 3"),
        ("集市,开了。,2024-06-03,x", "invalid_article", "has 4 columns"),
        (",,2024-06-03", "invalid_article", "both missing"),
        ("题" * 2_001 + ",x,", "too_large", "(column 标题)"),
        ('集市,"开"了",', "invalid_article", "is no row of a table"),
    ],
)
def test_a_bad_row_is_named_with_its_line(items, row, code, reason):
    """What is wrong with a row rejects that row, by line and column; rows around are read."""
    before, bad, after = items(f'{HEADER}早市,"一\n\n二",\n{row}\n晚市,散了。,\n')
    assert (before.title, after.title) == ("早市", "晚市")
    assert (bad.code, bad.place, reason in bad.reason) == (code, "line 5", True)


def test_a_side_cell_that_cannot_be_read(source):
    """The article is kept without it, and a note for counting says which field and where."""
    made = source(
        "标题,正文,链接,发布时间\n甲,文。,/news/1.html,0000-00-00 00:00:00\n乙,文。,,昨天\n".encode()
    )
    assert [(item.title, item.url, item.published) for item in read(made)] == [
        ("甲", None, None),
        ("乙", None, None),
    ]
    assert [(note.code, note.field, note.place) for note in made.notes] == [
        ("field_left_out", "url", "line 2"),
        ("field_left_out", "published", "line 3"),
    ]


def test_empty_cells_at_the_end_are_no_columns(items):
    """Spreadsheets leave delimiters behind; empty rows are none."""
    assert len(items(HEADER + "早市,一,,,,\n,,,,\n\n晚市,二,\n")) == 2


def test_a_quote_without_an_end(items):
    """A table that ends inside a quoted cell has lost something, and says so."""
    whole, cut = items(HEADER + '早市,一,\n晚市,"二\n三\n')
    assert (whole.title, cut.place) == ("早市", "line 3")
    assert "unexpected end" in cut.reason


def test_nul_and_damaged_characters(items):
    """NUL is replaced and said; bytes of another encoding reject their line."""
    (article,) = items(HEADER + "集\0市,一,\n")
    assert (article.title, len(items.notes)) == ("集\ufffd市", 1)


def test_a_source_that_fails(source):
    """Where the file itself breaks, rows before are kept and the place after them is named."""

    def chunks():
        yield (HEADER + "早市,一,\n晚").encode()
        raise Unreadable("the gzip data end too early")

    made = source(b"")
    made.chunks = chunks()
    article, failed = read(made)
    assert (article.title, failed.code, failed.place) == ("早市", "unreadable", "after line 2")


@pytest.mark.parametrize(
    ("text", "columns", "reason"),
    [
        ("甲,乙\n1,2\n", None, "no column with a title or a text; its columns are 甲, 乙"),
        ("甲,乙\n1,2\n", 'columns = {title = "丙"}', r"'丙' is missing \(.*map.toml: columns.title\)"),
        ("甲,甲\n1,2\n", 'columns = {title = "甲"}', "stands twice"),
        ("甲,乙\n1,2\n", "columns = {title = 3}", "has 2 columns, not 3"),
        ("甲,乙\n1,2\n", 'columns = {source = "甲"}', "no column with a title or a text"),
    ],
)
def test_a_table_that_does_not_fit(items, text, columns, reason):
    """Where no column can be a title or a text, the table is refused as a whole."""
    with pytest.raises(InvalidArticle, match=reason):
        items(text, columns)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ('columns = {titel = "标题"}', "columns.titel is no field"),
        ("columns = {title = 0}", "numbered from 1"),
        ("columns = {title = 1.5}", "columns"),
        ('columns = {title = "标题"}\ndialect = {header = false}', "by number"),
        ("constants = {source = ['a']}", "constants.source must be one text"),
        ('constants = {keywords = "a"}', "constants.keywords must be a list"),
        ('dialect = {delimiter = ",,"}', "dialect.delimiter"),
        ('dialect = {quote = ","}', "dialect.quote"),
        ('dialect = {encoding = "klingon"}', "'klingon' is no encoding"),
        ('dialect = {encoding = "hex"}', "'hex' is no encoding"),
        ("dialect = {colour = 1}", "colour"),
        ("[columns", "is not TOML"),
    ],
)
def test_a_bad_map_is_refused(tmp_path, columns, reason):
    """A map that cannot be meant is refused with its file and the key that is wrong."""
    path = tmp_path / "map.toml"
    path.write_text(columns, encoding="utf-8")
    with pytest.raises(InvalidSettings, match=reason) as raised:
        load_columns(path)
    assert str(path) in raised.value.detail
    with pytest.raises(InvalidSettings, match="cannot be read"):
        load_columns(tmp_path / "none.toml")


@pytest.mark.limit("article_bytes")
def test_a_row_has_a_limit(items, limits):
    """A row of many lines is bounded as one line is; the next row is read."""
    row = '集市,"一天亮了，\n二集市开了。",\n'
    size = len(row.replace("\n", "").encode())
    small = msgspec.structs.replace(limits, article_bytes=size)
    assert [type(item) for item in items(HEADER + row, limits=small)] == [Article]
    small = msgspec.structs.replace(limits, article_bytes=size - 1)
    items_ = items(HEADER + row + "晚市,,\n", limits=small)
    assert (items_[0].code, items_[-1].title) == ("too_large", "晚市")


HEAVY = {
    "an open quote": HEADER + '集市,"' + "一,\n" * 200_000,
    "quotes": HEADER + '"' * 1_000_001,
    "delimiters": HEADER + "," * 1_000_000,
    "columns": "标题" + ",x" * 300_000 + "\n集市\n",
    "a long cell": HEADER + "集市," + "海" * 3_000_000 + ",\n",
    "empty lines": HEADER + "\n" * 3_000_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_tables_take_bounded_time_and_memory(items, name):
    """No table is a trap."""
    tracemalloc.start()
    began = time.process_time()
    try:
        found = items(HEAVY[name], chunk=4_096)
    except IngestProblem:
        found = []
    spent = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert all(isinstance(item, Article | Rejection) for item in found)
    assert spent < 5
    assert peak < 150_000_000


def test_a_long_table_is_held_a_row_at_a_time(source):
    """Memory does not grow with a table."""

    def chunks():
        yield HEADER.encode()
        for number in range(5_000):
            yield f"题{number},文{number}。,2024-06-03\n".encode()

    made = source(b"")
    made.chunks = chunks()
    count, peak = peak_of(lambda: sum(1 for _ in read(made)))
    assert count == 5_000
    assert peak < 2_000_000
