from itertools import pairwise
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.search.evidence import PARTS, EvidenceWeights, evidence, grams_of
from wxsearch.search.head import Head

K1 = 1.0
NONE = EvidenceWeights(
    head=10,
    head_least=10,
    head_characters=1_000,
    head_total=10_000,
    characters=0.0,
    bigrams=0.0,
    longer=0.0,
    lead=0.0,
    window=0.0,
    lead_characters=10.0,
    window_characters=4,
    headline=0.0,
    headline_characters=20,
)
ALL = NONE._replace(characters=0.5, bigrams=2.0, longer=3.0, lead=5.0, window=7.0, headline=0.5)
RARITY = {"a": 1.0, "b": 2.0, "c": 4.0, "d": 0.25}


def idf(gram):
    """How rare a gram is; of a pair more than of its characters."""
    return sum(RARITY[character] for character in gram) + len(gram) - 1


def head_of(grams, texts):
    """The head of texts, in which any other character stands between those of the wording."""
    numbers = {chr(code): number for number, code in enumerate(grams.codes.tolist(), 1)}
    rows, characters, places, starts, at = [], [], [], [], 0
    for row, text in enumerate(texts):
        starts.append(at)
        for place, character in enumerate(text, at):
            if character in numbers:
                rows.append(row)
                characters.append(numbers[character])
                places.append(place)
        at += len(text) + 1
    return Head(*(np.array(each, np.intp) for each in (rows, characters, places, starts)))


def weighed(wording, texts, weights, held_back=1.0, headlines=None):
    """The parts of each text, by their names."""
    grams = grams_of(wording, idf)
    apart = None if headlines is None else head_of(grams, headlines)
    found = evidence(grams, head_of(grams, texts), apart, np.full(len(texts), held_back), K1, weights)
    assert found.shape == (len(texts), len(PARTS))
    return [dict(zip(PARTS, row, strict=True)) for row in found.tolist()]


def one(name, wording, text, weight=1.0, **more):
    """One part of one text, all others being weighed by nothing."""
    (parts,) = weighed(wording, [text], NONE._replace(**{name: weight}, **more))
    assert all(value == 0 for part, value in parts.items() if part != name)
    return parts[name]


def share(tf):
    return 2 * tf / (tf + 1)


def test_grams_are_distinct_and_those_of_each_piece():
    """Grams come from each piece of the wording, each once; longer ones are as rare as their rarest pair."""
    grams = grams_of(("abca", "ab"), idf)
    assert [chr(code) for code in grams.codes.tolist()] == ["a", "b", "c"]
    assert grams.counts == [0, 3, 3, 2, 1]
    assert grams.idf.tolist() == [1, 2, 4, 4, 7, 6, 7, 7, 7]


def test_characters_by_hand():
    """Each distinct character counts by its idf and share: a twice, b once, c nowhere."""
    assert one("characters", ("abc",), "a.a.b") == pytest.approx(1 * share(2) + 2 * share(1))


def test_bigrams_by_hand():
    """Each pair that stands side by side counts, here ab twice and bc once; others and torn ones do not."""
    assert one("bigrams", ("abc",), "abc.ab.a.b.ca", 0.5) == pytest.approx(
        0.5 * (4 * share(2) + 7 * share(1))
    )


def test_longer_grams_by_hand():
    """Three and four characters count, here abc twice, bcd once and abcd once, as the rarest pair in them."""
    assert one("longer", ("abcd",), "abcd.abc") == pytest.approx(7 * share(2) + 7 * share(1) + 7 * share(1))


def test_pieces_of_the_wording_are_not_joined():
    """What stands apart in the wording makes no pair, though it stands side by side in the text."""
    assert one("bigrams", ("ab", "cd"), "abcd") == pytest.approx((4 + 5.25) * share(1))
    assert one("longer", ("ab", "cd"), "abcd") == 0


def test_lead_by_hand():
    """A pair counts by where it stands for the first time, fading to 1 / e in lead_characters."""
    assert one("lead", ("abc",), "..ab.bc.ab") == pytest.approx(4 * exp(-2 / 10) + 7 * exp(-5 / 10))


