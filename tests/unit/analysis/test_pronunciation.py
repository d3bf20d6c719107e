import pytest

from wxsearch.analysis.pronunciation import alike, cut_syllables, readings, syllables


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("银行", "yin hang"),
        ("步行", "bu xing"),
        ("重庆", "chong qing"),
        ("重量", "zhong liang"),
        ("长江", "chang jiang"),
        ("女吕", "nv lv"),
        ("〇仝", "ling tong"),
    ],
)
def test_words_come_before_characters(text, spoken):
    """A character that is read in several ways is read as its word wants it, without tones."""
    assert " ".join(syllables(text)) == spoken


def test_what_has_no_sound_stands_for_itself():
    """Each character has one syllable, also where none is known."""
    assert syllables("한국가") == ["한", "국", "가"]
    assert readings("한") == ("한",)


def test_readings_are_the_usual_ones_first():
    """A character has each of its syllables once."""
    assert readings("行")[:2] == ("xing", "hang")
    assert readings("平")[0] == "ping"


@pytest.mark.parametrize(
    ("syllable", "others"),
    [
        ("zhang", {"zhan", "zang", "zan"}),
        ("si", {"shi"}),
        ("lin", {"ling", "nin", "ning"}),
        ("hui", {"fui"}),
        ("chen", {"cheng", "cen", "ceng"}),
        ("a", set()),
    ],
)
def test_sounds_that_are_mixed_up(syllable, others):
    """Zh and z, n and l, h and f, ang and an and the like are taken for each other, alone and together."""
    assert set(alike(syllable)) == others


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("haitielianyun", "hai tie lian yun"),
        ("wuliu", "wu liu"),
        ("lvse", "lv se"),
        ("lueduo", "lve duo"),
        ("xian", "xian"),
        ("iphone", None),
        ("", None),
    ],
)
def test_letters_are_cut_into_syllables(letters, first):
    """Fewest syllables first; letters that are no pinyin from end to end are not cut."""
    ways = cut_syllables(letters, 4)
    assert (" ".join(ways[0]) if ways else None) == first


def test_ways_to_cut_are_bounded():
    """A long text of letters that can be cut in many ways gives few of them, at once."""
    ways = cut_syllables("xian" * 60, 4)
    assert len(ways) == 4
    assert ways[0] == ["xian"] * 60
    assert ["xi", "an"] in cut_syllables("xian", 4)
