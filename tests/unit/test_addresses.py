import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.addresses import canonical, is_web_address, same_address


@pytest.mark.parametrize(
    "address",
    [
        "http://a",
        "http://a.cn/x",
        "HTTPS://a.cn",
        "https://例子.cn/新闻?id=1#p",
        "https://[::1]:80/",
        "http://a.cn/年 报.html",
    ],
)
def test_addresses_of_the_web(address):
    """Http and https with a host are addresses a link may have, a blank inside included."""
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///x",
        "ftp://a.cn",
        "//a.cn",
        "/x",
        " https://a.cn",
        "https:/x",
        "https:///x",
        "https://\\a.cn",
        "https://\0a.cn",
        "https:// a.cn",
        "https://?a",
        "http://a.cn/\nx",
        "http://a.cn/\x7f",
    ],
)
def test_other_addresses(address):
    """Schemes that run scripts, relative addresses, no host and control characters are refused."""
    assert not is_web_address(address)


@pytest.mark.parametrize(
    ("address", "spelled"),
    [
        ("https://news.example/1", "https://news.example/1"),
        ("http://news.example/1", "https://news.example/1"),
        ("HTTP://News.Example:80/1", "https://news.example/1"),
        ("https://news.example:443/1", "https://news.example/1"),
        ("https://news.example:/1", "https://news.example/1"),
        ("https://news.example./1", "https://news.example/1"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example?", "https://news.example/"),
        ("https://news.example/1#p2", "https://news.example/1"),
        ("https://news.example/1?utm_source=wx&utm_medium=app", "https://news.example/1"),
        ("https://news.example/1?UTM_Source=wx", "https://news.example/1"),
        ("https://news.example/1?id=3&spm=a.b.c&page=2", "https://news.example/1?id=3&page=2"),
        ("https://news.example/1?from=timeline&isappinstalled=0", "https://news.example/1"),
        ("https://news.example/1?share%5ftoken=x", "https://news.example/1"),
        ("https://news.example/1?id=3&&", "https://news.example/1?id=3"),
        ("https://news.example/a/index.html", "https://news.example/a/"),
        ("https://news.example/a/index.shtml?spm=1", "https://news.example/a/"),
        ("https://news.example/%e6%96%b0", "https://news.example/%E6%96%B0"),
        ("https://me@news.example/1", "https://me@news.example/1"),
        ("https://[2001:DB8::1]:443/1", "https://[2001:db8::1]/1"),
    ],
)
def test_spellings_of_an_address(address, spelled):
    """Case, default port, fragment, tracking and index pages make no other address."""
    assert canonical(address) == spelled
    assert same_address(address, spelled)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/1", "https://m.news.example/1"),
        ("https://news.example/1", "https://www.news.example/1"),
        ("https://news.example/1", "https://news.example/1/"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example/1", "https://news.example:8080/1"),
        ("http://news.example:443/1", "https://news.example/1"),
        ("https://news.example/1?from=2021", "https://news.example/1"),
        ("https://news.example/1?id=1", "https://news.example/1?id=2"),
        ("https://news.example/1?a=1&b=2", "https://news.example/1?b=2&a=1"),
        ("https://news.example/index.html?id=3", "https://news.example/?id=3"),
        ("https://news.example/index.php", "https://news.example/"),
        ("https://news.example/#/detail/1", "https://news.example/#/detail/2"),
        ("https://news.example/#!detail/1", "https://news.example/"),
        ("https://news.example/?spmx=1", "https://news.example/"),
        ("https://news.example/1", None),
    ],
)
def test_other_addresses_stay_others(one, other):
    """Nothing is taken for tracking, or for the same page, that may choose what is read."""
    assert not same_address(one, other)


@pytest.mark.parametrize("text", ["", "a", "javascript:1", "https://a\\b/c?utm_source=1", "HTTPS://"])
def test_what_is_no_address_of_the_web_is_left_alone(text):
    """Text that no link may lead to, or that browsers read in their own way, is given back."""
    assert canonical(text) == text


@given(st.text("aB1/?#&=%:@.[]\\ 新utm_spm", max_size=60))
def test_a_canonical_address_is_canonical(rest):
    """Spelling again changes nothing, whatever the address."""
    spelled = canonical(f"HTTP://n{rest}")
    assert canonical(spelled) == spelled
    assert is_web_address(spelled) == is_web_address(f"HTTP://n{rest}")
