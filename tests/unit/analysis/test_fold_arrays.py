import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import RULES, SEPARATOR, fold
from wxsearch.analysis.fold_arrays import BORDER, NARROW, fold_texts, writings

AWKWARD = "½ﬁ㎡ŀﷺ\u200b\u0301\u00ad\ufe0f𠮷😀乾軟ＡａAé  ，\n\0\U0010ffff\U000e0100か\u3099が한각Ⅷßİ"
TEXTS = st.one_of(st.text(), st.text(AWKWARD + "中国人ab12", max_size=30))
# Mostly what folds to itself, so that many texts are plain.
NEARLY_PLAIN = st.text("中国人民ABCabc12 ，。\n—é乾ａ\u200b½", max_size=20)


def folded_one_by_one(texts):
    folded = fold_texts(texts)
    pieces = folded.codes.tobytes().decode("utf-32-le").split(chr(BORDER))
    assert pieces.pop() == ""
    assert folded.lengths.tolist() == list(map(len, pieces))
    assert len(folded.plain) == len(texts)
    return pieces


@given(st.lists(TEXTS, max_size=6))
def test_many_texts_fold_as_each_does(texts):
    """Folding together is folding one by one, whatever the texts, and however many."""
    assert folded_one_by_one(texts) == list(map(fold, texts))


@pytest.mark.parametrize(
    "text",
    ["", " ", "，，", " a ", "—中—", "½", "㎡", "ﬁ", "a\u200bb", "\u200b", " \u200b ", "a\u200b ", "𠮷", "ŀ",
     "\U0010ffff", "a\U0010ffffb", "\U0010fffe", "\0", "a\0b", "乾隆", "\ufdfa"],
)  # fmt: skip
def test_single_texts_between_others(text):
    """What vanishes, grows, or is all separators keeps the texts beside it as they are."""
    assert folded_one_by_one(["前", text, "后"]) == ["前", fold(text), "后"]


def test_every_character_folds_alike():
    """All of Unicode, character by character, folds as fold says."""
    texts = [chr(code) for code in range(0x110000)]
    assert folded_one_by_one(texts) == list(map(fold, texts))


@given(st.lists(NEARLY_PLAIN, min_size=1, max_size=4), st.integers(0, 20), st.integers(1, 6))
def test_in_plain_texts_strings_stand_as_in_the_fold(texts, start, length):
    """Where a text has the flag, letters and digits stand in it as in its fold, but for capitals of ASCII."""
    wanted = fold("".join(texts)).replace(SEPARATOR, "")[start:][:length] or "ab"
    for text, plain in zip(texts, fold_texts(texts).plain, strict=True):
        if plain:
            small = text.encode().lower().decode()
            assert small.count(wanted) == fold(text).count(wanted)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", True),
        ("中国，ABC 123。😀", True),
        ("中国ＡＢＣ", False),
        ("É中", False),
        ("軟體", False),
        ("中\u200b国", False),
        ("½", False),
    ],
)
def test_which_texts_are_plain(text, plain):
    """Capitals beyond ASCII, other forms, what grows and what vanishes spoil a text, not those beside it."""
    assert fold_texts(["ａ軟", text, "\u200b"]).plain.tolist() == [False, plain, False]


@pytest.mark.parametrize("beyond", [NARROW, 0x110000])
def test_writings_are_what_becomes_just_one_character(beyond):
    """Of each letter and digit there are, in order, the characters before `beyond` that fold to it alone."""
    known = writings(beyond)
    expected = {}
    for code in range(0x110000):
        # Between letters: a separator at an edge would be dropped.
        folded = fold(f"x{chr(code)}x")[1:-1]
        if len(folded) == 1 and folded != SEPARATOR:
            expected.setdefault(folded, []).extend([code] if code < beyond else [])
    found, list_of = {folded: [] for folded in expected}, list(expected)
    codes, which = known.of(np.array(list(map(ord, expected)), np.uint32))
    for code, number in zip(codes.tolist(), which.tolist(), strict=True):
        found[list_of[number]].append(code)
    assert found == expected
    codes, which = known.of(np.array([ord("A"), ord("國"), ord("Ａ"), 0x301, 0x200B], np.uint32))
    assert codes.tolist() == which.tolist() == []


def test_the_border_is_in_no_folded_text():
    """No character becomes the one that ends texts."""
    assert not any(first <= BORDER <= last for first, last in (*RULES.kept, *RULES.dropped))
    assert BORDER not in RULES.replaced
    assert not any(chr(BORDER) in text for text in RULES.replaced.values())
