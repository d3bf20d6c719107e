import time
from contextlib import suppress

import pytest

from wxsearch.errors import NotAnArticle
from wxsearch.ingest.fragment import paragraphs, title_text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<p>一</p><p>二<br/>三</p>", "一\n二\n三"),
        ("一&nbsp;二<br>三", "一 二\n三"),
        ("&lt;p&gt;", "<p>"),
        ("a < b 且 c > d\n\n  二\u3000", "a < b 且 c > d\n二"),
        ("R&D <部门>", "R&D <部门>"),
        ("<script>x</script><p hidden>藏</p>一", "一"),
        ("", ""),
    ],
)
def test_paragraphs_of_a_field(text, lines):
    """A tag or a reference makes a field HTML; without either it is text as it stands."""
    assert paragraphs(text) == lines


def test_a_field_that_nests_too_deep():
    """The depth of HTML is bounded as that of a page is."""
    with pytest.raises(NotAnArticle, match="deep"):
        paragraphs("<div>" * 2_001 + "一")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("灯塔 &amp; 潮汐", "灯塔 & 潮汐"),
        ("灯塔&amp;amp;潮汐", "灯塔&潮汐"),
        ("<b>灯塔</b>\n 见闻", "灯塔 见闻"),
        ("3 < 5 > 2", "3 < 5 > 2"),
    ],
)
def test_titles(text, title):
    """A title is one line without tags, however often its references were written."""
    assert title_text(text) == title


@pytest.mark.parametrize("unit", ["<p", "<p ", "&amp", "&", "<", ">", "<br>", "</", " ", "\n", "&#1"])
def test_monotonous_fields_take_linear_time(unit):
    """No field is a trap for what looks for tags."""
    began = time.process_time()
    with suppress(NotAnArticle):
        paragraphs(unit * 100_000)
    title_text(unit * 100_000)
    assert time.process_time() - began < 3
