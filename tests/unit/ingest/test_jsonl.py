import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.dates import printed, read_published
from wxsearch.ingest import jsonl
from wxsearch.ingest.record import article_of
from wxsearch.models import Article, Link, Rejection

LINE = '{"title":"春茶开采","body":"山上起了雾。"}'


def read(source):
    return list(jsonl.read(source))


def test_each_line_is_an_article(source):
    """Lines become articles in order; empty ones and a byte order mark do not count."""
    data = f"\ufeff{LINE}\r\n\n  \n" + LINE.replace("春", "秋")
    assert [item.title for item in read(source(data.encode()))] == ["春茶开采", "秋茶开采"]


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (LINE[:-4], "invalid_article", "not JSON"),
        (LINE + "x", "invalid_article", "more text follows"),
        (LINE + ",,", "invalid_article", "more text follows"),
        ("[" * 100_000, "invalid_article", "nested"),
        ('{"title":' + '{"a":' * 5_000 + "1" + "}" * 5_001, "invalid_article", "nested"),
        ('{"title":"x","a":' + "[" * 40 + "]" * 40 + "}", "invalid_article", "nested"),
        ('{"title":"x","a":NaN}', "invalid_article", "NaN"),
        ('{"title":"x","a":-Infinity}', "invalid_article", "-Infinity"),
        ('{"title":"x","a":1e999}', "invalid_article", "too large"),
        ('{"title":"x","a":' + "9" * 5_000 + "}", "invalid_article", "too long"),
        ('{"title":"x","title":"y"}', "invalid_article", "'title' twice"),
        ('{"title":"x","a":{"b":1,"b":2}}', "invalid_article", "'b' twice"),
        ("5", "invalid_article", "not a JSON object"),
        ("null", "invalid_article", "not a JSON object"),
        ('{"title":"a\tb"}', "invalid_article", "not JSON"),
        ("{}", "invalid_article", "title and body"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_in(source, line, code, words):
    """A line that is no article is a rejection with its number; its neighbours are read."""
    first, bad, last = read(source(f"{LINE}\n{line}\n{LINE}".encode()))
    assert isinstance(first, Article)
    assert (bad.path, bad.place, bad.code) == ("page", "line 2", code)
    assert words in bad.reason
    assert isinstance(last, Article)


def test_a_line_may_end_in_a_comma(source):
    """Lines cut out of a list are read, whatever stands between them."""
    assert read(source(f"{LINE},\n{LINE} , \n{LINE}".encode())) == read(
        source(f"{LINE}\n{LINE}\n{LINE}".encode())
    )


def test_a_line_cut_off_at_the_end_is_named(source):
    """What stands before a last line that breaks off is read, the line is a rejection."""
    items = read(source(f"{LINE}\n{LINE[:20]}".encode()))
    assert [isinstance(item, Rejection) for item in items] == [False, True]
    assert items[1].place == "line 2"


@pytest.mark.limit("article_bytes")
@pytest.mark.parametrize(("more", "code"), [(0, None), (1, "too_large")])
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_line_may_be_as_long_as_article_bytes(source, limits, more, code, end):
    """The end of a line is not counted; one byte more of the line itself is too_large."""
    exact = msgspec.structs.replace(limits, article_bytes=len(LINE.encode()))
    (item,) = read(source(f"{LINE}{' ' * more}{end}".encode(), exact))
    assert getattr(item, "code", None) == code


def test_a_line_above_the_limit_is_named(source, limits):
    """A line of more bytes than an article may have is too_large, and reading goes on."""
    small = msgspec.structs.replace(limits, article_bytes=100)
    items = read(source(f"{LINE}\n{{{'x' * 5_000}\n{LINE}".encode(), small, chunk=64))
    assert [getattr(item, "code", None) for item in items] == [None, "too_large", None]
    assert items[1].place == "line 2"


def test_gb18030_is_read(source):
    """A file that is no UTF-8 is GB18030, with every character that has."""
    items = read(source(f"{LINE}\n{LINE.replace('雾', '㐀€𠮷')}\n".encode("gb18030")))
    assert [item.body for item in items] == ["山上起了雾。", "山上起了㐀€𠮷。"]


def test_a_damaged_line_of_utf8_is_not_taken_for_gb18030(source):
    """After a line of UTF-8, one that is not is refused instead of read as another text."""
    items = read(source(LINE.encode() + b"\n" + LINE.encode("gbk") + b"\n" + LINE.encode()))
    assert [getattr(item, "code", None) for item in items] == [None, "undecodable_text", None]


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_is_heeded(source, codec):
    """Files with a byte order mark, as Windows writes them, are read as it says."""
    items = read(source(f"{LINE}\n{LINE}\n".encode(codec), chunk=7))
    assert [item.title for item in items] == ["春茶开采", "春茶开采"]


def test_unstorable_characters_are_replaced_and_noted(source):
    """NUL and lone surrogates become U+FFFD, in extra too, and the line is named."""
    made = source(b'{"title":"a\\u0000b","x":["\\ud800"],"body":"\\ud83d\\ude00"}')
    (article,) = read(made)
    assert (article.title, article.extra, article.body) == ("a\ufffdb", {"x": ["\ufffd"]}, "😀")
    (note,) = made.notes
    assert note.place == "line 1"
    assert note.text.startswith("2 ")


def test_pairs_of_surrogates_are_no_reason_for_a_note(source):
    """A character written as a pair of escapes is whole."""
    made = source(b'{"title":"\\ud83d\\ude00"}')
    assert read(made)[0].title == "😀"
    assert made.notes == []


@pytest.mark.parametrize("chunk", [1, 5, 1 << 16])
@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_is_read_item_by_item(source, chunk, indent):
    """A file that holds one array, on one line or many, is read like lines."""
    values = [{"title": "一, ] }"}, {"title": ""}, {"title": "三"}]
    data = json.dumps(values, ensure_ascii=False, indent=indent).encode()
    first, bad, last = read(source(data, chunk=chunk))
    assert (first.title, bad.place, last.title) == ("一, ] }", "item 2", "三")


def test_a_printed_object_is_read(source):
    """One article printed over several lines is one article, also in GB18030."""
    data = json.dumps({"title": "春茶"}, ensure_ascii=False, indent=2)
    assert [item.title for item in read(source(data.encode()))] == ["春茶"]
    assert [item.title for item in read(source(data.encode("gb18030")))] == ["春茶"]


@pytest.mark.parametrize("text", ["新茶。", "新茶上市，" * 2_000])
@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ('"title": "春茶", "body": "TEXT",', '"author": "白露"}'),
        ('"title": "春茶", "body": "TEXT", "keywords": [ ', '"茶"]}'),
        ('"body": "TEXT", "title":', '"春茶"}'),
    ],
)
def test_an_object_may_go_on_behind_its_first_line(source, first, rest, text):
    """A first line that ends within its object begins one printed over lines, long or short."""
    data = "{" + first.replace("TEXT", text) + "\n  " + rest + "\n"
    assert [item.title for item in read(source((data * 2).encode()))] == ["春茶", "春茶"]


