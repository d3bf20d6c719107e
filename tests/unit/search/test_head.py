import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.segments import segment_of
from wxsearch.analysis.fold import fold
from wxsearch.index.segment.frames import trained
from wxsearch.models import Article
from wxsearch.search.head import read_head

WANTED = "港口铁abm1𠮷"
TEXTS = st.text("港口鐵铁abABｍm1１2 ，。\n½㎡⑴⒈é\u0301\u200b𠮷😀\U0010ffff", max_size=14)


def found(texts, most=100, documents=None, wanted=WANTED, headline=0):
    """What is seen of titles and bodies: rows, characters, and places from the beginning of the article.

    Where headlines are told apart, what is seen of those comes after it.
    """
    segment = segment_of(
        [Article(id=str(n), title=title, body=body) for n, (title, body) in enumerate(texts)]
    )
    documents = np.arange(len(texts)) if documents is None else np.array(documents)
    codes = np.array([ord(each) for each in wanted], np.uint32)
    heads = read_head([(segment, documents)], codes, most, headline)
    assert len(heads[0].starts) == len(documents)
    seen = [[] if head is None else seen_in(head, wanted) for head in heads]
    return seen[0] if headline == 0 else seen


def seen_in(head, wanted):
    places = head.places - head.starts[head.documents]
    characters = [wanted[number - 1] for number in head.characters]
    return list(zip(head.documents.tolist(), characters, places.tolist(), strict=True))


def expected(texts, most):
    """The same, character by character, each between letters: at an edge a separator would be dropped."""
    wholes = [f"{title}\0{body[:most]}" for title, body in texts]
    return [
        (row, folded, place)
        for row, whole in enumerate(wholes)
        for place, folded in enumerate(fold(f"x{character}x")[1:-1] for character in whole)
        if len(folded) == 1 and folded in WANTED
    ]


def test_nothing_follows_the_title_immediately():
    """Title and body are one text with a place between them, and each article begins its own."""
    assert found([("北港", "口北"), ("口", "港")]) == [
        *[(0, "港", 1), (0, "口", 3)],
        *[(1, "口", 0), (1, "港", 2)],
    ]


@pytest.mark.parametrize("texts", [("", "港"), ("港", ""), ("", "")])
def test_empty_titles_and_bodies(texts):
    """An empty text takes no place, and the articles beside it keep theirs."""
    around = [("港", "口"), texts, ("口", "港")]
    assert found(around) == expected(around, 100)


@pytest.mark.parametrize("before", ["北", "x", "𠮷", "é", "x北𠮷"])
@pytest.mark.parametrize("most", [1, 4, 7])
def test_bodies_are_read_up_to_a_character(before, most):
    """A character at place n of a body is read, one at n + 1 not, however many bytes stand before it."""
    for place, seen in ((most - 1, True), (most, False)):
        body = (before * most)[:place] + "港" + "北" * 50
        assert ((0, "港", place + 1) in found([("", body)], most)) == seen


def test_titles_are_read_whole():
    """A title that is longer than what is read of bodies is read all the same, and the body behind it."""
    texts = [("北" * 20 + "港", "口" * 20), ("口", "港" * 3)]
    assert found(texts, 4) == expected(texts, 4)


@pytest.mark.parametrize("places", [[0], [1], [3], [0, 1], [1, 3], [0, 1, 2, 3]])
def test_very_long_articles_stand_among_others(places):
    """Articles that are cut for their length leave the others and their order as they are."""
    texts = [("港", "口" * (33 if place in places else 15) + "铁") for place in range(4)]
    assert found(texts, 8) == expected(texts, 8)


def test_a_body_that_grows_by_folding_is_no_longer_than_it_is():
    """A body that is very long only when folded is read to its end, and the article behind it too."""
    texts = [("港", "\ufdfa" * 4 + "口"), ("铁", "港口")]
    assert len(fold(texts[0][1])) > 8 * 4
    assert found(texts, 8) == expected(texts, 8)


def test_only_single_characters_are_seen():
    """A character counts as its fold; what folds to several is not seen, and takes a place as all do."""
    assert found([("", "鐵１㎡港\u200b口")]) == [(0, "铁", 1), (0, "1", 2), (0, "港", 4), (0, "口", 6)]


def test_characters_beyond_the_first_plane_take_one_place():
    """Places are code points."""
    assert found([("😀𠮷港", "😀口")]) == [(0, "𠮷", 1), (0, "港", 2), (0, "口", 5)]


def test_rows_are_in_the_order_that_is_asked_for():
    """Documents may come in any order: rows are numbered as they are given."""
    texts = [("港", ""), ("口", ""), ("铁", "")]
    assert found(texts, documents=[2, 0]) == [(0, "铁", 0), (1, "港", 0)]


@pytest.mark.parametrize("beyond", ["", "😀"])
def test_announced_headlines_are_apart(beyond):
    """What a headline has stands apart, and what follows it in its places; titles and other bodies stay."""
    texts = [("港", f"原标题：北口\n港{beyond}"), ("口", "港口"), ("", "（原标题：口）铁")]
    assert found(texts, headline=20) == [
        [(0, "港", 0), (0, "港", 3), (1, "口", 0), (1, "港", 2), (1, "口", 3), (2, "铁", 2)],
        [(0, "口", 7), (2, "口", 6)],
    ]


def test_a_headline_ends_with_its_body():
    """A body that is but a headline has no text, and the next article keeps its own."""
    assert found([("", "原标题：口"), ("", "港")], headline=20) == [[(1, "港", 1)], [(0, "口", 5)]]


def test_a_headline_is_seen_to_its_last_character():
    """Of a headline as many characters are apart as are to be, however long its announcement is."""
    assert found([("", "（原标题 ： 北北口港")], headline=3) == [[(0, "港", 1)], [(0, "口", 10)]]


def test_no_headline_is_announced():
    """Where no body announces one there is nothing apart."""
    segment = segment_of([Article(id="a", body="原来的标题：港"), Article(id="b", title="原标题：港")])
    codes = np.array([ord("港")], np.uint32)
    assert read_head([(segment, np.arange(2))], codes, 100, 20)[1] is None


@pytest.fixture(scope="module")
def dictionary():
    """What articles are packed with where there are many; its numbers are others than without."""
    samples = [Article(id=str(n), title=f"口港{n}", body=f"铁路港口😀{n}" * (n % 40)) for n in range(1_000)]
    return trained(samples, len(samples))


@settings(max_examples=40)
@given(
    st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 2)), min_size=1, max_size=6),
    st.integers(0, 3),
    st.integers(1, 12),
)
def test_texts_of_several_segments_are_one_head(dictionary, texts, first, most):
    """Segments whose texts are stored in other numbers are seen as one after another."""
    parts = []
    for number in range(3):
        of = [(title, body) for title, body, segment in texts if segment == number]
        if of:
            articles = [Article(id=str(n), title=title, body=body) for n, (title, body) in enumerate(of)]
            packed = dictionary if number == first else None
            parts.append((segment_of(articles, dictionary=packed), np.arange(len(of)), of))
    codes = np.array([ord(each) for each in WANTED], np.uint32)
    head, _ = read_head([part[:2] for part in parts], codes, most, 0)
    assert seen_in(head, WANTED) == expected([text for part in parts for text in part[2]], most)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), st.integers(1, 12))
def test_a_head_is_what_single_characters_say(texts, most):
    """For any texts, and wherever they are cut, places are those that folding each character gives."""
    assert found(texts, most) == expected(texts, most)
