import pytest

from wxsearch.analysis import clusters

WHOLE = {
    "marks": "e\u0301\u0323",
    "a variation selector": "葛\U000e0100",
    "an emoji by joiners": "👩\u200d👩\u200d👧",
    "a skin tone": "👍🏽",
    "a flag": "🇨🇳",
    "a key": "1\ufe0f\u20e3",
    "Hangul by parts": "\u1112\u1161\u11ab",
    "Hangul by a syllable and its end": "하\u11ab",
    "a vowel sign": "क\u093f",
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_what_a_reader_sees_as_one_is_not_parted(text):
    """Every place inside is inside, and neither border is."""
    framed = f"港{text}口"
    inside = [place for place in range(len(framed) + 1) if clusters.is_inside(framed, place)]
    assert inside == list(range(2, len(text) + 1))
    for place in range(1, len(text) + 1):
        assert clusters.before(framed, place) == 1
        assert clusters.after(framed, place + 1) == len(text) + 1


@pytest.mark.parametrize("text", ["港口", "ab", "한국", "🇨🇳🇨🇳"[:2] + "港", "😀😀", "12", "a。"])
def test_characters_side_by_side_are_parted(text):
    """Between two characters there is a place to cut."""
    assert not clusters.is_inside(text, len(text) - 1)


def test_flags_go_by_pairs():
    """Of four regional letters the first two are a flag and the last two are another."""
    assert [clusters.is_inside("🇨🇳🇯🇵", place) for place in range(5)] == [False, True, False, True, False]


def test_an_endless_sequence_is_cut_somewhere():
    """More marks than any character has do not make a text unreadable."""
    assert clusters.before("e" + "\u0301" * 1000, 500) == 500
    assert clusters.after("e" + "\u0301" * 1000, 500) <= 532
