"""What every engine promises about holding articles: adding, replacing, removing, naming."""

import pytest

from wxsearch.errors import NotFound
from wxsearch.models import Article, Link, Rejection

FULL = Article(
    id="新闻/1%2F?",
    url="https://example.org/1",
    title="惠山加速\t𠮷野家",
    body="第一段\n第二段 😀",
    published="2021-10-19T13:13:28+08:00",
    precision="second",
    source="互联网",
    breadcrumb=("首页", "物流资讯", "行业新闻"),
    author="刘亮",
    keywords=("物流", "江苏"),
    previous=Link("上一篇", "https://example.org/0"),
    next=Link("下一篇"),
    extra={"editor": "刘", "numbers": [1, 2.5, None, {"deep": True}]},
)


def counts(summary):
    return (
        summary.read,
        summary.added,
        summary.updated,
        summary.unchanged,
        summary.rejected,
        summary.duplicates,
    )


def test_empty(new_engine, ask, request_for):
    """An engine without articles answers everything, with nothing."""
    engine = new_engine()
    for q in ("", "北京", '"北京 天气"', "-北京"):
        result = ask(engine, q, category="新闻", source="互联网")
        assert (result.total, result.hits, result.facets.source.other) == (0, (), 0)
        assert result.facets.date.buckets == ()
        assert list(engine.scan(request_for(q))) == []
    assert engine.statistics().articles == 0
    assert engine.statistics().first is None
    assert engine.check().state == "sound"


def test_get_as_given(new_engine):
    """An article comes back field by field as it was given."""
    engine = new_engine(FULL, Article(id="bare", title="x"))
    assert engine.get(FULL.id) == FULL
    assert engine.get("bare") == Article(id="bare", title="x")


@pytest.mark.parametrize("absent", ["b", "", "A", "a ", "a\x00"])
def test_get_absent(new_engine, article, absent):
    """An id that is not held, if only by a letter, is not found."""
    with pytest.raises(NotFound):
        new_engine(article(id="a", title="北京")).get(absent)


def test_hit_shows_article(new_engine, ask):
    """A hit says of its article what a list of results shows."""
    hit = ask(new_engine(FULL), "惠山").hits[0]
    shown = ("id", "url", "title", "published", "precision", "source", "breadcrumb")
    assert all(getattr(hit, name) == getattr(FULL, name) for name in shown)


def test_add(new_engine, article, ids):
    """New articles are added to those that are held."""
    engine = new_engine(article("北京"))
    summary = engine.index([article("北京"), article("上海")])
    assert counts(summary) == (2, 2, 0, 0, 0, 0)
    assert summary.total == 3
    assert ids(engine, "北京") == "a b"


def test_update(new_engine, article, ask, ids):
    """An article under a held id replaces the one before, everywhere."""
    engine = new_engine(
        article("北京", source="甲", breadcrumb=("新闻",), published="2020-01-01"), article("天气")
    )
    summary = engine.index([article("上海", id="a", source="乙")])
    assert counts(summary) == (1, 0, 1, 0, 0, 0)
    assert summary.total == 2
    assert (ids(engine, "北京"), ids(engine, "上海"), ids(engine)) == ("", "a", "a b")
    facets = ask(engine).facets
    assert [bucket.value for bucket in facets.source.buckets] == ["乙"]
    assert (facets.category, facets.date.undated) == ((), 2)
    assert engine.get("a").title == "上海"


def test_unchanged(new_engine, article):
    """An article equal to the held one is recognised, and alone it makes no generation."""
    engine = new_engine(FULL, article("北京"))
    before = engine.generation()
    summary = engine.index([FULL])
    assert counts(summary) == (1, 0, 0, 1, 0, 0)
    assert summary.generation == engine.generation() == before


@pytest.mark.parametrize("field", [name for name in Article.__struct_fields__ if name != "id"])
def test_any_field_updates(new_engine, field):
    """A difference in any field is a new version."""
    bare = Article(id=FULL.id, body="第一段")
    engine = new_engine(bare)
    changed = Article(**{"id": FULL.id, "body": "第一段", field: getattr(FULL, field)})
    assert engine.index([changed]).updated == 1
    assert engine.get(FULL.id) == changed


def test_same_id_in_one_run(new_engine, article, ids):
    """The last of one id in a run wins; each counts against the one just before it."""
    engine = new_engine(article("天气", id="held"))
    run = [
        article("北京", id="new"),
        article("上海", id="new"),
        article("上海", id="new"),
        article("天气", id="held"),
        article("广州", id="held"),
    ]
    summary = engine.index(run)
    assert counts(summary) == (5, 1, 2, 2, 0, 3)
    assert summary.total == 2
    assert (ids(engine, "北京"), ids(engine, "上海"), ids(engine, "广州")) == ("", "new", "held")


def test_there_and_back(new_engine, article, ids):
    """A run that ends with what is held leaves it held."""
    engine = new_engine(article("天气", id="held"))
    summary = engine.index([article("广州", id="held"), article("天气", id="held")])
    assert counts(summary) == (2, 0, 2, 0, 0, 1)
    assert (ids(engine, "天气"), ids(engine, "广州"), summary.total) == ("held", "", 1)


@pytest.mark.limit("rejections")
@pytest.mark.parametrize("number", [2, 3])
def test_rejections(new_engine, article, number):
    """Rejected inputs are counted, and named up to the limit; the rest goes in."""
    engine = new_engine(rejections=2)
    rejected = [Rejection("news.jsonl", f"line {n}", "invalid_article", "no title") for n in range(number)]
    summary = engine.index([rejected[0], article("北京"), *rejected[1:]])
    assert counts(summary) == (number + 1, 1, 0, 0, number, 0)
    assert summary.rejections == tuple(rejected[:2])