def test_a_cut_first_line_does_not_cost_the_others(source):
    """Where another object begins below, a line that ends within its own is one that was cut."""
    cut, whole = read(source('{"id": "a",\n{"title": "春茶"}\n'.encode()))
    assert (cut.place, whole.title) == ("line 1", "春茶")


@pytest.mark.parametrize("end", ['{"title":"二', '{"title":"二"}', '{"title":"二"},'])
def test_a_cut_array_gives_what_is_whole(source, end):
    """Items before the cut are read, and the cut is named."""
    items = read(source(('[{"title":"一"},' + end).encode()))
    assert items[0].title == "一"
    assert isinstance(items[-1], Rejection)


def test_a_huge_item_ends_an_array(source, limits):
    """Nobody can tell where the next item begins, so the rest is named as not read."""
    small = msgspec.structs.replace(limits, article_bytes=100_000)
    data = '[{"title":"一"},{"title":"' + "x" * 600_000 + '"},{"title":"三"}]'
    items = read(source(data.encode(), small))
    assert [getattr(item, "code", None) for item in items] == [None, "too_large"]
    assert "the rest of the file was not read" in items[1].reason


_text = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=30)
_word = _text.map(lambda text: " ".join(text.split())).filter(bool)
_labels = st.lists(_word.filter(lambda word: word != "正文"), max_size=4).map(tuple)
_link = st.none() | st.builds(Link, _word, st.none() | st.just("https://news.example/a?b=1"))
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3),
    max_leaves=8,
)
_times = st.integers(-30_000_000_000, 200_000_000_000).map(printed)


@st.composite
def articles(draw):
    """Any article in the form in which articles are kept."""
    title = draw(_word)
    published = draw(st.none() | _times)
    precision = draw(st.sampled_from(["second", "minute", "day"])) if published else None
    if published:
        published, precision = read_published(published, precision)
    return Article(
        id=draw(_word),
        url=draw(st.none() | st.just("https://news.example/文/1")),
        title=title,
        body=draw(_text).strip(),
        published=published,
        precision=precision,
        source=draw(st.none() | _word),
        breadcrumb=tuple(label for label in draw(_labels) if label != title),
        author=draw(st.none() | _word),
        keywords=draw(_labels),
        previous=draw(_link),
        next=draw(_link),
        extra=draw(st.dictionaries(_text, _json, max_size=3)),
    )


@given(articles())
def test_what_is_printed_is_read_back(limits, article):
    """Any article, written as a line of JSON, is read back as the same article."""
    line = msgspec.json.encode(article)
    assert b"\n" not in line
    assert article_of(jsonl.read_object(line.decode()), limits) == article
