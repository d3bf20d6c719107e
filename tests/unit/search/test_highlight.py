import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.models import Article
from wxsearch.query.tree import Leaf
from wxsearch.search.highlight import highlight, mark


def marked(passage):
    return [passage.text[start:end] for start, end in passage.marks]


def test_marks_are_what_the_reader_sees():
    """Marks stand on the original text, also where folding changed width and case."""
    assert marked(mark("在ＨＴＭＬ与Html里", [Leaf("html")])) == ["ＨＴＭＬ", "Html"]
    assert marked(mark("𠮷野家的大卫到了", [Leaf("大卫")])) == ["大卫"]


def test_touching_marks_are_one():
    """Two leaves side by side are marked as one stretch."""
    assert marked(mark("港口航运中心", [Leaf("港口"), Leaf("航运")])) == ["港口航运"]


def test_quoted_strings_are_marked_whole():
    """A quoted string is marked across the signs inside it, and only where it stands."""
    leaf = Leaf("港口 航运", quoted=True)
    assert marked(mark("港口，航运；港口与内河航运", [leaf])) == ["港口，航运"]


@pytest.mark.parametrize(
    ("text", "leaf", "marks"),
    [
        ("安装简单，使用简单", Leaf("简单"), ["简单", "简单"]),
        ("新人武部大楼", Leaf("人武部"), ["人武部"]),
        ("the said mail，AI大模型", Leaf("ai"), ["AI"]),
        ("the said", Leaf("ai", quoted=True), ["ai"]),
        ("ChenKai168 chen", Leaf("chen"), ["Chen", "chen"]),
        ("iPhone—15发布，iPhone151", Leaf("iphone15"), ["iPhone—15"]),
        ("CHINA股，A股", Leaf("a股"), ["A股"]),
        ("哈哈哈哈，哈哈", Leaf("哈哈哈"), ["哈哈哈哈"]),
        ("x y x y x", Leaf("x y x", quoted=True), ["x y x y x"]),
        ("零\u200b宽，100㎡", Leaf("零宽"), ["零\u200b宽"]),
        ("100㎡的", Leaf("100m2"), ["100㎡"]),
    ],
)
def test_what_matches_is_marked(text, leaf, marks):
    """Every place where the leaf stands is marked, overlapping ones as one, and nothing else."""
    assert marked(mark(text, [leaf])) == marks


def test_without_a_match_the_passage_is_the_beginning(limits, make_article):
    """An article shown without a query begins with its first sentences and has no marks."""
    article = make_article(title="题", body="第一句话。" * 100)
    found = highlight(article, [], limits)
    assert found.title.text == "题"
    assert len(found.body) == 1
    assert found.body[0].start == 0
    assert found.body[0].text.endswith("。")
    assert len(found.body[0].text) <= limits.passage_characters


def test_the_passage_begins_with_the_sentence_of_the_match(limits, make_article):
    """A match far down is shown with its own sentence, not cut out of it."""
    body = "无关的话。" * 100 + "这里说到港口的事。" + "后面的话。" * 50
    passage = highlight(make_article(body=body), [Leaf("港口")], limits).body[0]
    assert passage.text.startswith("这里说到港口")
    assert body[passage.start : passage.start + len(passage.text)] == passage.text


def test_leaves_far_apart_get_passages_of_their_own(limits, make_article):
    """Each further passage shows a leaf that the ones before did not."""
    body = "港口。" + "话。" * 200 + "铁路。" + "话。" * 200 + "港口。"
    passages = highlight(make_article(body=body), [Leaf("港口"), Leaf("铁路")], limits).body
    assert [marked(passage) for passage in passages] == [["港口"], ["铁路"]]


@pytest.mark.limit("passages")
@pytest.mark.parametrize("more", [0, 1])
def test_passages_are_limited(limits, make_article, more):
    """As many places as limits.passages are shown; of one more, the first ones are."""
    words = ["港口", "铁路", "公路", "航空", "仓储"][: limits.passages + more]
    assert len(words) == limits.passages + more
    found = highlight(make_article(body=("话" * 400).join(words)), [Leaf(word) for word in words], limits)
    shown = [mark for passage in found.body for mark in marked(passage)]
    assert shown == words[: limits.passages]


@pytest.mark.limit("passage_characters")
@pytest.mark.parametrize("more", [0, 1])
def test_a_passage_may_be_as_long_as_passage_characters(limits, make_article, more):
    """A body of limits.passage_characters is shown whole; of one more, the last is cut off."""
    body = "港口" + "话" * (limits.passage_characters - 2 + more)
    for leaves in ([Leaf("港口")], []):
        (passage,) = highlight(make_article(body=body), leaves, limits).body
        assert passage.text == body[: limits.passage_characters]


@pytest.mark.limit("highlight_characters")
def test_only_the_beginning_of_an_endless_body_is_read(limits, make_article):
    """A match at limits.highlight_characters is shown, one character further it is not."""
    short = msgspec.structs.replace(limits, highlight_characters=100)
    inside = make_article(body="，" * 98 + "港口，，，")
    outside = make_article(body="，" * 99 + "港口，，，")
    assert marked(highlight(inside, [Leaf("港口")], short).body[0]) == ["港口"]
    assert marked(highlight(outside, [Leaf("港口")], short).body[0]) == []


def test_combining_marks_stay_with_their_letter(limits, make_article):
    """No passage ends between a letter and its accents."""
    body = "港口" + "e\u0301" * 200
    passage = highlight(make_article(body=body), [Leaf("港口")], limits).body[0]
    following = body[passage.start + len(passage.text)]
    assert following != "\u0301"


@pytest.mark.parametrize("count", [1, 50_000])
def test_ten_thousands_of_matches_are_no_trouble(limits, make_article, count):
    """A body that is one word over and over is marked without trying every pair of places."""
    found = highlight(make_article(body="港口，" * count), [Leaf("港口")], limits)
    assert found.body[0].marks


@pytest.mark.parametrize("leaf", [Leaf("哈哈"), Leaf("哈" * 300, quoted=True), Leaf("哈", quoted=True)])
def test_a_match_at_every_character_is_no_trouble(limits, make_article, leaf):
    """A body without sentences that matches everywhere is marked within two seconds."""
    article = make_article(body="哈" * limits.highlight_characters)
    began = time.process_time()
    assert highlight(article, [leaf], limits).body[0].marks
    assert time.process_time() - began < 2


pieces = st.lists(
    st.sampled_from(["港口", "铁路", "。", "，", "\n", "ＡＢ", "é", "𠮷", "的话", " ", "”"]), max_size=120
)


@given(pieces, st.integers(10, 60))
def test_passages_are_slices(limits, parts, size):
    """Passages are unaltered slices in order that do not overlap, and marks lie inside them."""
    body = "".join(parts)
    small = msgspec.structs.replace(limits, passage_characters=size)
    found = highlight(Article(id="1", body=body), [Leaf("港口"), Leaf("ab"), Leaf("铁路")], small)
    end = 0
    for passage in found.body:
        assert body[passage.start : passage.start + len(passage.text)] == passage.text
        assert passage.start >= end
        assert 0 < len(passage.text) <= size
        end = passage.start + len(passage.text)
        assert all(marked(passage))
        assert all(first < last <= len(passage.text) for first, last in passage.marks)
