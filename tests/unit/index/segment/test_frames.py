from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.index.segment import frames
from wxsearch.index.segment.frames import PARTS, Frames, FrameWriter, sample_places, trained
from wxsearch.models import Article, Link

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
MAYBE = st.one_of(st.none(), TEXT)
ARTICLES = st.builds(
    Article,
    id=st.just("1"),
    url=MAYBE,
    title=TEXT,
    body=TEXT,
    published=st.just("2021-10-19T13:13:28+08:00"),
    precision=st.sampled_from(["second", "minute", "day"]),
    source=MAYBE,
    breadcrumb=st.lists(TEXT, max_size=3).map(tuple),
    author=MAYBE,
    keywords=st.lists(TEXT, max_size=3).map(tuple),
    previous=st.one_of(st.none(), st.builds(Link, TEXT, MAYBE)),
    next=st.one_of(st.none(), st.builds(Link, TEXT, MAYBE)),
    extra=st.dictionaries(TEXT, st.one_of(st.none(), st.integers(-9, 9), TEXT, st.lists(TEXT)), max_size=3),
)


@cache
def dictionary():
    """A dictionary trained on a thousand articles."""
    samples = [
        Article(id=str(n), title=f"第{n}号公告", body=f"港口吞吐量增长{n}%。" * 9) for n in range(1_000)
    ]
    content = trained(samples, 1_000)
    assert content
    return content


def frames_of(articles, dictionary):
    writer = FrameWriter(dictionary)
    content = b"".join(map(writer.pack, articles))
    return Frames(memoryview(content), writer.sections()["frame_ends"], dictionary and memoryview(dictionary))


def columns(article):
    """The fields that columns hold."""
    precision = article.precision if article.published else None
    return {"id": article.id, "published": article.published, "precision": precision}


@pytest.mark.parametrize("packed_with", [False, True])
@given(articles=st.lists(ARTICLES, min_size=1, max_size=4))
def test_articles_come_back(packed_with, articles):
    """An article is what it was, every field, with a dictionary and without."""
    frames = frames_of(articles, dictionary() if packed_with else None)
    for document, article in enumerate(articles):
        assert frames.article(document, **columns(article)) == article


@pytest.mark.parametrize("packed_with", [False, True])
@given(articles=st.lists(ARTICLES, min_size=1, max_size=6), some=st.sets(st.integers(0, 5)))
def test_texts_are_those_of_the_documents_asked_for(packed_with, articles, some):
    """Unpacked articles are parts that end in zeros: the rest, the title, the body of each in turn."""
    frames = frames_of(articles, dictionary() if packed_with else None)
    chosen = sorted(document for document in some if document < len(articles))
    numbers = frames.numbers(np.array(chosen, np.intp))
    assert np.count_nonzero(numbers == 0) == PARTS * len(chosen)
    *parts, end = frames.numbering.decoded(numbers).split("\0")
    assert end == ""
    assert parts[1::PARTS] == [articles[each].title for each in chosen]
    assert parts[2::PARTS] == [articles[each].body for each in chosen]


@pytest.mark.parametrize(("characters", "apart"), [(4_000, False), (4_001, True)])
def test_a_long_extra_is_packed_apart(characters, apart):
    """Neither a look into texts nor a hit unpacks the long things that articles keep under other keys."""
    extra = {"html": "页" * (characters - len('{"html":""}'))}
    article = Article(id="1", source="某报", title="标题", body="正文", extra=extra)
    for used in (None, dictionary()):
        frames = frames_of([article, article], used)
        assert [frames.article(each, **columns(article)) for each in (0, 1)] == [article, article]
        assert [len(text) < characters for text in frames.unpacked(np.array([0, 1]))] == [apart, apart]
        assert frames.body(1) == "正文"
        shown = frames.article(1, extra=False, **columns(article))
        assert (shown.source, shown.body, shown.extra) == ("某报", "正文", {} if apart else extra)


def test_training_reads_texts_and_not_what_is_packed_apart(monkeypatch):
    """A dictionary is of the language of titles and bodies, whatever stands beside them."""
    taken = []
    monkeypatch.setattr(frames, "frequent_units", lambda texts: taken.extend(texts) or np.empty(0, np.uint16))
    trained([Article(id="1", title="标题", body="正文", extra={"html": "页" * 9_000})], 1_000)
    assert [text.partition("\0")[2] for text in taken] == ["标题\0正文\0"]
    assert len(taken[0]) < 100


def test_a_time_that_no_column_holds_is_kept():
    """What the columns would lose stays in the frame: a precision without a time, other ways to print."""
    given_articles = [
        Article(id="a", precision="day"),
        Article(id="b", published="2021-10-19T13:13:28.500+08:00", precision="second"),
        Article(id="c", published="2021-10-19T05:13:28Z", precision="second"),
    ]
    frames = frames_of(given_articles, None)
    for document, article in enumerate(given_articles):
        shown = {"id": article.id, "published": None, "precision": None}
        if article.published:
            shown |= {"published": "2021-10-19T13:13:28+08:00", "precision": "second"}
        assert frames.article(document, **shown) == article


@pytest.mark.parametrize("field", ["title", "body"])
def test_a_text_with_a_zero_byte_is_refused(field):
    """NUL ends texts, so no text may hold it; readers of sources replace it."""
    with pytest.raises(ValueError, match="holds a NUL"):
        FrameWriter(None).pack(Article(id="a", **{field: "x\0y"}))
    assert FrameWriter(None).pack(Article(id="a", extra={"field": "x\0y"}))


def test_a_dictionary_makes_frames_smaller():
    """Short articles that are alike take less than half with a dictionary trained on such."""
    articles = [Article(id=str(n), title=f"第{n}号公告", body=f"港口吞吐量增长{n}%。" * 9) for n in range(50)]
    sizes = [sum(len(FrameWriter(each).pack(a)) for a in articles) for each in (None, dictionary())]
    assert sizes[1] < sizes[0] / 2


def test_a_dictionary_has_to_pay():
    """For few articles there is none, and none where there is too little to learn from."""
    one = Article(id="a", body="港口" * 50)
    assert trained([one] * 999, 999) is None
    assert trained([one] * 2, 1_000) is None


@given(st.integers(0, 200_000))
def test_samples_are_taken_evenly(count):
    """At most some thousands of articles are samples, from the first to nearly the last."""
    places = sample_places(count)
    assert len(places) == count if count < 6_000 else 3_000 <= len(places) <= 6_000
    assert all(place < count for place in places[-1:])
    assert not count or places[-1] >= count - max(1, count // 3_000)


def test_training_reads_the_beginnings_of_long_articles():
    """What stands far behind in long articles makes no difference, so that training takes bounded memory."""
    most = frames._SAMPLED_CHARACTERS
    chance = Random(4)
    bodies = ["".join(chance.choices("铁路港口物流经济新闻", k=most + 9)) for _ in range(200)]
    longer = [body + "尾" * most for body in bodies]
    short, long = (
        [Article(id=str(n), body=body) for n, body in enumerate(each)] for each in (bodies, longer)
    )
    content = trained(short, 1_000)
    assert content is not None
    assert trained(long, 1_000) == content
