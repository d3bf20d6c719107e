from wxsearch.ingest.identity import derived_id


def test_ids_never_change():
    """The ids of these articles are part of every index that was ever made."""
    assert derived_id("https://news.example/1", "题", None, "") == "d28cddad2e52aa43d521"
    assert derived_id(None, "题", "2023-01-02T00:00:00+08:00", "文") == "162f78fa9e79aad76434"
    assert derived_id(None, "题", None, "文") == "eb9bf4fa32e8ee112b32"


def test_an_id_depends_on_what_stands_first():
    """With a url nothing else counts, with title and time the body does not."""
    assert derived_id("https://a/", "一", None, "x") == derived_id("https://a/", "二", "t", "y")
    assert derived_id(None, "一", "t", "x") == derived_id(None, "一", "t", "y")
    assert derived_id(None, "一", None, "x") != derived_id(None, "一", None, "y")


def test_parts_do_not_run_together():
    """Moving a border between title and body makes another id."""
    assert derived_id(None, "一二", None, "三") != derived_id(None, "一", None, "二三")
    assert derived_id("x", "", None, "") != derived_id(None, "x", None, "")


def test_spellings_of_an_address_are_one_article():
    """How an address is spelled does not count, what it chooses does."""
    plain = derived_id("https://news.example/1", "", None, "")
    assert derived_id("HTTP://News.example:80/1?utm_source=wx#top", "", None, "") == plain
    assert derived_id("https://news.example/1?id=2", "", None, "") != plain
