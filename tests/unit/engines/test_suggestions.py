"""Did you mean, over the sample articles: typos of our own, and queries that nobody should correct."""

import time
from itertools import chain, repeat

import pytest
from msgspec.structs import replace

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.query.request import read_request
from wxsearch.search.suggestions.suggester import Suggester

# What is typed, and what was meant.
TYPOS = [
    line.split(" → ")
    for line in """\
海铁连运 → 海铁联运
海贴联运 → 海铁联运
海铁联云 → 海铁联运
海铁联运班咧 → 海铁联运班列
白鹭州 → 白鹭洲
百鹭洲 → 白鹭洲
栖岭精攻 → 栖岭精工
七岭精工 → 栖岭精工
云丁港 → 云汀港
云汀岗 → 云汀港
铅丰 → 铅封
兰江市 → 澜江市
澜姜市 → 澜江市
青和县 → 青禾县
青禾线蓝莓 → 青禾县蓝莓
恒周联运 → 恒舟联运
横舟联运 → 恒舟联运
望朝重装 → 望潮重装
新能源倾型货车 → 新能源轻型货车
新能原 → 新能源
电动重咔 → 电动重卡
换电重卡司基 → 换电重卡司机
蓝梅 → 蓝莓
无人基 → 无人机
武人机 → 无人机
叉扯 → 叉车
快递业务良 → 快递业务量
快第业务量 → 快递业务量
吊鸡 → 吊机
股东大汇 → 股东大会
股冬大会 → 股东大会
高标准农甜 → 高标准农田
高镖准农田 → 高标准农田
志愿填抱 → 志愿填报
春蕴 → 春运
冷琏 → 冷链
洪锋过境 → 洪峰过境
董师长 → 董事长
货运平苔 → 货运平台
制造业投姿 → 制造业投资
村级寄第点 → 村级寄递点
跨净货车 → 跨境货车
海观 → 海关
泊卫 → 泊位
海联铁运 → 海铁联运
白洲鹭 → 白鹭洲
联铁海运 → 海铁联运
快递务业量 → 快递业务量
快递业业务量 → 快递业务量
恒舟联联运 → 恒舟联运
栖岭岭精工 → 栖岭精工
董董事长 → 董事长
haitielianyun → 海铁联运
hai tie lian yun → 海铁联运
bailuzhou → 白鹭洲
wurenji → 无人机
kuaidi → 快递
lanjiang → 澜江
qinghexian → 青禾县
dong shi zhang → 董事长
海铁连运 班列 → 海铁联运 班列
"班列" 海铁连运 → "班列" 海铁联运
海铁连运 -航空 → 海铁联运 -航空
(海铁连运 OR 海铁练运) 澜江 → (海铁联运 OR 海铁联运) 澜江
ＲＣＰＥ → rcep
""".splitlines()
]


@pytest.fixture(scope="module")
def engine(sample_index, settings):
    return EmbeddedEngine(sample_index, settings)


@pytest.fixture(scope="module")
def ask(engine, limits, vocabulary):
    """The answer of an engine, by default that over the sample."""

    def search(typed, over=engine, **parameters):
        given = {"q": typed, **parameters}
        return over.search(read_request({name: [value] for name, value in given.items()}, limits, vocabulary))

    return search


def offered(result):
    return [suggestion.query for suggestion in result.did_you_mean]


def test_what_was_meant_is_offered(ask, tally):
    """Of typos in words of the sample, nearly all have what was meant as their first offer."""
    assert len(TYPOS) >= 60
    first = sum(offered(ask(typed))[:1] == [meant] for typed, meant in TYPOS)
    tally(f"of {len(TYPOS)} typos with the right first offer", first, 60)


@pytest.mark.parametrize(
    "typed", ["海铁联运", "澜江", "TIR", "", "！？", "的", "海铁联运 -海铁联运", "zzzzzz", "龘", "x"]
)
def test_what_is_right_is_let_be(ask, typed):
    """A query with hits, one that asks for everything or nothing, and one like nothing here have none."""
    assert ask(typed).did_you_mean == ()


@pytest.mark.parametrize("typed", ['"海铁连运"', '"海铁连运" 海铁连运', "澜江 -海铁连运", '海铁联运 "zzz"'])
def test_quoted_and_unwanted_text_stays(ask, typed):
    """What stands in quotes or behind a minus is not corrected."""
    assert ask(typed).did_you_mean == ()


