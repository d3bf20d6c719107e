import time

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wxsearch.analysis import clusters
from wxsearch.analysis.fold import fold
from wxsearch.models import Article
from wxsearch.query.parser import parse
from wxsearch.query.tree import And, AtLeast, Leaf, Not, Optional, Or, Unranked
from wxsearch.search.highlight import highlight, mark, marked_leaves


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


@pytest.mark.parametrize("group", [And, Or, lambda children: AtLeast(1, children)])
def test_what_decides_is_marked(group):
    """Words and pieces of words are, wherever they stand; function words and what is taken away are not."""
    children = (Leaf("港口"), Optional(Leaf("的")), Unranked(Leaf("铁路")), Not(Leaf("航空")))
    assert marked_leaves(group(children)) == [Leaf("港口"), Leaf("铁路")]


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


@pytest.mark.parametrize("shift", range(7))
@pytest.mark.parametrize(
    "sign", ["e\u0301", "葛\U000e0100", "👩\u200d👩\u200d👧", "👍🏽", "🇨🇳", "\u1112\u1161\u11ab"]
)
def test_no_passage_parts_a_character(limits, make_article, sign, shift):
    """Where no sentence begins or ends near, a passage still begins and ends between two characters."""
    body = sign * 100 + "甲" * shift + "港口" + "乙" * shift + sign * 200
    passage = highlight(make_article(body=body), [Leaf("港口")], limits).body[0]
    end = passage.start + len(passage.text)
    assert 0 < passage.start < end < len(body)
    assert not clusters.is_inside(body, passage.start)
    assert not clusters.is_inside(body, end)


def test_a_mark_holds_its_last_character_whole():
    """What fold drops behind the last letter is marked with it, and touching marks are joined over it."""
    assert marked(mark("un cafe\u0301 noir", [Leaf("cafe")])) == ["cafe\u0301"]
    assert marked(mark("港\U000e0100口\U000e0100航运", [Leaf("港口"), Leaf("航运")])) == [
        "港\U000e0100口\U000e0100航运"
    ]


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("港口的建设", ["港口", "建设"]),
        ("的", ["的"]),
        ('"的" 港口', ["港口", "的"]),
        ("(港口的 OR 铁路) -建设", ["港口"]),
    ],
)
def test_function_words_are_marked_alone_only(limits, vocabulary, typed, marks):
    """A function word beside other words adds to the rank and is not marked; alone or quoted it is."""
    found = marked(mark("港口，有的，建设", marked_leaves(parse(typed, limits, vocabulary).root)))
    assert sorted(found) == sorted(marks)


def test_a_passage_is_not_padded(limits, make_article):
    """Sentences behind the last mark are left out where the passage is long enough without them."""
    sentence = "港口" + "话" * 90 + "。"
    body = sentence + "声明：本文不代表立场。" * 3
    (passage,) = highlight(make_article(body=body), [Leaf("港口")], limits).body
    assert passage.text == sentence


