"""Which articles can hold a string, by their signatures."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import fold
from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.index.segment import signatures
from wxsearch.index.segment.signatures import Signatures, SignatureWriter

LEAST = signatures._LEAST_CHARACTERS
TEXT = st.text("中国哈ab1，。 國Ａ\u200b½𠮟😀", max_size=40)


def signatures_of(*batches):
    """The signatures of articles, pairs of title and body, that come in batches."""
    writer = SignatureWriter()
    for batch in batches:
        writer.add(fold_texts([text for pair in batch for text in pair]))
    return Signatures(writer.sections())


def possible(found, documents, string):
    return found.possible(np.array(documents, np.intp), string).tolist()


@given(
    st.lists(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4), min_size=1, max_size=3),
    st.sampled_from([3, 20, LEAST]),
    st.data(),
)
def test_what_stands_in_an_article_is_possible(batches, least, data):
    """No string that stands in a title or a body is ruled out there, whatever its characters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signatures, "_LEAST_CHARACTERS", least)
        found = signatures_of(*batches)
    articles = [tuple(map(fold, pair)) for batch in batches for pair in batch]
    text = data.draw(st.sampled_from([text for pair in articles for text in pair]))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    string = text[start:end]
    holding = {n for n, pair in enumerate(articles) if any(string in each for each in pair)}
    assert holding <= set(possible(found, range(len(articles)), string))


def test_long_articles_are_ruled_out():
    """Of strings that do not stand in a long article, few are possible; documents stay in their order."""
    drawn = random.Random(17)
    characters = [chr(code) for code in range(0x4E00, 0x5200) if fold(chr(code)) == chr(code)]
    texts = ["".join(drawn.choices(characters, k=LEAST)) for _ in range(6)]
    found = signatures_of(
        [("", text) for text in texts[:3]], [("短", "文")], [("", text) for text in texts[3:]]
    )
    assert possible(found, range(7), texts[1][:9][::-1] * 2) == [3]
    assert possible(found, [0, 2, 3, 6], texts[2][500:520]) == [2, 3]
    strings = ["".join(drawn.choices(characters, k=3)) for _ in range(500)]
    false = sum(len(possible(found, [0, 1, 2, 4, 5, 6], string)) for string in strings)
    assert false < 0.35 * 6 * len(strings)


@pytest.mark.parametrize(("length", "signed"), [(LEAST - 1, False), (LEAST, True), (LEAST + 1, True)])
def test_from_some_length_on_articles_are_signed(length, signed):
    """Title and body together have to be so long, folded; what has no signature is possible."""
    found = signatures_of([("题目", "文" * (length - 2))])
    assert possible(found, [0], "不在这") == ([] if signed else [0])
    assert possible(found, [0], "题目") == possible(found, [0], "文文文") == [0]


def test_less_than_a_trigram_rules_nothing_out():
    """A string of two characters is possible anywhere, and so is any where there are no signatures."""
    found = signatures_of([("", "文" * LEAST)])
    assert possible(found, [0], "不在") == [0]
    assert possible(signatures_of([("题", "文")]), [0], "不在这") == [0]
    assert possible(found, [], "不在这") == []


def test_of_a_long_string_the_first_trigrams_are_asked_for():
    """A character that no article has rules a string out within its first 16 trigrams, not behind them."""
    characters = [chr(code) for code in range(0x4E00, 0x5200) if fold(chr(code)) == chr(code)]
    text = "".join(random.Random(3).choices(characters, k=LEAST))
    found = signatures_of([("", text)])
    foreign = [chr(code) for code in range(0x7500, 0x7600) if fold(chr(code)) == chr(code)]
    within = [possible(found, [0], text[:17] + other) for other in foreign]
    behind = [possible(found, [0], text[:18] + other) for other in foreign]
    assert within.count([0]) < len(foreign) / 2
    assert behind.count([0]) == len(foreign)


@given(
    st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6),
    st.integers(0, 6),
    st.sampled_from([3, LEAST]),
)
def test_signatures_do_not_depend_on_what_comes_together(articles, cut, least):
    """An article has the same signature whatever others come with it: `check --full` builds segments anew."""
    whole, parted = SignatureWriter(), SignatureWriter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signatures, "_LEAST_CHARACTERS", least)
        for writer, batches in ((whole, [articles]), (parted, [articles[:cut], articles[cut:]])):
            for batch in filter(None, batches):
                writer.add(fold_texts([text for pair in batch for text in pair]))
    for name, array in whole.sections().items():
        assert array.tolist() == parted.sections()[name].tolist()


def test_what_goes_on_behind_a_separator_is_ruled_out():
    """Of strings with a separator inside, few are possible in short articles where they do not stand."""
    drawn = random.Random(5)
    characters = [chr(code) for code in range(0x4E00, 0x5200) if fold(chr(code)) == chr(code)]
    bodies = ["，".join("".join(drawn.choices(characters, k=9)) for _ in range(40)) for _ in range(50)]
    found = signatures_of([("", body) for body in bodies])
    strings = [" ".join(drawn.choices(characters, k=2)) for _ in range(200)]
    standing = sum(string in fold(body) for string in strings for body in bodies)
    passed = sum(len(possible(found, range(50), string)) for string in strings)
    assert passed - standing < 0.28 * 50 * len(strings)


@given(
    st.lists(st.tuples(TEXT, TEXT), min_size=5, max_size=9),
    st.text("中国哈ab1 ", min_size=3, max_size=6).map(fold),
    st.sampled_from([3, LEAST]),
)
def test_few_articles_are_ruled_out_like_many(articles, string, least):
    """Whether an article is ruled out does not depend on which others are asked about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signatures, "_LEAST_CHARACTERS", least)
        found = signatures_of(articles)
    each = [number for number in range(len(articles)) if possible(found, [number], string)]
    assert each == possible(found, range(len(articles)), string)


def test_without_a_separator_inside_there_is_no_string_with_one():
    """An article without separators, or all whose are at the edges, holds no string that has one inside."""
    found = signatures_of([("", "中国"), ("，中", "国。"), ("中，国", "")])
    assert possible(found, [0, 1, 2], "中 国") == [2]
    assert possible(signatures_of([("", "中国")]), [0], "中 国") == []
    # Whatever bits stand where its own would begin.
    others = [
        ("", "，".join(chr(0x4E00 + 97 * number + place) for place in range(40))) for number in range(40)
    ]
    found = signatures_of([pair for other in others for pair in (("", "中国"), other)])
    assert possible(found, range(0, 80, 2), "中 国") == []
    assert [possible(found, [each], "中 国") for each in range(0, 80, 2)] == [[]] * 40
    last = signatures_of([others[0], ("", "中国")])
    assert possible(last, [1], "中 国") == possible(last, [1], "〇 丁") == []
    # At an edge of a string it is no part of a trigram around it.
    assert possible(found, [0, 1, 2], " 中") == possible(found, [0, 1, 2], "国 ") == [0, 1, 2]