def test_offers_are_searches(ask):
    """An offer's total is what asking for all its words gives, under the same filters; more than typed."""
    for filters in ({}, {"from": "2024-10"}, {"category": "物流资讯"}, {"match": "any"}):
        result, strict = ask("海铁连运", **filters), ask("海铁连运", **{**filters, "match": "all"}).total
        for suggestion in result.did_you_mean:
            meant = ask(suggestion.query, **{**filters, "match": "all"})
            assert suggestion.total == meant.total > strict
    relaxed = ask("海铁连运", category="物流资讯")
    assert relaxed.relaxed
    assert offered(relaxed)
    assert not offered(ask("海铁连运", source="没有这个来源"))


@pytest.mark.parametrize(
    "typed", ["海铁连运 澜江", "海铁联运 澜姜", "港口 海观", "港口 zzzzzz", "海铁联运 澜江"]
)
def test_offers_are_the_same_however_many_words_are_enough(sample_index, settings, ask, typed):
    """What is offered, and its total, is what match=all offers, also where one word is enough."""
    patient = replace(settings, limits=replace(settings.limits, suggestion_milliseconds=60_000))
    engine = EmbeddedEngine(sample_index, patient)
    every, auto, one = (ask(typed, over=engine, match=match).did_you_mean for match in ("all", "auto", "any"))
    assert one == auto == every
    assert all(offer.total == ask(offer.query, over=engine, match="all").total for offer in one)
    assert bool(one) == (typed in ("海铁连运 澜江", "海铁联运 澜姜"))


@pytest.fixture(scope="module")
def two_spellings(make_article, settings, tmp_path_factory):
    """An engine with 800 articles that say 海铁联运, 3 with 海铁连运, 2 with 海贴连运 and 1 with 海铁练运."""
    found = EmbeddedEngine(tmp_path_factory.mktemp("spellings") / "index", settings)
    titles = [*["海铁联运"] * 800, *["海铁连运"] * 3, *["海贴连运"] * 2]
    articles = [make_article(str(number), title, source=title) for number, title in enumerate(titles)]
    both = [make_article(title, title, source="两家") for title in ("海铁练运", "海铁联运")]
    found.index([*articles, *both])
    return found


def test_filters_are_not_misspellings(two_spellings, ask):
    """A query that has hits without its filters is not corrected for having none with them."""
    result = ask("海铁连运", over=two_spellings, source="海铁联运")
    assert (result.total, result.did_you_mean) == (0, ())
    assert offered(ask("海铁莲运", over=two_spellings, source="海铁联运")) == ["海铁联运"]


def test_as_many_hits_are_no_offer(two_spellings, ask):
    """A likelier spelling is offered where it has more hits, and not where filters leave it as many."""
    assert offered(ask("海铁练运", over=two_spellings)) == ["海铁联运"]
    result = ask("海铁练运", over=two_spellings, source="两家")
    assert (result.total, result.did_you_mean) == (1, ())


def test_spellings_far_behind_the_first_are_no_offers(two_spellings, ask):
    """What is hundreds of times less likely than the first offer is chance, though it has hits."""
    assert ask("海铁连运", over=two_spellings).total == 3
    assert "海铁连运" not in offered(ask("海铁莲运", over=two_spellings))


def test_a_query_with_hits_costs_nothing(engine, ask, settings, monkeypatch):
    """Neither tables nor spellings are asked for where there are hits, or where offers are turned off."""
    monkeypatch.setattr(Suggester, "__init__", None)
    assert ask("海铁联运").total == 4
    off = EmbeddedEngine(engine.directory, replace(settings, query=replace(settings.query, suggest_below=0)))
    off.preload()
    assert ask("海铁连运", over=off).did_you_mean == ()


def test_a_partial_answer_is_not_corrected(make_article, settings, tmp_path, ask, monkeypatch):
    """Where the time was over before all was looked at, nobody knows that the query has few hits."""
    engine = EmbeddedEngine(tmp_path / "index", settings)
    engine.index([make_article("1", "一个很长的题目"), make_article("2", "海铁联运")])
    engine.preload()
    clock = chain([0.0], repeat(9.0))
    monkeypatch.setattr("wxsearch.search.deadline.monotonic", lambda: next(clock))
    result = ask('"很长的题目" OR 海铁连运', over=engine)
    assert (result.partial, result.did_you_mean) == (True, ())
    assert offered(ask('"很长的题目的" OR 海铁连运', over=engine))


