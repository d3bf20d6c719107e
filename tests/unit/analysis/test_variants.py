import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import fold
from wxsearch.analysis.variants import Variant, variants
from wxsearch.analysis.vocabulary import KINDS
from wxsearch.analysis.vocabulary_files import default_vocabulary
from wxsearch.analysis.word_table import character_phrases, regional_words
from wxsearch.limits import Limits
from wxsearch.settings import load_settings

LIMITS: Limits = load_settings({}).limits
VOCABULARY = default_vocabulary(LIMITS)._replace(most_variants=1000)
KNOWN = sorted(
    {*regional_words(), *character_phrases(), *VOCABULARY.synonyms, "2024年", "第十二届", "十四五规划"}
)


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("软件", ("软体", "regional")),
        ("计程车", ("出租车", "regional")),
        ("网路", ("网络", "regional")),
        ("资讯", ("信息", "regional")),
        ("维珍尼亚", ("维吉尼亚", "regional")),
        ("乾燥", ("干燥", "character")),
        ("意味着", ("意味著", "character")),
        ("2024年", ("二〇二四年", "number")),
        ("长三角", ("长江三角洲", "synonym")),
        ("人大", ("人民代表大会", "synonym")),
    ],
)
def test_leaves_have_variants(text, variant):
    """What says the same is found, with the reason why."""
    assert variant in variants(text, VOCABULARY)


@pytest.mark.parametrize(
    "text", ["乾隆", "土豆", "公车", "窝心", "品质", "视频影片", "程序", "文件", "数据", "港口"]
)
def test_false_friends_have_none(text):
    """What means something else elsewhere has no variant of it; nor has a leaf that only holds a word."""
    assert variants(text, VOCABULARY) == ()


def test_arrows_go_one_way():
    """Who asks for the long name is not given what the short one may also mean."""
    assert "人大" not in {variant.text for variant in variants("人民代表大会", VOCABULARY)}


@given(st.sampled_from(KNOWN) | st.text(max_size=6).map(fold))
def test_variants_are_other_folded_texts(text):
    """They never hold the text itself or one twice, are folded, and the same each time."""
    found = variants(text, VOCABULARY)
    texts = [variant.text for variant in found]
    assert text not in texts
    assert len(texts) == len(set(texts))
    assert all(fold(other) == other != "" for other in texts)
    assert found == variants(text, VOCABULARY)


@pytest.mark.parametrize("text", KNOWN)
def test_variants_go_both_ways(text):
    """But for synonyms, what stands for a leaf has the leaf stand for it."""
    for other, kind in variants(text, VOCABULARY):
        if kind != "synonym":
            assert text in {back.text for back in variants(other, VOCABULARY)}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_kinds_can_be_switched_off(kind):
    """Without a kind nothing of it is given, and all else is."""
    without = VOCABULARY._replace(kinds=KINDS - {kind})
    for text in KNOWN:
        kept = [variant.text for variant in variants(text, VOCABULARY) if variant.kind != kind]
        assert set(kept) <= {variant.text for variant in variants(text, without)}
        assert all(variant.kind != kind for variant in variants(text, without))


@pytest.mark.limit("variants")
def test_variants_have_a_limit():
    """A leaf has as many as the limit says and not one more."""
    synonyms = {"甲乙": tuple(f"甲乙{number}" for number in range(LIMITS.variants + 1))}
    vocabulary = VOCABULARY._replace(synonyms=synonyms, most_variants=LIMITS.variants)
    assert default_vocabulary(LIMITS).most_variants == LIMITS.variants
    found = variants("甲乙", vocabulary)
    assert found == tuple(Variant(text, "synonym") for text in synonyms["甲乙"][: LIMITS.variants])
    more = msgspec.structs.replace(LIMITS, variants=LIMITS.variants + 1)
    assert len(variants("甲乙", vocabulary._replace(most_variants=more.variants))) == LIMITS.variants + 1


@pytest.mark.parametrize("table", [regional_words, character_phrases])
def test_tables_are_folded(table):
    """A table holds folded words of two and more characters, no one inside another."""
    for word, others in table().items():
        assert fold(word) == word
        assert len(word) > 1
        assert others
        assert all(word not in other for other in others)
