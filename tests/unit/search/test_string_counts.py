"""Strings counted in stored text: in plain ones as they are, in others where a table can tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.analysis.runs import may_go_on, pieces, word_pattern
from wxsearch.index.segment.numbering import Numbering
from wxsearch.search.string_counts import count_string, count_word

NUMBERING = Numbering()
MANY = "".join(character for character in map(chr, range(0x4E00, 0x5200)) if fold(character) == character)


def count(string, *texts, is_plain=False):
    """The counts of a string in texts, each ended by a zero."""
    numbers = np.frombuffer(NUMBERING.encoded("".join(f"{text}\0" for text in texts)), np.uint16)
    counted = count_string(NUMBERING, numbers, string, is_plain=is_plain)
    return None if counted is None else told(counted)


def told(counted):
    """Counts, None in place of those that are not sure."""
    unsure = set(counted.unsure.tolist())
    return [None if number in unsure else count for number, count in enumerate(counted.counts.tolist())]


def count_of_word(word, *texts, prefix=False, is_plain=False):
    """The counts of an unquoted leaf in texts."""
    numbers = np.frombuffer(NUMBERING.encoded("".join(f"{text}\0" for text in texts)), np.uint16)
    found = pieces(word)
    open_end = may_go_on(*found[-1], prefix=prefix)
    return told(count_word(NUMBERING, numbers, found, open_end=open_end, is_plain=is_plain))


@pytest.mark.parametrize(
    ("string", "texts", "counts"),
    [
        ("哈哈", ["哈哈哈", "哈", "", "哈 哈"], [2, 0, 0, 0]),
        ("中国", ["中\u200b國", "中", "国"], [1, 0, 0]),
        ("a b", ["Ａ—… b", "ab", "a", "b"], [1, 0, 0, 0]),
        ("成都", ["\U0002f8b2都", "😀成都😀"], [1, 1]),
        ("𠮟咤", ["𠮟咤𠮟", "咤"], [1, 0]),
        ("a b", ["a😀b a\U0010ffffb"], [2]),
        ("a b", [f"a{' ' * n}b" for n in (0, 1, 4, 5, 9)], [0, 1, 1, 1, 1]),
        ("a b a", ["a b a。b，a", "a b", "a b aa"], [2, 0, 1]),
        ("亿元 同", ["亿元，同比", "亿元℃同", "亿元，", "同"], [1, 0, 0, 0]),
    ],
)
def test_a_table_tells(string, texts, counts):
    """Overlaps, what vanishes, separators, and characters of two units are counted; texts do not run on."""
    assert fold(string) == string
    assert count(string, *texts) == counts


@pytest.mark.parametrize(
    ("string", "texts", "counts"),
    [
        ("哈哈", ["哈哈哈", "哈", "", "哈 哈"], [2, 0, 0, 0]),
        ("中国", ["国", "中", "国中国"], [0, 0, 1]),
        ("cpi数", ["CPI数cPi数", "数", "数据"], [2, 0, 0]),
        ("a b", ["A—… b", "ab", "a", "b"], [1, 0, 0, 0]),
        ("𠮟咤", ["𠮟咤𠮟", "咤", "𠮟𠮟咤"], [1, 0, 1]),
        ("a b", ["a😀b", "a b"], [None, 1]),
        ("a b", [f"a{' ' * n}B" for n in (0, 1, 4, 5, 9)], [0, 1, 1, 1, 1]),
        ("a b a", ["a b a。b，a", "a b", "a b aa"], [2, 0, 1]),
        ("亿元 同", ["亿元，同比", "亿元", "亿元，", "同"], [1, 0, 0, 0]),
    ],
)
def test_plain_texts_are_read_as_they_are(string, texts, counts):
    """The units of plain texts tell of overlaps, capitals, separators, and characters of two units."""
    assert fold_texts(texts).plain.all()
    assert count(string, *texts, is_plain=True) == counts


@given(
    st.text("中国哈aB1， 𠮟😀", min_size=1, max_size=4).map(fold).filter(bool),
    st.lists(st.text("中国哈aAbB1， 𠮟😀", max_size=30), min_size=1, max_size=4),
)
def test_plain_texts_give_what_the_table_gives(string, texts):
    """Read as it is or by the table, a plain text holds a string as often."""
    plain = count(string, *texts, is_plain=True)
    assert all(one in (None, other) for one, other in zip(plain, count(string, *texts), strict=True))
    assert None not in plain or SEPARATOR in string


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("places", [0, 1, 31, 32, 33, 200])
def test_any_number_of_places_is_compared(places, is_plain):
    """Where the rarest character stands seldom and often, only places with the whole string count."""
    texts = ["国", "人国的" * places + "国人", "中国人的" * (places // 2), "的"]
    assert count("国人的", *texts, is_plain=is_plain) == [0, 0, places // 2, 0]
    assert count("人国的", *texts, is_plain=is_plain) == [0, places, 0, 0]


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("places", [1, 40])
def test_nothing_stands_before_the_first_text(places, is_plain):
    """A string that would begin before all texts does not stand there, whatever they begin with."""
    assert count("人人国", "人国" * places, is_plain=is_plain) == [0]
    assert count("人人国", "国" * places, "人人国", is_plain=is_plain) == [0, 1]


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("size", [7, 8, 9, 16, 17])
def test_long_strings_are_compared_to_their_ends(size, is_plain):
    """A string is told from others that differ in the last character, or begin later or end sooner."""
    # Where the first character is looked for, that is the rarest.
    string = MANY[:size][::-1]
    texts = [string[1:], *[string[:-1] + "龙"] * 40, string[:-1], string * 40, string[:-1]]
    assert count(string, *texts, is_plain=is_plain) == [*[0] * 42, 40, 0]


def test_only_the_fold_tells():
    """A character that becomes several is in doubt where the string has one of them, and nowhere else."""
    assert count("12", "½2", "12") == [None, 1]
    assert count("34", "½ 34") == [1]
    assert count("a ", "a b") is None


@pytest.mark.parametrize(
    ("word", "texts", "counts"),
    [
        ("5g", ["5G网络", "15g", "5gb", "5 G，5-g", "5", "g5g"], [1, 0, 0, 2, 0, 1]),
        ("a股", ["A股", "china股", "a 股", "中a股a股"], [1, 0, 0, 2]),
        ("iphone15", ["iPhone15pro", "iphone 15", "iphone15x", "iphone 150", "xiphone15"], [1, 1, 1, 0, 0]),
        ("c919", ["C919和c－919", "c9 19", "ac919"], [2, 0, 0]),
        ("pro", ["pro", "prompt", "apro"], [1, 1, 0]),
        ("3g股a", ["3g股a", "3 g股a", "3g 股a", "13g股a3g股ab"], [1, 1, 0, 0]),
        ("2024年", ["2024年", "12024年2024年"], [1, 1]),
        ("5 3", ["5.3%和5，3", "15.3", "5.31", "53", "5..3", "5.", "3"], [2, 0, 0, 0, 1, 0, 0]),
        ("1 000 000", ["1,000,000", "1,000,0000", "1,000 000"], [1, 0, 1]),
        ("v2 0", ["V2.0", "v 2.0", "v2.01", "v20"], [1, 1, 0, 0]),
        ("1 5亿", ["1.5亿元", "1.5 亿", "11.5亿"], [1, 0, 0]),
    ],
)
@pytest.mark.parametrize("is_plain", [False, True])
def test_runs_are_whole(word, texts, counts, is_plain):
    """A word begins and ends where its runs do, with at most one separator between letters and digits."""
    if is_plain and not fold_texts(texts).plain.all():
        texts = [text.replace("－", "-") for text in texts]
    assert fold_texts(texts).plain.all() or not is_plain
    assert count_of_word(word, *texts, is_plain=is_plain) == counts


@given(
    st.text("中股aB1é， ", min_size=1, max_size=4).map(fold).filter(bool),
    st.lists(st.text("中股aAbBéÉ11， 。𠮟😀½㎏\u200bａ", max_size=30), min_size=1, max_size=4),
    st.booleans(),
)
def test_words_are_counted_as_in_folded_text(word, texts, prefix):
    """What is sure is what the pattern of the word finds in each text folded; whole plain texts are sure."""
    pattern = word_pattern(word, prefix=prefix)
    expected = [len(list(pattern.finditer(fold(text)))) for text in texts]
    plain = fold_texts(texts).plain
    ways = [count_of_word(word, *texts, prefix=prefix)]
    if plain.all():
        ways.append(count_of_word(word, *texts, prefix=prefix, is_plain=True))
    for counts in ways:
        for number, (sure, right) in enumerate(zip(counts, expected, strict=True)):
            assert sure in (None, right)
            assert sure is not None or not set(texts[number]).isdisjoint("𠮟😀½㎏")


def test_a_string_may_have_as_many_characters_as_the_table_has_room():
    """249 different characters are counted, a string of one more is left to folding."""
    assert count(MANY[:249], f"甲{MANY}") == [1]
    assert count(MANY[:250], MANY) is None
