"""Families of near-copies: who is in them, how hits name them, how a list is collapsed."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from support import reprints
from support.answers import same_answers
from support.examples import bounded
from wxsearch.models import Article, Family

TEXT = reprints.body(7) + "\n港口清晨恢复"


def dated(article_id, day, body=TEXT, **fields):
    """An article of some day of May."""
    published = f"2021-05-{day:02}T08:00:00+08:00" if day else None
    return Article(
        id=article_id,
        title=fields.pop("title", f"港口新闻 {article_id}"),
        body=body,
        published=published,
        precision="second" if day else None,
        **fields,
    )


def copies():
    """An article of the second of May, copies of it, one of another family, one that is alone."""
    other = reprints.body(8) + "\n港口傍晚启用"
    return [
        dated("a", 2, source="江城日报"),
        dated("b", 3, reprints.with_tail(TEXT), source="岭南晨报"),
        dated("c", 5, reprints.half(TEXT) + "\n港口", source="河东网"),
        dated("x", 4, other),
        dated("y", 6, reprints.with_source_line(other)),
        dated("z", 1, reprints.body(9) + "\n港口"),
    ]


def families(engine, ask):
    """The ids of all articles by the family that hits name."""
    found = {}
    for hit in ask(engine, size="100").hits:
        found.setdefault(hit.family and hit.family.id, set()).add(hit.id)
    return found


def test_hits_name_their_family(new_engine, ask):
    """A copy names the first published of its family and how many there are; who is alone names none."""
    engine = new_engine(*copies())
    assert families(engine, ask) == {"a": {"a", "b", "c"}, "x": {"x", "y"}, None: {"z"}}
    hit = next(hit for hit in ask(engine, "港口").hits if hit.id == "b")
    assert hit.family == Family(id="a", size=3)
    assert hit.family.others is UNSET


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_families_do_not_depend_on_the_order_of_arrival(new_engine, ask, order):
    """One by one in any order, the same articles make the same families."""
    engine = new_engine()
    articles = [copies()[place] for place in order]
    for article in articles:
        engine.index([article])
    assert families(engine, ask) == {"a": {"a", "b", "c"}, None: {"x"}}


def test_the_first_published_heads_and_the_undated_come_last(new_engine, ask):
    """By time, then by id; an article without a time heads only where none has one."""
    engine = new_engine(dated("a", 0), dated("b", 9), dated("c", 9))
    assert set(families(engine, ask)) == {"b"}
    engine.delete(["b", "c"])
    engine.index([dated("0", 0)])
    assert families(engine, ask) == {"0": {"0", "a"}}


def test_families_follow_updates_and_deletions(new_engine, ask):
    """Who is deleted or rewritten leaves; who heads then is the first of those who stay."""
    engine = new_engine(*copies())
    engine.delete(["a"])
    assert families(engine, ask)["b"] == {"b", "c"}
    engine.index([dated("c", 5, reprints.body(30))])
    assert families(engine, ask) == {"x": {"x", "y"}, None: {"b", "c", "z"}}
    engine.index([dated("a", 2), dated("c", 5)])
    assert families(engine, ask)["a"] == {"a", "b", "c"}


def test_a_link_that_goes_takes_a_family_apart(new_engine, ask):
    """Two articles that are related through a third alone are strangers without it."""
    first, second = reprints.body(3, 3), reprints.body(103, 3)
    engine = new_engine(dated("a", 1, first), dated("b", 2, f"{first}\n{second}"), dated("c", 3, second))
    assert families(engine, ask) == {"a": {"a", "b", "c"}}
    engine.delete(["b"])
    assert families(engine, ask) == {None: {"a", "c"}}


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_a_collapsed_list_is_the_list_without_later_copies(new_engine, ask, sort):
    """The first of each family stays, in its place; the total counts what is listed."""
    engine = new_engine(*copies())
    whole = ask(engine, "港口", sort=sort).hits
    seen, kept = set(), []
    for hit in whole:
        name = hit.family.id if hit.family else hit.id
        if name not in seen:
            kept.append(hit.id)
        seen.add(name)
    found = ask(engine, "港口", sort=sort, collapse="family")
    assert [hit.id for hit in found.hits] == kept
    assert found.total == len(kept) == 3
    pages = [ask(engine, "港口", sort=sort, collapse="family", size="1", offset=str(at)) for at in range(3)]
    assert [hit.id for page in pages for hit in page.hits] == kept


@pytest.mark.parametrize("head", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_of_a_collapsed_list_laid_together_are_the_list(new_engine, ask, head, size):
    """However many articles are looked at more closely, and wherever a page ends."""
    more = [dated(f"m{seed}", seed, reprints.body(seed) + "\n港口") for seed in range(20, 24)]
    engine = new_engine(*copies(), *more, ranking={"head": head})
    whole = [hit.id for hit in ask(engine, "港口", collapse="family", size="100").hits]
    pages = [
        [hit.id for hit in ask(engine, "港口", collapse="family", size=str(size), offset=str(at)).hits]
        for at in range(0, len(whole), size)
    ]
    assert [each for page in pages for each in page] == whole
    assert len(whole) == 7


def test_an_index_without_articles_can_be_collapsed(new_engine, ask):
    """Before the first article and after the last one is deleted, nothing is listed."""
    engine = new_engine(dated("a", 2))
    engine.delete(["a"])
    for each in (new_engine(), engine):
        result = ask(each, "港口", collapse="family", facets="family")
        assert (result.total, result.hits, result.facets.family) == (0, (), ())


def test_a_collapsed_hit_says_for_how_many_it_stands(new_engine, ask):
    """`others` counts those of the family that match; filters narrow it, `size` they do not."""
    engine = new_engine(*copies())
    found = {hit.id: hit.family for hit in ask(engine, "港口", collapse="family", sort="oldest").hits}
    assert found == {
        "z": None, "a": Family(id="a", size=3, others=2), "x": Family(id="x", size=2, others=1)
    }  # fmt: skip
    narrowed = ask(engine, "港口", collapse="family", sort="oldest", from_="2021-05-03", to="2021-05-04")
    assert [(hit.id, hit.family.size, hit.family.others) for hit in narrowed.hits] == [
        ("b", 3, 0),
        ("x", 2, 0),
    ]


def test_facets_of_a_collapsed_list_count_articles(new_engine, ask):
    """What is picked in a facet counts all copies, collapsed or not."""
    engine = new_engine(*copies())
    assert ask(engine, "港口", collapse="family").facets == ask(engine, "港口").facets


def test_the_family_facet_has_the_largest_families(new_engine, ask):
    """By how many match, then the newest, with the title of the head; it is there when it is asked for."""
    engine = new_engine(*copies())
    assert ask(engine, "港口").facets.family is UNSET
    counts = ask(engine, "港口", facets="family").facets.family
    assert [(each.id, each.title, each.count, each.size) for each in counts] == [
        ("a", "港口新闻 a", 3, 3),
        ("x", "港口新闻 x", 2, 2),
    ]
    narrowed = ask(engine, "港口", facets="family", from_="2021-05-03").facets.family
    assert [(each.id, each.count, each.size) for each in narrowed] == [("x", 2, 2), ("a", 2, 3)]


@pytest.mark.limit("family_buckets")
def test_the_family_facet_names_so_many(new_engine, ask):
    """With a bound of two, two families are all named, and of three the two largest."""
    third = [dated("u", 7, reprints.body(40) + "\n港口"), dated("v", 8, reprints.body(40) + "\n港口")]
    engine = new_engine(*copies(), family_buckets=2)
    assert [each.id for each in ask(engine, "港口", facets="family").facets.family] == ["a", "x"]
    engine.index(third)
    assert [each.id for each in ask(engine, "港口", facets="family").facets.family] == ["a", "u"]


@pytest.mark.limit("family_members")
def test_an_article_names_so_many_copies(new_engine):
    """With a bound of three a family of three is named whole; of four the first three."""
    engine = new_engine(*copies(), family_members=3)
    family = engine.family("c")
    assert (family.id, family.size, [each.id for each in family.members]) == ("a", 3, ["a", "b", "c"])
    assert (family.members[1].source, family.members[1].published) == (
        "岭南晨报",
        "2021-05-03T08:00:00+08:00",
    )
    engine.index([dated("d", 4, reprints.reordered(TEXT))])
    family = engine.family("c")
    assert (family.size, [each.id for each in family.members]) == (4, ["a", "b", "d"])
    assert engine.family("z") is None


def test_the_first_published_goes_before_copies_that_score_about_the_same(new_engine, ask):
    """A newer copy with an equal score would come first; the explanation says what the first got."""
    articles = [dated("a", 2, title="港口"), dated("b", 3, title="港口"), dated("q", 4, reprints.body(3))]
    engine = new_engine(*articles)
    hits = ask(engine, "港口", explain="true").hits
    assert [hit.id for hit in hits] == ["a", "b", "q"]
    assert [part.part for part in hits[0].explanation][-1] == "first"
    without = new_engine(*articles, ranking={"copies": 0.0})
    assert [hit.id for hit in ask(without, "港口").hits] == ["b", "a", "q"]


@pytest.mark.parametrize(("first", "second"), [(0, 0), (3, 3)])
def test_who_is_not_known_to_be_the_first_is_not_put_before_copies(new_engine, ask, first, second):
    """Without times, or with equal ones, scores and ids say who is where."""
    engine = new_engine(dated("b", first, title="港口"), dated("a", second, title="港口"))
    hits = ask(engine, "港口", explain="true").hits
    assert [hit.id for hit in hits] == ["a", "b"]
    assert "first" not in {part.part for hit in hits for part in hit.explanation}


def test_the_best_of_a_family_is_listed_also_behind_the_head(new_engine, ask):
    """Where nothing is looked at more closely, the score says which copy comes first, and not the time."""
    older, newer = dated("a", 2, title="港口 港口"), dated("b", 3, title="消息")
    engine = new_engine(older, newer, ranking={"head": 0})
    assert [hit.id for hit in ask(engine, "港口", collapse="family").hits] == ["a"]


def test_collapsing_relaxes_no_query(new_engine, ask):
    """How many words are asked for follows from how many articles match, and not from how many are listed."""
    engine = new_engine(*copies()[:2], dated("q", 4, "清晨", title="消息"), relax_below=2)
    found = ask(engine, "港口 清晨", collapse="family")
    assert (found.relaxed, found.total) == (None, 1)


def test_a_copy_that_scores_much_higher_stays_before(new_engine, ask):
    """What only the copy's headline says is worth more than being first."""
    engine = new_engine(dated("a", 2, title="消息"), dated("b", 3, title="港口 港口"))
    assert [hit.id for hit in ask(engine, "港口").hits] == ["b", "a"]


