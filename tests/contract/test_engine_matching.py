"""What every engine promises about matching: words, quoted strings, operators, any and all."""

import pytest

from wxsearch.analysis.fold import fold
from wxsearch.query.tree import And, Leaf, Not, Optional, Or, Query


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("北京天气", "天气"),
        ("中华人民共和国", "共和国"),
        ("安装简单", "简单"),
        ("安装简单", "装简"),
        ("新人武部大楼", "人武部"),
        ("龙行龘龘贺新春", "龘"),
        ("the of and to 的 了 在", "the"),
        ("the of and to 的 了 在", "的"),
        ("chenkai168 回复", "chen"),
        ("ＡＩ大模型", "ai"),
        ("iPhone—15 发布", "iPhone15"),
        ("孕检B超预约", "B超"),
        ("ＩＰＨＯＮＥ15 发布", "iPhone15"),
        ("Straße Ⅻ ①", "STRASSE xii 1"),
        ("第3届", "3"),
        ("增长5.3%", "5.3%"),
        ("增长５．３个百分点", "5.3"),
        ("投资1.5亿元", "1.5亿元"),
        ("卖出1,000,000台", "1，000，000"),
        ("9•11之后", "9·11"),
        ("10日，2021年19", "2021.10.19"),
        ("发布V2.0版", "v2.0"),
        ("𠮷野家开业", "𠮷野家"),
        ("a" * 300, "a" * 300),
        ("天气\n\n😀\u3000，预报", "预报"),
        ("한국 ニュース новости", "ニュース"),
    ],
)
@pytest.mark.parametrize("field", ["title", "body"])
def test_text_is_found(new_engine, article, ids, field, text, q):
    """Characters that stand in sequence in a title or body find the article, whatever the words there."""
    engine = new_engine(article(**{field: text}), article("另一篇", "无关"))
    assert ids(engine, q) == "a"


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("the said mail", "ai"),
        ("chenkai168", "kai"),
        ("chenkai168", "ch"),
        ("2021年", "21"),
        ("15G内存", "5G"),
        ("CHINA股", "A股"),
        ("iPhone的15", "iPhone15"),
        ("3月5日，5月3日", "5.3"),
        ("增长15.3%，5.31%，53", "5.3%"),
        ("1万，5亿元", "1.5亿元"),
        ("产业提能", "产能"),
        ("天气，北京", "气北"),
    ],
)
def test_pieces_of_runs_are_not_found(new_engine, article, ids, text, q):
    """An unquoted leaf keeps to whole runs of letters and digits, and to the sequence of its characters."""
    engine = new_engine(article(text), article("", text))
    assert ids(engine, q) == ""


@pytest.mark.parametrize("q", ['"kai"', '"21年"', '"i1"', "“k”", "「，kai」"])
def test_quoted_pieces_are_found(new_engine, article, ids, q):
    """A quoted string stands wherever its characters do, inside runs too."""
    assert ids(new_engine(article("chenkai168，kai16，2021年"), article("chen", "21，年")), q) == "a"


def test_function_words(new_engine, article, ids):
    """A function word beside others is not asked for; alone or quoted it is."""
    engine = new_engine(article("惠山产业"), article("惠山的产业"), article("的确"))
    assert ids(engine, "惠山的产业", sort="newest") == "a b"
    assert ids(engine, '"惠山的产业"') == "b"
    assert ids(engine, "的", sort="newest") == "b c"


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("物流 OR 仓储", "a b d"),
        ("无锡 物流 OR 仓储", "a b d"),
        ("(物流 OR 仓储) 无锡", "a b"),
        ("（物流 OR 仓储） AND 无锡 NOT 物流", "b"),
        ("无锡 -(物流 OR 仓储)", "c"),
        ("物流 OR -无锡", "a d"),
        ("苏州 OR (无锡 -(物流 仓储))", "a b c d"),
        ("无锡 OR", ""),
        ('"无锡 物流" OR 苏州', "d"),
    ],
)
def test_operators(new_engine, article, ids, q, found):
    """OR, AND, NOT and brackets are answered as they are read."""
    engine = new_engine(
        article("无锡物流"), article("无锡", "仓储"), article("无锡"), article("苏州", "仓储费用")
    )
    assert ids(engine, q, sort="newest") == found


