"""Fields, filters and stars: where they are read as such, and where as text."""

import pytest

from wxsearch.dates import read_bound
from wxsearch.query.parser import parse
from wxsearch.query.tree import And, Everything, FromSource, InCategory, InSpan, Leaf, Not, Optional, Or

A, B = Leaf("a"), Leaf("b")


@pytest.fixture(scope="module")
def vocabulary(vocabulary):
    """One without variants, which test_expansion.py is about."""
    return vocabulary.limited_to(())


def titled(text, **options):
    return Leaf(text, field="title", **options)


def going_on(text):
    return Leaf(text, prefix=True)


def without(*nodes):
    return And((Everything(), *map(Not, nodes)))


def span(since=None, until=None):
    """The span from the start of `since` to the end of `until`."""
    return InSpan(
        since and read_bound(since, upper=False),
        until and read_bound(until, upper=True),
    )


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("title:港口", titled("港口")),
        ("标题：港口", titled("港口")),
        ("Title:港口", titled("港口")),
        ("title:港口航运 a", And((titled("港口"), titled("航运"), A))),
        ("title:惠山的产业", And((titled("惠山"), Optional(titled("的")), titled("产业")))),
        ('title:"港口 航运"', titled("港口 航运", quoted=True)),
        ("标题:“港口”b", And((titled("港口", quoted=True), B))),
        ("title:(a OR b) a", And((Or((titled("a"), titled("b"))), A))),
        ('title:(a (b "c"))', And((titled("a"), titled("b"), titled("c", quoted=True)))),
        ("title:(a) b", And((titled("a"), B))),
        ("(title:a) b", And((titled("a"), B))),
        ("-title:a", without(titled("a"))),
        ("a NOT title:(a b)", And((A, Not(And((titled("a"), titled("b"))))))),
        ("-(title:a b)", without(And((titled("a"), B)))),
        ("title:-a", titled("a")),
        ("title:title:a", And((titled("title"), titled("a")))),
        ("title:(title:a source:b)", And((titled("a"), FromSource("b")))),
        ("title:OR a", And((titled("or"), A))),
        ("a title", And((A, Leaf("title")))),
        ("a:title:b", And((A, Leaf("title"), B))),
        ('"a"title:b', And((Leaf("a", quoted=True), Leaf("title"), B))),
        ("http://title:b", And((Leaf("http"), Leaf("title"), B))),
        ("author:a", And((Leaf("author"), A))),
        ("ſource:a", And((Leaf("source"), A))),
    ],
)
def test_reads_the_title(typed, root, limits, vocabulary):
    """A known name right before a colon at the start of a stretch has what is behind it look in titles."""
    assert parse(typed, limits, vocabulary).root == root


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("source:互联网", FromSource("互联网")),
        ("来源：ＡＢ a", And((FromSource("ＡＢ"), A))),
        ('source:" 新华社 北京 "', FromSource("新华社 北京")),
        (r'source:"a\"b\\c"', FromSource(r'a"b\c')),
        ("source:a:b-c*", FromSource("a:b-c*")),
        ("source:新华社(a)", And((FromSource("新华社"), A))),
        ("source:新华社)", FromSource("新华社)")),
        ("-source:互联网 a", And((A, Not(FromSource("互联网"))))),
        ("source:a OR source:b", Or((FromSource("a"), FromSource("b")))),
        ("category:物流资讯", InCategory(("物流资讯",))),
        ("分类：物流资讯>行业新闻", InCategory(("物流资讯", "行业新闻"))),
        ("category:物流资讯 > 行业新闻 > c a", And((InCategory(("物流资讯", "行业新闻", "c")), A))),
        ("category:a> b a", And((InCategory(("a", "b")), A))),
        ('category:"首页 > 物流 资讯"', InCategory(("物流 资讯",))),
        (r"category:a\>b", InCategory(("a>b",))),
        ("NOT category:a", without(InCategory(("a",)))),
    ],
)
def test_reads_sources_and_categories(typed, root, limits, vocabulary):
    """Names behind source: and category: are taken as the parameters of these names are."""
    assert parse(typed, limits, vocabulary).root == root


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("date:2021-10..2021-12", span("2021-10", "2021-12")),
        ("日期：2021-10..", span("2021-10")),
        ("date:..2021", span(until="2021")),
        ("date:2021", span("2021", "2021")),
        ("date:2021-10-19", span("2021-10-19", "2021-10-19")),
        ("日期：２０２１", span("2021", "2021")),
        ("日期:2021年", span("2021", "2021")),
        ("日期:2021年10月..2021年12月", span("2021-10", "2021-12")),
        ("日期:2021年10月9日", span("2021-10-09", "2021-10-09")),
        ("date:2021/10/9", span("2021-10-09", "2021-10-09")),
        ("date:2021.10", span("2021-10", "2021-10")),
        ("date:2021/1..2021.2", span("2021-01", "2021-02")),
        ('date:"2021-10 .. 2021-12"', span("2021-10", "2021-12")),
        ("after:2021-10 before:2022", And((span("2021-10"), InSpan(None, read_bound("2022", upper=False))))),
        ("之后:2021 之前:2022", And((span("2021"), InSpan(None, read_bound("2022", upper=False))))),
        ("date:2021-10-19T12:30:00", InSpan(1634617800, 1634617801)),
        ("after:2021-10-19T12:30:00Z", InSpan(1634646600, None)),
        ("-date:2021 a", And((A, Not(span("2021", "2021"))))),
    ],
)
def test_reads_dates(typed, root, limits, vocabulary):
    """A span has its bounds, one value alone is all that it names; as from and to are read."""
    assert parse(typed, limits, vocabulary).root == root


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("ch*", going_on("ch")),
        ("20＊", going_on("20")),
        ("iPhone15*", going_on("iphone15")),
        ("A股b*", going_on("a股b")),
        ("title:ch*", titled("ch", prefix=True)),
        ("-ch* a", And((A, Not(going_on("ch"))))),
        ("(ch*)", going_on("ch")),
        ('ch*"a"', And((going_on("ch"), Leaf("a", quoted=True)))),
        ("e\u0301*", going_on("e")),
        ("港口*", Leaf("港口")),
        ('"ch*"', Leaf("ch", quoted=True)),
        ("a*b", And((A, B))),
        ("*a", A),
        ("a-*", A),
        ("a**", A),
        ("a *", A),
    ],
)
def test_reads_stars(typed, root, limits, vocabulary):
    """A star right behind the run that ends a stretch lets it go on; others are text."""
    assert parse(typed, limits, vocabulary).root == root


