import pytest

from wxsearch.addresses import is_web_address


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