def test_a_single_character_leads_by_itself():
    """A wording of single characters has no pairs: they lead themselves."""
    assert one("lead", ("a", "c"), ".a.c") == pytest.approx(1 * exp(-1 / 10) + 4 * exp(-3 / 10))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("dcba", 1 + 2 + 4 + 0.25),
        ("abab", 1 + 2),
        ("a..b", 1 + 2),
        (".a..b", 2),
        ("..a..b", 1 + 2),
        ("....", 0),
        ("c...a.b", 4),
        ("a.b.c.d", 2 + 4),
    ],
)
def test_windows_hold_distinct_characters(text, held):
    """Windows of four characters begin at every other; each of the wording counts once in the best one."""
    assert one("window", ("abcd",), text) == held


def test_windows_end_with_their_article():
    """What stands at the end of one article and at the beginning of the next is in no window together."""
    first, second = weighed(("abcd",), ["..ab", "bc.."], NONE._replace(window=1.0, window_characters=40))
    assert (first["window"], second["window"]) == (1 + 2, 2 + 4)


def test_longer_articles_are_held_back():
    """What BM25 divides by beside tf is used for the counts, an article at a time."""
    short, long = weighed(("a",), ["a"], NONE._replace(characters=1.0), 0.5) + weighed(
        ("a",), ["a"], NONE._replace(characters=1.0), 3.0
    )
    assert (short["characters"], long["characters"]) == (pytest.approx(2 / 1.5), pytest.approx(2 / 4))


def test_headlines_by_hand():
    """A headline is told by what its pairs would add to those of the text, and is in no other part."""
    weights = ALL._replace(headline=0.5)
    first, second = weighed(("abc",), ["ab.", "ab."], weights, headlines=["abc", "..."])
    assert first.pop("headline") == pytest.approx(0.5 * (4 * (share(2) - share(1)) + 7 * share(1)))
    assert second.pop("headline") == 0
    assert first == second


def test_nothing_of_the_wording_is_there():
    """Texts without any character of the wording have nothing in any part."""
    assert weighed(("abc",), ["...", ""], ALL) == [dict.fromkeys(PARTS, 0.0)] * 2


def plainly(wording, text, weights):
    """The parts of one text, looked for gram by gram and window by window."""
    grams = {
        piece[at : at + n] for n in (1, 2, 3, 4) for piece in wording for at in range(len(piece) - n + 1)
    }
    at = {gram: [p for p in range(len(text)) if text.startswith(gram, p)] for gram in grams}
    rarity = {
        gram: idf(gram) if len(gram) < 3 else max(idf(a + b) for a, b in pairwise(gram)) for gram in grams
    }

    def counted(*lengths):
        return sum(rarity[gram] * share(len(at[gram])) for gram in grams if len(gram) in lengths)

    characters = {g for g in grams if len(g) == 1}
    marks = {g for g in grams if len(g) == 2} or characters
    half = weights.window_characters // 2
    windows = [
        sum(rarity[g] for g in characters if any(begin <= p < begin + 2 * half for p in at[g]))
        for begin in range(0, len(text), half)
    ]
    return {
        "characters": weights.characters * counted(1),
        "bigrams": weights.bigrams * counted(2),
        "longer": weights.longer * counted(3, 4),
        "lead": weights.lead
        * sum(rarity[g] * exp(-at[g][0] / weights.lead_characters) for g in marks if at[g]),
        "window": weights.window * max(windows, default=0.0),
        "headline": 0.0,
    }


@given(
    st.lists(st.text("abcd", min_size=1, max_size=6), min_size=1, max_size=3),
    st.lists(st.text("abcd.", max_size=25), min_size=1, max_size=4),
    st.integers(2, 12),
    st.sampled_from([0.5, 10.0, 300.0]),
)
def test_parts_are_what_looking_for_each_gram_gives(wording, texts, width, fades):
    """For any wording and texts each part is what a search for gram after gram finds."""
    weights = ALL._replace(window_characters=width, lead_characters=fades)
    for found, text in zip(weighed(tuple(wording), texts, weights), texts, strict=True):
        assert found == pytest.approx(plainly(wording, text, weights), rel=1e-9, abs=1e-12)