@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        ("港口 OR (航运 -铁路) chen* 港* “b” title:a source:b date:2021", []),
        ("！", [("no_letters", "")]),
        ("(a", [("unpaired_bracket", "(")]),
        ("a） (b", [("unpaired_bracket", "）"), ("unpaired_bracket", "(")]),
        ("(-_-) ()", [("no_letters", "")]),
        ('a "b', [("open_quote", '"')]),
        ('"a\\', [("open_quote", '"')]),
        ("「b", [("open_quote", "「")]),
        ('"a\\\\" “b"”', []),
        ("OR a AND", [("operator_as_text", "OR"), ("operator_as_text", "AND")]),
        ("(a OR) b", [("operator_as_text", "OR")]),
        ("a ORB", []),
        ("OR a OR OR b", [("operator_as_text", "OR")]),
        ("a NOT ", [("operator_as_text", "NOT")]),
        ("a*b c* *", [("star_as_text", "a*b"), ("star_as_text", "*")]),
        ("*a*", [("star_as_text", "*a*")]),
        ("*)a", [("star_as_text", "*)a"), ("unpaired_bracket", ")")]),
        ("title: a", [("empty_field", "title:")]),
        ('-来源："" a', [("empty_field", "来源：")]),
        ("source:(a)", [("empty_field", "source:")]),
        ("(title:)", [("empty_field", "title:")]),
        ("date:tomorrow", [("no_date", "date:tomorrow")]),
        ("date:..", [("no_date", "date:..")]),
        ("after:2021..2022", [("no_date", "after:2021..2022")]),
        ("date:2021-13-01", [("no_date", "date:2021-13-01")]),
        ("date:2021年13月", [("no_date", "date:2021年13月")]),
        ("date:2021年月", [("no_date", "date:2021年月")]),
        ("date:1" + "0" * 400, [("no_date", "date:1" + "0" * 400)]),
        ("date:2022..2021", [("empty_span", "date:2022..2021")]),
        ("category:首页", [("no_category", "category:首页")]),
        ("category:a>>b", [("no_category", "category:a>>b")]),
    ],
)
def test_says_what_was_read_as_text(typed, notes, limits, vocabulary):
    """There is a note for each piece that looks like an operator and is none, in the order typed."""
    assert list(map(tuple, parse(typed, limits, vocabulary).notes)) == notes


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("标题：港口航运 x", "title:港口 title:航运 x"),
        ("title:(惠山的产业 OR a)", "title:惠山 title:的 title:产业 OR title:a"),
        ("-标题:港口航运", "-title:港口/航运"),
        ("title:“a b”", 'title:"a b"'),
        ("来源:“互联网”", "source:互联网"),
        (r'source:"新华社 \"b\\"', r'source:"新华社 \"b\\"'),
        ("分类:首页>物流资讯", "category:物流资讯"),
        ("分类:物流资讯>行业新闻", 'category:"物流资讯 > 行业新闻"'),
        ("日期:2021..2022 -之后:2023", "date:2021..2022 -after:2023"),
        ("港口CH*", "港口 ch*"),
        ("港口的CH*", "港口 的 ch*"),
        ("date:x", "date x"),
    ],
)
def test_prints_fields_by_one_name(typed, understood, limits, vocabulary):
    """What is printed has English names, quotes only where they are needed, and a name for each word."""
    assert parse(typed, limits, vocabulary).understood == understood


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("港口 航运 source:a", And((Or((Leaf("港口"), Leaf("航运"))), FromSource("a")))),
        ("a source:b -date:2021", And((A, FromSource("b"), Not(span("2021", "2021"))))),
        ("source:a source:b", And((FromSource("a"), FromSource("b")))),
        ("source:a -b", And((FromSource("a"), Not(B)))),
        ("(a b source:c) OR a", Or((And((Or((A, B)), FromSource("c"))), A))),
        ("source:a OR b", Or((FromSource("a"), B))),
        ("(source:a -b) OR b", Or((And((FromSource("a"), Not(B))), B))),
        ("(a source:c OR a source:c -b) source:b", And((A, FromSource("c"), FromSource("b")))),
    ],
)
def test_any_of_the_words_inside_the_filters(typed, root, limits, vocabulary):
    """With match=any the words are choices, and each filter narrows what it stands beside."""
    assert parse(typed, limits, vocabulary, match_any=True).root == root
