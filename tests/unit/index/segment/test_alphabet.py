import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.index.segment.alphabet import BORDER_NUMBER, LOOKAHEAD, OTHER, Alphabet, texts_of

TEXTS = st.lists(st.text("中国人民ab1 ，𠮷", max_size=12), min_size=1, max_size=6)


def of(texts, *most):
    codes = fold_texts(texts).codes
    return Alphabet.of([codes[:7], codes[7:]], *most), codes


@given(TEXTS)
def test_characters_are_numbered_in_their_own_order(texts):
    """Each character, and the separator, has a number of its own, from 1 on; a border is 0."""
    alphabet, codes = of(texts)
    every = sorted({*map(chr, codes.tolist()), SEPARATOR} - {chr(0x10FFFF)})
    assert alphabet.numbers_of("".join(every)) == list(range(1, len(every) + 1))
    assert len(alphabet) == len(every)
    assert alphabet.separator == alphabet.numbers_of(SEPARATOR)[0]
    assert not alphabet.others
    assert alphabet.numbers_of("中" + "龘") is None
    letters = dict(enumerate([chr(0x10FFFF), *every]))
    assert "".join(letters[number] for number in alphabet.numbers(codes).tolist()) == "".join(
        map(chr, codes.tolist())
    )


@given(TEXTS, st.integers(1, 4))
def test_the_rarest_share_a_number(texts, most):
    """With fewer numbers than characters, the most frequent ones have them, and the separator always."""
    alphabet, codes = of(texts, most)
    counts = {character: codes.tolist().count(ord(character)) for character in map(chr, set(codes.tolist()))}
    counts.pop(chr(0x10FFFF))
    counts[SEPARATOR] = len(codes) + 1
    own = [character for character in counts if alphabet.numbers_of(character) != [OTHER]]
    assert len(own) == len(alphabet) == min(most, len(counts))
    assert SEPARATOR in own
    shared = counts.keys() - set(own)
    assert alphabet.others == bool(shared)
    assert all(counts[rare] <= min(counts[each] for each in own) for rare in shared)
    # What no text has shares it too: nothing tells them apart.
    assert alphabet.numbers_of("龘") == ([OTHER] if shared else None)
    assert (alphabet.numbers(codes) == OTHER).sum() == sum(counts[each] for each in shared)


def test_an_opened_alphabet_is_the_one_written():
    """Its codes are all there is to it, and whether others share a number."""
    alphabet, _ = of(["中国 ab"], 3)
    opened = Alphabet(alphabet.codes, others=True)
    for text in ("中", " ", "ab", "龘"):
        assert opened.numbers_of(text) == alphabet.numbers_of(text)


def test_texts_are_numbered_from_border_to_border():
    """Each character knows the text that it is in, its border too; empty texts have a border alone."""
    characters = [5, 6, BORDER_NUMBER, BORDER_NUMBER, 7, BORDER_NUMBER]
    texts = texts_of(np.array(characters + [BORDER_NUMBER] * LOOKAHEAD, np.uint16))
    assert texts.text_of(np.arange(6)).tolist() == [0, 0, 0, 1, 2, 2]
    assert texts.text_of(np.array([1, 4])).tolist() == [0, 2]
    assert texts.text_of(np.empty(0, np.intp)).tolist() == []