BODIES = [
    reprints.bulletin(1),
    reprints.bulletin(2),
    *(edit(TEXT) for edit in (str, *reprints.EDITS)),
    *(edit(reprints.body(8) + "\n港口") for edit in (str, reprints.half, reprints.dropped)),
]


@st.composite
def changes(draw):
    """Articles that come, come again with another text, and go; and segments that are merged."""
    ids = st.sampled_from("abcdefgh")
    article = st.builds(dated, ids, st.integers(0, 28), st.sampled_from(BODIES))
    change = st.one_of(
        st.tuples(st.just("index"), st.lists(article, min_size=1, max_size=4)),
        st.tuples(st.just("delete"), st.lists(ids, min_size=1, max_size=3)),
        st.tuples(st.just("merge"), st.integers(1, 2)),
    )
    return [("index", draw(st.lists(article, min_size=2, max_size=6))), *draw(st.lists(change, max_size=5))]


@pytest.fixture(scope="module")
def engines(make_engine):
    """The engine and the oracle, with a head that few articles overflow."""
    return [make_engine(name, {"head": 4}) for name in ("embedded", "memory")]


@bounded
@given(changes(), st.sampled_from(["relevance", "newest", "oldest"]), st.sampled_from(["", "family"]))
def test_any_history_gives_the_families_of_the_oracle(engines, request_for, history, sort, collapse):
    """However articles come, go and are merged, families and collapsed lists are those of the oracle."""
    engine, oracle = engines
    for each in engines:
        each.index([dated("only", 1, reprints.body(77))], rebuild=True)
    for kind, items in history:
        if kind == "merge":
            engine.merge(items)
        else:
            for each in engines:
                getattr(each, kind)(items)
    request = request_for(
        "港口", sort=sort, collapse=collapse, size="100", facets="family,date", explain="true"
    )
    same_answers(oracle, engine, request)
    for hit in oracle.scan(request_for()):
        assert engine.family(hit.id) == oracle.family(hit.id)
    assert engine.check(full=True).state == "sound"