@pytest.mark.parametrize("length", [60, 76, 101, 120, 149, 150])
@pytest.mark.parametrize("before", ["", "话" * 40, "前面的话。" * 30, "话" * 200])
def test_a_match_over_the_end_of_a_sentence_is_shown_whole(limits, make_article, length, before):
    """A string that fits into a passage is marked whole, whatever sentences end or begin inside it."""
    assert length <= limits.passage_characters == 150
    text = ("甲" * (length // 2) + "。" + "乙" * length)[:length]
    body = f"{before}{text}{'丙' * 40}。{'丁' * 300}"
    (passage,) = highlight(make_article(body=body), [Leaf(text.replace("。", " "), quoted=True)], limits).body
    assert marked(passage) == [text]
    assert len(passage.text) <= limits.passage_characters


@pytest.mark.parametrize("more", [1, 20, 400])
def test_of_a_match_that_is_too_long_the_beginning_is_shown(limits, make_article, more):
    """A string that is longer than a passage fills it from its first character on."""
    text = "甲乙丙丁。戊己庚" * 100
    text = text[: limits.passage_characters + more]
    body = f"前面。{text}后面。"
    (passage,) = highlight(
        make_article(body=body), [Leaf(text.replace("。", " ").strip(), quoted=True)], limits
    ).body
    assert marked(passage) == [passage.text] == [text[: limits.passage_characters]]


def test_a_match_that_is_cut_at_a_line_break_is_marked(limits, make_article):
    """Of a match that goes over a line break, what a passage shows before the break is marked."""
    line = "甲" * (limits.passage_characters - 1)
    (passage,) = highlight(
        make_article(body=f"{line}\n乙乙"), [Leaf(f"{line} 乙乙", quoted=True)], limits
    ).body
    assert marked(passage) == [passage.text] == [line]


def test_a_sentence_ends_with_what_closes_it(limits, make_article):
    """A quotation mark behind the end of a sentence belongs to it, and begins none."""
    body = "“" + "话" * 90 + "港口。”铁路" + "话" * 100
    first, second = highlight(make_article(body=body), [Leaf("港口"), Leaf("铁路")], limits).body
    assert first.text.endswith("港口。”")
    assert second.text.startswith("铁路")


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


@pytest.mark.parametrize(
    ("typed", "text", "marks"),
    [
        ("大卫", "大卫到了", [(0, 2)]),
        ("虚拟机", "一个正常的虚拟机数据", [(5, 8)]),
        ("国际", "第三屆國際論壇", [(3, 5)]),
        ("２０１２", "于2012年", [(1, 5)]),
        ("abc", "ＡＢＣ公司", [(0, 3)]),
        ("简单", "安装简单,使用简单", [(2, 4), (7, 9)]),
        ("100㎡", "100㎡ 的房子", [(0, 4)]),
        ("物流 无锡", "无锡物流", [(0, 4)]),
        ("开心", "今天😀开心", [(3, 5)]),
        ('"安全 发展"', "安全、发展并重", [(0, 5)]),
        ("零宽", "零\u200b宽字符", [(0, 3)]),
        ("后", "皇後", [(1, 2)]),
    ],
)
def test_accepted_marks(limits, vocabulary, make_article, typed, text, marks):
    """Title and body are marked as people expect, in code points of the original."""
    found = highlight(
        make_article(title=text, body=text), marked_leaves(parse(typed, limits, vocabulary).root), limits
    )
    assert list(found.title.marks) == list(found.body[0].marks) == marks
    assert found.body[0].start == 0


pieces = st.lists(
    st.sampled_from(
        [
            "港口",
            "铁路",
            "。",
            "，",
            "\n",
            "ＡＢ",
            "é",
            "e\u0301",
            "👩\u200d👧",
            "\u1112\u1161",
            "𠮷",
            "的话",
            " ",
            "”",
        ]
    ),
    max_size=120,
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
        assert not clusters.is_inside(body, passage.start)
        assert not clusters.is_inside(body, end)
        assert all(marked(passage))
        assert all(first < last <= len(passage.text) for first, last in passage.marks)


@given(pieces, st.integers(10, 60), st.data())
def test_what_is_found_is_marked(limits, parts, size, data):
    """A leaf that stands in the body has a mark, however long it is and whatever it lies across."""
    body = "".join(parts)
    folded = fold(body)
    start = data.draw(st.integers(0, len(folded)))
    text = folded[start : start + data.draw(st.integers(1, 90))].strip()
    assume(text)
    leaf = Leaf(text, quoted=True)
    small = msgspec.structs.replace(limits, passage_characters=size)
    others = data.draw(st.lists(st.sampled_from([Leaf("港口"), Leaf("ab")]), max_size=2))
    found = highlight(Article(id="1", body=body), [leaf, *others], small)
    assert any(passage.marks for passage in found.body)
    for passage in found.body:
        assert len(passage.text) <= size
        assert all(0 <= first < last <= len(passage.text) for first, last in passage.marks)
