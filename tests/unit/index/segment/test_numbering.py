"""Numbers for the units of stored text."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.index.segment.numbering import Numbering, frequent_units

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(text=TEXT, samples=st.lists(TEXT, max_size=3))
def test_any_text_comes_back(text, samples):
    """A text is what it was, also one with units that no sample had, two bytes a unit."""
    numbering = Numbering(frequent_units(samples))
    encoded = numbering.encoded(text)
    assert len(encoded) == len(text.encode("utf-16-le"))
    assert numbering.decoded(np.frombuffer(encoded, np.uint16)) == text


@given(text=TEXT, samples=st.lists(TEXT, max_size=3))
def test_texts_are_numbered_in_small_letters(text, samples):
    """The numbers of a short text are those it is stored as; of its letters only ASCII become small."""
    numbering = Numbering(frequent_units(samples))
    numbers = np.frombuffer(numbering.encoded(text), np.uint16)
    assert numbering.numbers_of(text) == numbers.tolist()
    assert numbering.decoded(numbering.small(numbers)) == "".join(
        character.lower() if character.isascii() else character for character in text
    )


@given(st.lists(TEXT, max_size=3))
def test_each_unit_has_one_number_and_zero_has_zero(samples):
    """Numbers and units are each other's places, whatever was frequent."""
    numbering = Numbering(frequent_units(samples))
    assert np.array_equal(numbering.units.take(numbering.numbers), np.arange(1 << 16))
    assert numbering.numbers[0] == 0


def test_frequent_units_have_small_numbers():
    """The most frequent unit of the samples has 1, and a NUL in them counts for nothing."""
    numbering = Numbering(frequent_units(["港口港口港港", "\0\0\0\0口"]))
    assert numbering.numbers[[ord("港"), ord("口")]].tolist() == [1, 2]


@given(TEXT)
def test_pairs_are_seen_by_their_numbers(text):
    """Numbers tell whether a text has a character of two units, also where such are frequent."""
    numbering = Numbering(frequent_units([text, "\U0001f600" * 9]))
    numbers = np.frombuffer(numbering.encoded(text), np.uint16)
    assert Numbering.has_pairs(numbers) is any(ord(character) > 0xFFFF for character in text)


def test_half_of_a_pair_is_replaced():
    """Where a text was cut inside a pair, the half is U+FFFD and the rest is there."""
    numbering = Numbering()
    numbers = np.frombuffer(numbering.encoded("港\U0001f600"), np.uint16)
    assert numbering.decoded(numbers[:2]) == "港\ufffd"


def test_small_letters_are_those_of_ascii_alone():
    """Capitals of ASCII become small; others stay, as those of Cherokee, whose fold is the capital."""
    numbering = Numbering()
    numbers = np.frombuffer(numbering.encoded("AbZ ÄΩꭠᎠ 港"), np.uint16)
    assert numbering.decoded(numbering.small(numbers)) == "abz ÄΩꭠᎠ 港"
