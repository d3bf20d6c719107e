import pytest

from wxsearch.errors import InvalidSettings, NotAnArticle
from wxsearch.ingest.html import find_fields
from wxsearch.ingest.reading import Reading, configured
from wxsearch.ingest.site_rules import load_site_rules

TEXT = "<p>渡口的早晨很安静，船还没有来，摆渡人在岸边补网，补了一张又一张。</p>" * 2
PAGE = f"""<link rel="canonical" href="https://news.example/a/7.html"><title>渡口_网</title>
<div class="c" data-when="01.06.2024 09:05">第十二期 <b>渡口的早晨</b></div>
<div class="path"><a>甲</a><a>乙</a></div><i class="n">下篇</i><a class="n" href="8.html">补网的人</a>
<h1>渡口</h1><div>2020-01-01 来源：某报</div><div class="b">{TEXT}</div>"""
RULE = """
hosts = ["news.example"]
title = { select = ".c b" }
published = { select = ".c", attribute = "data-when", format = "%d.%m.%Y %H:%M" }
source = { select = ".c", pattern = "第(.+?)期" }
breadcrumb = { select = ".path a" }
next = { select = "a.n" }
"""


def record(folder, page=PAGE, **reading):
    return find_fields(page, 2_000, Reading(load_site_rules(str(folder)), **reading)).record


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "news.toml").write_text(RULE, encoding="utf-8")
    return tmp_path


def test_each_field_can_be_overridden(folder):
    """What a rule names is taken from where it says, all else as ever."""
    found = record(folder)
    assert (found["title"], found["source"], found["breadcrumb"]) == ("渡口的早晨", "十二", ["甲", "乙"])
    assert (found["published"], found["precision"]) == ("2024-06-01T09:05:00+08:00", "minute")
    assert found["next"] == {"title": "补网的人", "url": "https://news.example/a/8.html"}
    assert found["body"].startswith("渡口的早晨很安静")


def test_the_origin_is_the_rule(folder):
    """A field of a rule says which file it came from."""
    found = find_fields(PAGE, 2_000, configured(str(folder), ""))
    assert found.provenance["title"] == ("site rule news.toml", 0.99)


@pytest.mark.parametrize(
    ("host", "holds"),
    [
        ("news.example", True),
        ("*.example", True),
        ("NEWS.example", True),
        ("example", False),
        ("*.news.example", False),
    ],
)
def test_rules_hold_for_their_hosts(tmp_path, host, holds):
    """A host is itself, with *. in front all that are below it."""
    (tmp_path / "x.toml").write_text(RULE.replace("news.example", host), encoding="utf-8")
    assert (record(tmp_path)["title"] == "渡口的早晨") is holds


def test_a_host_can_be_named_for_pages_without_address(folder):
    """Where a page does not tell its address the setting says whose it is."""
    page = PAGE.replace("canonical", "x")
    assert record(folder, page)["title"] == "渡口"
    assert record(folder, page, host="news.example")["title"] == "渡口的早晨"


def test_what_a_rule_does_not_find_is_found_as_ever(folder):
    """A selector without a match, or a time that is written otherwise, leaves the field alone."""
    page = PAGE.replace('class="c"', 'class="d"')
    assert (record(folder, page)["title"], record(folder, page)["source"]) == ("渡口", "某报")
    assert record(folder, PAGE.replace("01.06.2024", "1 June"))["published"] == "2020-01-01T00:00:00+08:00"


def test_a_rule_makes_an_article_of_a_page_that_seems_none(tmp_path):
    """A page without paragraphs is one where a rule finds its body."""
    page = '<link rel="canonical" href="https://news.example/a/7.html"><b>短</b><a class="x">讯</a>'
    with pytest.raises(NotAnArticle):
        find_fields(page, 2_000)
    rule = 'hosts = ["news.example"]\nbody = { select = ".x" }\ntitle = { select = "b" }\n'
    (tmp_path / "x.toml").write_text(rule, encoding="utf-8")
    assert (record(tmp_path, page)["title"], record(tmp_path, page)["body"]) == ("短", "讯")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("hosts = [", "bad.toml: is not TOML"),
        ("", "bad.toml: .*hosts"),
        ("hosts = []", "bad.toml: hosts: names no host"),
        ('hosts = ["a"]\nheadline = { select = "b" }', "bad.toml: .*headline"),
        ('hosts = ["a"]\ntitle = { css = "b" }', "bad.toml: .*"),
        ('hosts = ["a"]\ntitle = { select = "b[" }', r"bad.toml: title.select: 'b\[' is no CSS selector"),
        ('hosts = ["a"]\ntitle = { select = "b", pattern = "(" }', "bad.toml: title.pattern"),
        ('hosts = ["a"]\ntitle = { select = "b", pattern = "x" }', "bad.toml: title.pattern: has no group"),
        ('hosts = ["a"]\ntitle = { select = "b", format = "%Y" }', "bad.toml: title.format: only published"),
        ('hosts = ["a", "A"]', "bad.toml: hosts: A has its rules in bad.toml already"),
    ],
)
def test_rules_are_read_strictly(tmp_path, rule, message):
    """A key that is none, a selector, a pattern: what cannot be read is named with its file."""
    (tmp_path / "bad.toml").write_text(rule, encoding="utf-8")
    with pytest.raises(InvalidSettings, match=message):
        load_site_rules(str(tmp_path))


def test_a_folder_that_is_none(tmp_path):
    """A folder that is not there is a slip in the settings, the empty name is none at all."""
    with pytest.raises(InvalidSettings, match=r"ingest\.site_rules"):
        load_site_rules(str(tmp_path / "x"))
    assert load_site_rules("").values(None, ["https://a.example/1"]) == {}