def test_all_words(new_engine, article, ids):
    """Every word has to stand in the article, in whichever field."""
    engine = new_engine(
        article("北京 天气"),
        article("北京", "天气"),
        article("天气", "北京"),
        article("北京"),
        article("", "天气"),
    )
    for match in ("auto", "all"):
        assert ids(engine, "北京 天气", match=match, sort="newest") == "a b c"


def test_any_word(new_engine, article, ids):
    """With match=any one wanted word is enough, and unwanted ones still take away."""
    engine = new_engine(article("北京"), article("天气"), article("北京 上海"), article("广州"))
    assert ids(engine, "北京 天气", match="any", sort="newest") == "a b c"
    assert ids(engine, "北京 天气 -上海", match="any", sort="newest") == "a b"


def test_minus(new_engine, article, ids):
    """A word after a minus takes away what it stands in, title or body."""
    engine = new_engine(article("北京"), article("北京 天气"), article("北京", "天气"), article("天气"))
    assert ids(engine, "北京 -天气") == "a"
    assert ids(engine, "-天气 北京") == "a"


def test_only_minus(new_engine, article, ask):
    """With nothing wanted, all but the unwanted match, unranked."""
    engine = new_engine(article("北京"), article("天气"), article("上海", published="2020-01-01"))
    hits = ask(engine, "-天气").hits
    assert [(hit.id, hit.score) for hit in hits] == [("c", None), ("a", None)]


def test_minus_of_several_words(new_engine, article, ids):
    """A minus before text that is cut into words takes away what has all of them."""
    engine = new_engine(article("北京天气"), article("北京"), article("天气"), article("天气", "北京"))
    assert ids(engine, "-北京天气") == "b c"


def test_minus_quoted(new_engine, article, ids):
    """A minus before quotes takes away what has the string."""
    engine = new_engine(article("北京天气"), article("天气北京"))
    assert ids(engine, '北京 -"北京天气"') == "b"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("今天北京天气预报", True),
        ("北京天气", True),
        ("北京，天气", False),
        ("天气北京", False),
        ("北京的天气", False),
        ("北京 天气 北京天气", True),
    ],
)
@pytest.mark.parametrize("field", ["title", "body"])
def test_quoted(new_engine, article, ids, field, text, found):
    """A quoted string matches where its words stand in order with nothing between."""
    engine = new_engine(article(**{field: text}))
    assert ids(engine, '"北京天气"') == ("a" if found else "")


def test_quoted_separator(new_engine, article, ids):
    """A separator in a quoted string stands for any run of separators, and for no other distance."""
    engine = new_engine(
        article("北京 天气"), article("北京 —— 😀\n天气"), article("北京天气"), article("北京很好，天气")
    )
    assert ids(engine, '"北京，天气"', sort="newest") == "a b"


def test_quoted_every_word(new_engine, article, ids):
    """Each word of a quoted string has to stand in its place, the last as the first."""
    engine = new_engine(
        article("w x y z"),
        article("w x y a z"),
        article("a x y z w"),
        article("w x a z y"),
        article("w a y z x"),
    )
    assert ids(engine, '"w x y z"') == "a"


def test_quoted_stays_in_field(new_engine, article, ids):
    """A quoted string never begins in the title and ends in the body."""
    engine = new_engine(article("今日北京", "天气预报"), article("天气", "北京天气"))
    assert ids(engine, '"北京天气"') == "b"


def test_quoted_repeats(new_engine, article, ask):
    """Overlapping places of a quoted string count each."""
    engine = new_engine(article(body="x y x y x"), article(body="x y x z z"), article(body="z z z z z"))
    twice, once = ask(engine, '"x y x"').hits
    assert (twice.id, once.id) == ("a", "b")
    assert twice.score > once.score


