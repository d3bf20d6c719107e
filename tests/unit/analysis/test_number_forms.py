import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import fold
from wxsearch.analysis.number_forms import number_forms


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("2024年", {"二〇二四年", "二零二四年"}),
        ("二零二四", {"2024", "二〇二四"}),
        ("1999年", {"一九九九年"}),
        ("第十二届", {"第12届"}),
        ("第20届中央委员会", {"第二十届中央委员会"}),
        ("第一百零一中学", {"第101中学"}),
        ("三月", {"3月"}),
        ("2024年3月5日", {"二〇二四年三月五日", "二零二四年三月五日"}),
        ("百分之五", {"百分之5"}),
        ("2月", {"二月"}),
        ("十四五规划", {"十四五 规划"}),
        ("十四五 规划", {"十四五规划"}),
    ],
)
def test_numbers_have_other_forms(text, others):
    """Dates, ordinals, counts, shares and plans of years are written in more than one way."""
    assert set(number_forms(text)) == others


@pytest.mark.parametrize(
    "text",
    [
        *(
            "四川",
            "三亚",
            "十一",
            "九三学社",
            "第三方",
            "第一书记",
            "一带一路",
            "百年",
            "三年",
            "两年",
            "一日",
            "20号",
            "四位",
            "第一条",
            "万元",
            "十四五",
            "一二三四",
        ),
        *(
            "03月",
            "0人",
            "一百一人",
            "两百年",
            "第两届",
            "2024年三月",
            "1200人",
            "二四年",
            "二千年",
            "港口",
            "",
        ),
    ],
)
def test_names_and_odd_numbers_stay(text):
    """What may be a name, or is no usual form of a number, has no other form."""
    assert number_forms(text) == ()


@given(st.integers(0, 1200), st.sampled_from(["年", "月", "个月", "届", "元"]), st.sampled_from(["", "第"]))
def test_forms_go_both_ways(number, unit, before):
    """Each form of a number has the others among its own forms."""
    text = f"{before}{number}{unit}"
    for other in number_forms(text):
        assert fold(other) == other
        assert set(number_forms(other)) == {text, *number_forms(text)} - {other}


@given(st.text(alphabet="第〇零一二十百两年月日届1029 五规划百分之", max_size=12))
def test_any_text_has_forms_that_go_both_ways(text):
    """Whatever stands beside numbers, forms are folded, other than the text, and lead back to it."""
    folded = fold(text)
    for other in number_forms(folded):
        assert other != folded
        assert fold(other) == other
        assert folded in number_forms(other)
