import pytest

from wxsearch.service import links
from wxsearch.service.links import outward, read_address


def test_a_change_goes_back_to_the_first_page():
    """Any other search begins at its first hit; a page of the same keeps the rest."""
    address = read_address("", "q=a&offset=20&source=x")
    assert address.search({"sort": "newest"}) == "/?q=a&source=x&sort=newest"
    assert address.search({"offset": "30"}) == "/?q=a&source=x&offset=30"


def test_variants_stay_chosen():
    """Which variants are looked for goes along in links and forms, and is no condition to clear."""
    address = read_address("", "q=a&expand=number&match=any")
    assert address.cleared() == "/?q=a&expand=number"
    assert ("expand", "number") in address.hidden("q")


def test_empty_and_unknown_parameters_fall_away():
    """A form sends all its fields; what is empty or unknown is not carried along."""
    assert read_address("/p", "q=&from=+&utm_source=x&size=5").search() == "/p/?size=5"


def test_repeated_values_are_kept_in_order():
    """Several categories stay several, in the order they were chosen."""
    assert read_address("", "category=b&category=a%20%3E%20c").parameters["category"] == ("b", "a > c")


def test_addresses_typed_by_hand_are_read():
    """UTF-8 that is not percent-encoded arrives as WSGI's Latin-1 and is understood."""
    assert read_address("", "q=物流".encode().decode("latin-1")).one("q") == "物流"


def test_an_article_keeps_the_query_and_the_language_only():
    """The copy of an article needs the words to mark, not the filters."""
    address = read_address("/p", "q=a%26b&lang=en&source=x&offset=10")
    assert address.article("a/b%?#") == "/p/articles/a%2Fb%25%3F%23?q=a%26b&lang=en"


def test_clearing_keeps_query_size_and_language():
    """Clear all takes away what narrows or orders, and nothing else."""
    address = read_address(
        "", "q=a&category=b&source=c&from=2021&to=2021&sort=oldest&match=any&size=5&lang=en"
    )
    assert address.cleared() == "/?q=a&size=5&lang=en"


def test_what_all_links_share_is_encoded_once(monkeypatch):
    """However many links a page has, only what each of them changes is encoded anew."""
    encoded = []
    encode = links.urlencode
    monkeypatch.setattr(links, "urlencode", lambda pairs: encoded.extend(pairs) or encode(pairs))
    address = read_address("", "q=a&source=x")
    assert [address.search({"from": day}) for day in ("2021", "2022")] == [
        "/?q=a&source=x&from=2021",
        "/?q=a&source=x&from=2022",
    ]
    assert address.article("1") == "/articles/1?q=a"
    assert encoded == [("q", "a"), ("source", "x"), ("from", "2021"), ("from", "2022")]


@pytest.mark.parametrize("url", ["http://a.cn/x", "http://a.cn/年 报.html"])
def test_web_addresses_are_links(url):
    """An address that an article may have is led to as it is."""
    assert outward(url) == url


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/x", "", None])
def test_anything_else_is_no_link(url):
    """What is no address of the web is never linked."""
    assert outward(url) is None
