import subprocess
import sys
import warnings

import pytest

from wxsearch.analysis.fold import fold
from wxsearch.analysis.segment import Cutter, tokens, words

TEXTS = [
    "惠山加速打造新旧动能转换标杆",
    "5G 和 C919 以及 iPhone15 在澜江市的 2024 年",
    "中国人民解放军 哈哈哈哈 B超 维生素A",
    "",
    "𠮷野家 abc 123",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_cut_is_that_of_jieba(text):
    """On folded text the cutter gives word for word what jieba gives."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    folded = fold(text)
    assert [word for word, _ in words(folded)] == [word for word in jieba.cut(folded) if word.strip()]
    assert tokens(folded) == [
        (word, start) for word, start, _ in jieba.tokenize(folded, mode="search") if word.strip()
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_offsets_are_right(text):
    """Each word stands in the text at its offset."""
    folded = fold(text)
    assert all(folded[start : start + len(word)] == word for word, start in [*words(folded), *tokens(folded)])


def test_words_of_one_cutter_are_not_those_of_another():
    """Words count for the cutter that was made with them: titles are cut as if nobody had any."""
    before = words("实现碳中和目标")
    assert Cutter({"碳中和"}).cut("实现碳中和目标") == [("实现", 0), ("碳中和", 2), ("目标", 5)]
    assert words("实现碳中和目标") == Cutter().cut("实现碳中和目标") == before
    assert ("碳中和", 2) not in before


def test_whoever_loads_first_has_a_dictionary_of_its_own():
    """Also the dictionary that comes with the library is used by one cutter alone."""
    program = (
        "from wxsearch.analysis.segment import Cutter, words\n"
        "first, second = Cutter({'碳中和'}), Cutter({'新质生产力'})\n"
        "print(first.keeps_whole('碳中和'), first.keeps_whole('新质生产力'))\n"
        "print(second.keeps_whole('碳中和'), second.keeps_whole('新质生产力'))\n"
        "print(len(words('碳中和')), len(words('新质生产力')))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "False", "True", "2", "2"]


def test_longer_words_stay_whole_beside_their_pieces():
    """A word and words inside it are all kept whole, in whatever order they are given."""
    own = {"强链补链", "延链补链强链", "补链强链", "链补", "是在", "是在是在"}
    cutter = Cutter(own)
    assert all(cutter.keeps_whole(word) for word in own)


def test_what_jieba_cannot_keep_is_told():
    """Scripts of which jieba's dictionary has no words are cut at each character all the same."""
    assert not Cutter({"ガンダム"}).keeps_whole("ガンダム")


def test_known_words_are_those_of_the_dictionary():
    """What only the model takes for a word is characters, and one's own words are words."""
    assert Cutter().cut("钟惺有") == [("钟惺有", 0)]
    assert Cutter().known("钟惺有铁路") == ["钟", "惺", "有", "铁路"]
    assert Cutter({"钟惺"}).known("钟惺有铁路") == ["钟惺", "有", "铁路"]


def test_the_dictionary_is_loaded_at_the_first_cut():
    """A process that cuts nothing loads nothing."""
    program = (
        "import sys\n"
        "from wxsearch.analysis.vocabulary_files import default_vocabulary\n"
        "from wxsearch.settings import load_settings\n"
        "vocabulary = default_vocabulary(load_settings({}).limits)\n"
        "vocabulary.cut('港口'), vocabulary.cut('新质生产力')\n"
        "print('rjieba' in sys.modules)\n"
        "vocabulary.cut('港口航运')\n"
        "print('rjieba' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
