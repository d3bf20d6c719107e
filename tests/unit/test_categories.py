import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.categories import category_path, prefixes, read_path, written_path


@pytest.mark.parametrize("home", ["首页", "主页", "Home", "HOME", "网站首页", "网易首页", " 首页 "])
def test_home_labels_are_dropped(home):
    """A breadcrumb's home label is no part of its category path."""
    assert category_path((home, "物流资讯", "行业新闻")) == ("物流资讯", "行业新闻")


def test_paths_are_read_as_people_write_them():
    r"""White space around > does not count, a leading home label is ignored, \> is a >."""
    assert read_path("首页>物流资讯 >  行业新闻") == ("物流资讯", "行业新闻")
    assert read_path(r"A\>B > C") == ("A>B", "C")


@pytest.mark.parametrize("text", ["首页", "Home", ">", "A >", "A > > B", " "])
def test_paths_that_name_nothing_are_refused(text):
    """A home label alone, or an empty part, is an error."""
    with pytest.raises(ValueError, match=r"."):
        read_path(text)


label = st.text(min_size=1).map(str.strip).filter(bool)


@given(st.lists(label, min_size=1))
def test_written_paths_read_back(labels):
    """Every path of an article can be asked for by its written form."""
    path = category_path(labels)
    if path:
        assert read_path(written_path(path)) == path


def test_prefixes():
    """A path's prefixes run from the outermost to the path itself."""
    assert prefixes(("a", "b")) == [("a",), ("a", "b")]


@pytest.mark.parametrize("label", ["首頁", "主頁", "柳報首頁"])
def test_a_home_label_in_traditional_script(label):
    """A home label in the traditional script is one as well."""
    assert category_path((label, "港聞")) == ("港聞",)
