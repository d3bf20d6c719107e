import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.analysis.shingles import shingle_hashes, unseparated


def codes_of(text):
    return np.array([ord(character) for character in text], np.uint32)


@given(st.text("中国人民ab1", max_size=40), st.integers(1, 17))
def test_equal_strings_have_equal_hashes_and_others_do_not(text, size):
    """Wherever a string of some size stands, its hash is the same, and no other string has it."""
    strings = [text[place : place + size] for place in range(len(text) - size + 1)]
    hashes = shingle_hashes(codes_of(text), size).tolist()
    assert len(hashes) == len(strings)
    assert len(set(hashes)) == len(set(strings))
    assert len(set(zip(hashes, strings, strict=True))) == len(set(strings))


def test_what_stands_around_a_string_changes_nothing():
    """The same string in two texts has one hash."""
    one, other = (
        shingle_hashes(codes_of(text), 10)
        for text in ("甲乙港口今天清晨重新开放了", "丙港口今天清晨重新开放了丁")
    )
    assert one[2] == other[1]
    assert one[1] != other[0]


def test_punctuation_and_space_are_no_part_of_shingles():
    """What folds to separators is left out."""
    one, other = (unseparated(fold_texts([text]).codes) for text in ("港口，今天\n 开放。", "港口今天　开放"))
    assert one.tolist() == other.tolist()


def test_long_texts_have_the_hashes_of_their_pieces():
    """A text of any length has at each place the hash that its piece there has."""
    codes = (np.arange(50_000) * 7919 % 5_003).astype(np.uint32)
    whole = shingle_hashes(codes, 12)
    assert len(whole) == len(codes) - 11
    for place in (0, 16_372, 16_383, 16_384, 32_767, 49_988):
        assert whole[place] == shingle_hashes(codes[place : place + 12], 12)[0]