def test_quoted_and_words(new_engine, article, ids):
    """Quoted strings and words are asked for together."""
    engine = new_engine(article("北京天气 预报"), article("北京天气"), article("天气北京 预报"))
    assert ids(engine, '预报 "北京天气"') == "a"


def test_nothing_to_search_for(new_engine, article, ask):
    """A query that folds to nothing finds nothing, and says why."""
    result = ask(new_engine(article("北京！")), "！？…")
    assert (result.total, result.hits) == (0, ())
    assert result.query_understood.notes
    assert result.query == "！？…"


def test_everything(new_engine, article, ask):
    """Without a query every article matches, unscored, those without text included."""
    result = ask(new_engine(article("北京"), article("！"), article(body="x")))
    assert result.total == 3
    assert {hit.score for hit in result.hits} == {None}


def test_with_any_word_enough_so_is_a_piece_of_one(new_engine, article, ask, ids):
    """A word that was joined is found, and marked, by its pieces; they do not count for the rank."""
    titles = ("铁路沿线", "天津蓟州", "津蓟铁路沿线", "津铁")
    engine = new_engine(*map(article, titles), ranking={"head": 0})
    assert ids(engine, "津蓟铁路沿线", match="all") == "c"
    result = ask(engine, "津蓟铁路沿线", match="any")
    assert [hit.id for hit in result.hits] == ["c", "a", "b"]
    assert [hit.highlights.title.marks for hit in result.hits] == [((0, 6),), ((0, 4),), ((1, 3),)]
    assert result.hits[0].score > result.hits[1].score == result.hits[2].score == 0
    assert ids(engine, '"津蓟铁路沿线"', match="any") == "c"


def test_understood(new_engine, article, ask):
    """The answer names the query as typed and as read, and relaxes nothing."""
    result = ask(new_engine(article("北京")), '北京天气 -"上 海"')
    assert (result.query, result.query_understood.query) == ('北京天气 -"上 海"', '北京 天气 -"上 海"')
    assert (result.relaxed, result.did_you_mean, result.partial) == (None, (), False)


def test_any_tree(new_engine, article, request_for):
    """Trees that no query is read as are answered too; what is Optional decides nothing."""
    engine = new_engine(article("x"), article("y"), article("x z"), article("y z"), article("w"))
    x, y, z, w = map(Leaf, "xyzw")
    trees = {
        "a b": And((Or((x, y)), Not(z))),
        "c d": And((Not(Not(Or((x, y)))), z)),
        "a c d": Or((x, And((y, z)))),
        "a b c d": Not(w),
        "a c": Or((Optional(w), x)),
        "b d": And((Optional(w), y)),
    }
    for expected, root in trees.items():
        request = request_for("x", sort="newest")
        changed = type(request)(query=Query("", root, ""), sort="newest")
        assert " ".join(hit.id for hit in engine.search(changed).hits) == expected


def test_highlights(new_engine, article, ask):
    """Marks in title and passages cut out what was wanted, counted in code points of the original."""
    body = "😀ＡＢＣ公司。\n" + "别的话。" * 200 + "𠮷野家在北京，天气好。"
    engine = new_engine(article("Abc𠮷北京", body))
    hit = ask(engine, 'abc "北京 天气" -上海').hits[0]
    assert hit.highlights.title.text == "Abc𠮷北京"
    marked = []
    for passage in hit.highlights.body:
        assert body[passage.start : passage.start + len(passage.text)] == passage.text
        marked += [fold(passage.text[start:end]) for start, end in passage.marks]
    assert set(marked) == {"abc", "北京 天气"}


def test_no_highlights(new_engine, article, ask):
    """Without highlight hits carry no passages."""
    assert ask(new_engine(article("北京")), "北京", highlight="false").hits[0].highlights is None


def test_highlights_unwanted(new_engine, article, ask):
    """Words after a minus are never marked, nor is anything where no word is wanted."""
    engine = new_engine(article("北京 天气"), article("上海"))
    assert ask(engine, "天气 -上海").hits[0].highlights.title.marks == ((3, 5),)
    assert ask(engine, "-上海").hits[0].highlights.title.marks == ()
