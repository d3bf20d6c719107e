"""The strings of a dictionary in order."""

import random

import pytest

from wxsearch.analysis.fold import fold
from wxsearch.analysis.runs import pieces
from wxsearch.index.segment.building import Builder
from wxsearch.index.segment.dictionary import Dictionary
from wxsearch.index.segment.lexicon import Lexicon

ALPHABET = "中国发展港口ab1９é𠮷， "


def grams(text, size):
    return {text[at : at + size] for at in range(len(text) - size + 1)}


@pytest.fixture(scope="module")
def texts():
    """Folded texts in many of which the same three and four characters stand."""
    chance = random.Random(7)
    drawn = ["".join(chance.choices(ALPHABET, k=30)) for _ in range(400)]
    return [fold(f"{text}中国发展 chenkai{text[:2]} 𠮷𠮷𠮷𠮷") for text in drawn]


@pytest.fixture(scope="module")
def build(texts, make_article):
    """Builds the sections of these texts as bodies."""

    def build(most_numbers=None):
        builder = Builder(None, lambda _: None, 2**62)
        builder.add([make_article(str(number), "", text) for number, text in enumerate(texts)])
        return builder.finished(most_numbers).postings

    return build


def test_all_grams_in_order(build, texts):
    """All characters and bigrams are listed, of longer grams those with a list; separators only inside."""
    sections = build()
    listed = list(Lexicon(sections).grams())
    assert listed == sorted(set(listed))
    dictionary = Dictionary(sections, len(texts), others=False)
    for size in (1, 2, 3, 4):
        standing = set().union(*(grams(text, size) for text in texts))
        expected = {
            gram
            for gram in standing
            if gram == gram.strip() and gram and dictionary.gram(dictionary.numbers(gram)) is not None
        }
        assert {gram for gram in listed if len(gram) == size} == expected
        assert expected
    assert any(" " in gram for gram in listed)


def test_all_runs_in_order(build, texts):
    """All runs are listed, long and short ones in one order."""
    listed = list(Lexicon(build()).runs())
    standing = {run for text in texts for kind, run in pieces(text) if kind in ("letters", "digits")}
    assert listed == sorted(standing, key=str.encode)
    assert {len(run) > 8 for run in listed} == {True, False}


@pytest.mark.parametrize(
    "start", ["", "a", "chenkai", "chenkaiz", "z", "中", "中国", "中国发", "丯", "𠮷", "\U0010ffff"]
)
def test_from_a_string_on(build, start):
    """What begins somewhere is the rest of the whole."""
    lexicon = Lexicon(build())
    assert list(lexicon.grams(start)) == [gram for gram in lexicon.grams() if gram >= start]
    assert list(lexicon.runs(start)) == [run for run in lexicon.runs() if run >= start]


def test_characters_that_share_a_number_are_left_out(build):
    """Where there are more characters than numbers, what holds the rarest of them cannot be listed."""
    listed = set(Lexicon(build(12)).grams())
    assert listed < set(Lexicon(build()).grams())
    assert "中国" in listed