def test_only_rejections(new_engine):
    """A run of nothing but rejections changes nothing."""
    engine = new_engine(FULL)
    before = engine.generation()
    assert engine.index([Rejection("x", None, "unreadable", "no")]).generation == before
    assert engine.get(FULL.id) == FULL


def test_rebuild(new_engine, article, ids):
    """A rebuild leaves only what it was given, all of it counted as added."""
    engine = new_engine(article("北京"), article("上海"))
    before = engine.generation()
    summary = engine.index([article("上海", id="b"), article("天气", id="c")], rebuild=True)
    assert counts(summary) == (2, 2, 0, 0, 0, 0)
    assert (summary.total, summary.generation) == (2, before + 1)
    assert (ids(engine, "北京"), ids(engine)) == ("", "b c")


def test_rebuild_of_the_same(new_engine):
    """A rebuild makes a generation even where it ends with what was held."""
    engine = new_engine(FULL)
    before = engine.generation()
    summary = engine.index([FULL], rebuild=True)
    assert (counts(summary), summary.generation) == ((1, 1, 0, 0, 0, 0), before + 1)


def test_rebuild_to_nothing(new_engine, article, ask):
    """A rebuild from nothing empties the engine."""
    engine = new_engine(article("北京"))
    assert engine.index([], rebuild=True).total == 0
    assert ask(engine).total == 0


def test_delete(new_engine, article, ask, ids):
    """Deleted articles are in no answer; ids that are not held are named once."""
    engine = new_engine(article("北京", source="甲"), article("北京", source="乙"), article("北京"))
    before = engine.generation()
    summary = engine.delete(["a", "x", "a", "c", "x"])
    assert (summary.deleted, summary.missing, summary.total) == (2, ("x",), 1)
    assert summary.generation == engine.generation() == before + 1
    assert ids(engine, "北京") == ids(engine) == "b"
    assert [bucket.value for bucket in ask(engine).facets.source.buckets] == ["乙"]
    with pytest.raises(NotFound):
        engine.get("a")


def test_delete_nothing(new_engine, article):
    """A deletion of ids that are not held changes nothing."""
    engine = new_engine(article("北京"))
    before = engine.generation()
    summary = engine.delete(["x"])
    assert (summary.deleted, summary.missing, summary.total, summary.generation) == (0, ("x",), 1, before)


def test_added_again(new_engine, article, ids):
    """A deleted article that comes again is a new one."""
    engine = new_engine(article("北京"), article("天气"))
    engine.delete(["a"])
    assert counts(engine.index([article("北京", id="a")])) == (1, 1, 0, 0, 0, 0)
    assert ids(engine, "北京") == "a"


def test_delete_all(new_engine, article, ask):
    """With its last article deleted, an engine answers as an empty one."""
    engine = new_engine(article("北京", published="2020-01-01"))
    engine.delete(["a"])
    assert ask(engine, "北京").total == ask(engine).total == 0
    assert engine.statistics().first is None


def test_generation(new_engine, article, ask):
    """Each change makes one generation, which the answers after it name."""
    engine = new_engine(article("北京"))
    numbers = [engine.generation()]
    numbers += [engine.index([article("北京", id=f"{n}"), article("上海")]).generation for n in range(3)]
    numbers.append(engine.delete(["0", "1"]).generation)
    assert numbers == list(range(numbers[0], numbers[0] + 5))
    assert ask(engine).generation == engine.generation() == numbers[-1]


def test_all_or_nothing(new_engine, article, ids):
    """A run whose input fails half way leaves everything as it was, and the next one works."""
    engine = new_engine(article("北京"))
    before = engine.generation()

    def broken():
        yield article("北京", id="x")
        yield article("上海", id="a")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        engine.index(broken())
    assert (ids(engine, "北京"), ids(engine), engine.generation()) == ("a", "a", before)
    assert engine.index([article("上海", id="x")]).total == 2


def test_scan_keeps_its_generation(new_engine, article, request_for):
    """A scan under way does not see what is written meanwhile."""
    engine = new_engine(*[article("北京", id=f"{n:02}") for n in range(20)])
    hits = engine.scan(request_for("北京"))
    seen = [next(hits).id]
    engine.index([article("北京", id="99"), article("上海", id="05")])
    engine.delete(["07"])
    seen += [hit.id for hit in hits]
    assert seen == [f"{n:02}" for n in range(20)]


def test_statistics(new_engine, article):
    """Statistics count articles, undated ones, paths and sources, and name first and last."""
    engine = new_engine(
        article(
            "北京", published="2021-10-19T13:13:28+08:00", source="甲", breadcrumb=("首页", "新闻", "国内")
        ),
        article("北京", published="2019-01-01", source="甲", breadcrumb=("新闻", "国内")),
        article("北京", source="乙", breadcrumb=("首页",)),
        article("北京", published="2020-01-01"),
        article("北京", id="gone", published="2001-01-01", source="丙"),
    )
    engine.delete(["gone"])
    found = engine.statistics()
    assert (found.engine, found.articles, found.undated) == (engine.name, 4, 1)
    assert (found.categories, found.sources) == (1, 2)
    assert (found.first, found.last) == ("2019-01-01T00:00:00+08:00", "2021-10-19T13:13:28+08:00")
    assert found.generation == engine.generation()


def test_check(new_engine, article):
    """What was only written by the engine is sound."""
    engine = new_engine(FULL, article("北京"))
    engine.index([article("上海", id="a")])
    engine.delete(["a"])
    report = engine.check()
    assert (report.state, report.articles, report.problems) == ("sound", 1, ())
    assert report.generation == engine.generation()