def test_offers_keep_the_limits_of_a_query(two_spellings, ask, limits):
    """A query that would become too long by a character that is missing has no such offer, and no error."""
    longest = f'海联运 OR "{"x" * (limits.query_characters - 9)}"'
    assert len(longest) == limits.query_characters
    assert offered(ask(longest.replace("xx", "x", 1), over=two_spellings))
    assert offered(ask(longest, over=two_spellings)) == []


def test_suggest_below_is_the_first_number_without_offers(make_article, settings, tmp_path, ask):
    """With as many hits there are no offers, with one fewer there are; 0 turns them off."""
    engine = EmbeddedEngine(tmp_path / "index", settings)
    titles = ["海铁连运"] * 2 + ["海铁联运"] * 800
    engine.index(make_article(str(number), title) for number, title in enumerate(titles))
    for below, offers in ((3, ["海铁联运"]), (2, []), (0, [])):
        changed = replace(settings, query=replace(settings.query, suggest_below=below))
        again = EmbeddedEngine(tmp_path / "index", changed)
        again.preload()
        assert offered(ask("海铁连运", over=again)) == offers


@pytest.mark.parametrize("expand", ["", "regional"])
def test_offers_are_read_like_the_query(ask, expand):
    """What is taken away is the same in an offer, with the variants that were asked for and no others."""
    assert offered(ask("海铁连运 -软件", expand=expand))[:1] == ["海铁联运 -软件"]


@pytest.mark.limit("suggestion_characters")
@pytest.mark.parametrize("more", [0, 1])
def test_long_queries_are_not_corrected_whole(make_article, settings, tmp_path, ask, more):
    """Words within limits.suggestion_characters are corrected; a word that goes beyond is not."""
    engine = EmbeddedEngine(tmp_path / "index", settings)
    before = "x" * (settings.limits.suggestion_characters - 4 + more)
    engine.index(make_article(str(number), f"{before} 海铁联运") for number in range(5))
    expected = [] if more else [f"{before} 海铁联运"]
    assert offered(ask(f"{before} 海铁连运", over=engine))[:1] == expected


@pytest.mark.limit("suggestion_milliseconds")
@pytest.mark.parametrize("late", [False, True])
def test_the_time_for_suggestions_is_bounded(engine, ask, limits, monkeypatch, late):
    """Until limits.suggestion_milliseconds are over there are offers, then none, and the answer is whole."""
    assert limits.suggestion_milliseconds == 60
    now = [0.0]
    real = engine._suggester(engine._newest.current()).suggest

    def slow(*given):
        now[0] = 0.060 if late else 0.059
        return real(*given)

    monkeypatch.setattr(
        "wxsearch.search.suggestions.suggester.Suggester.suggest", lambda _, *given: slow(*given)
    )
    monkeypatch.setattr("wxsearch.search.deadline.monotonic", lambda: now[0])
    result = ask("海铁连运")
    assert (offered(result), result.partial) == ([] if late else ["海铁联运"], False)


def test_a_new_generation_is_suggested_from(make_article, settings, tmp_path, ask):
    """Words that came in just now are offered, of each segment, and not those of deleted articles."""
    engine = EmbeddedEngine(tmp_path / "index", settings)
    engine.index([make_article("1", "白鹭洲")])
    assert offered(ask("海铁连运", over=engine)) == []
    engine.index([make_article("2", "海铁联运")])
    assert offered(ask("海铁连运", over=engine)) == ["海铁联运"]
    assert offered(ask("白鹭州", over=engine)) == ["白鹭洲"]
    engine.delete(["2"])
    assert offered(ask("海铁连运", over=engine)) == []


@pytest.mark.parametrize("typed", ["海" * 500, "hai" * 170, "海 铁 " * 120, "a b " * 120, "㎏" * 500])
def test_long_queries_are_no_trouble(ask, typed):
    """The longest queries take no longer than half a second, offers included."""
    began = time.process_time()
    ask(typed)
    assert time.process_time() - began < 0.5
