"""Lists of articles inside the answer of a program."""

import json
import time

import msgspec
import pytest

from wxsearch.ingest import jsonl

ONE, TWO = {"title": "早潮", "body": "潮水退了。"}, {"标题": "晚潮", "正文": "潮水又来了。"}


@pytest.fixture
def items(source):
    """Reads JSON to its items."""

    def run(text, codec="utf-8", **options):
        return list(jsonl.read(source(text.encode(codec), **options)))

    return run


def written(value, **options):
    return json.dumps(value, ensure_ascii=False, **options)


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("chunk", [1, 4_096])
@pytest.mark.parametrize(
    "wrapper",
    [
        {"code": 0, "data": {"list": [ONE, TWO], "total": 2}, "msg": "完成"},
        {"RECORDS": [ONE, TWO]},
        {"status": {"list": [1]}, "took": [[{}], "]}"], "result": {"page": {"data_list": [ONE, TWO]}}},
        {"content": [ONE, TWO], "pageable": {"sort": [{"title": "x"}]}},
        {"数据": [{"n": {"x": [1]}, **ONE}, TWO], "a": "\\"},
        {"data": {"news": [ONE], "hot": [ONE], "articles": [TWO]}},
        {
            "hits": {
                "total": {"value": 2},
                "hits": [{"_id": "1", "sort": [1], "_source": ONE}, {"_source": TWO}],
            }
        },
    ],
)
def test_a_wrapper_is_read_as_its_list(items, wrapper, chunk, indent):
    """Whatever stands around a list of articles under a usual key, these are read, one by one."""
    found = items(written(wrapper, indent=indent), chunk=chunk)
    assert [item.title for item in found] == ["早潮", "晚潮"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_wrappers_that_follow_one_another(items, codec):
    """Answers of a program, kept one a line, in any encoding; items are counted through."""
    bad = {"title": 5}
    lines = [{"data": [ONE]}, {"data": []}, {"list": [TWO, bad]}, ONE]
    one, empty, two, rejected, last = items("\n".join(map(written, lines)), codec)
    assert (one.title, two.title, last.title) == ("早潮", "晚潮", "早潮")
    assert (empty.place, rejected.place) == ("item 2", "item 4")
    assert rejected.original.decode() == written(bad)


@pytest.mark.parametrize(
    "value",
    [
        {"title": "集市", "data": {"list": [ONE]}},
        {"正文": "开了。", "items": [ONE]},
        {"title": "集市", "body": "开了。", "articles": [ONE]},
        {"related": [ONE], "title": "集市"},
        {"data": [{"name": "甲"}], "title": "集市"},
        {"data": [{"item": {"name": "甲"}, "n": 1}], "title": "集市"},
        {"data": ["甲"], "title": "集市"},
        {"data": [], "title": "集市"},
    ],
)
def test_an_article_with_a_list_is_no_wrapper(items, value):
    """What has a title or a text before any list of articles is one article, and the list is in extra."""
    (article,) = items(written(value))
    assert (article.title or article.body) in {"集市", "开了。"}
    assert len(article.extra) == 1


@pytest.mark.parametrize("end", ["", "]", "]}", '],"total":"'])
def test_a_wrapper_that_breaks_off(items, end):
    """What stands before is read, and the cut is named."""
    article, cut = items('{"data":{"list":[' + written(ONE) + end)
    assert (article.title, cut.code) == ("早潮", "invalid_article")


def test_a_wrapper_of_any_length(items, limits):
    """An answer may be larger than an article may be; what stands behind the list may not."""
    small = msgspec.structs.replace(limits, article_bytes=1_000)
    found = items(written({"data": [ONE] * 3_000, "total": 3_000}), limits=small)
    assert [item.title for item in found] == ["早潮"] * 3_000
    *_, last = items(written({"data": [ONE], "total": "x" * 200_000}), limits=small)
    assert last.code == "too_large"


@pytest.mark.parametrize(
    "unit", ["{", "[", '"', '"data":', '{"data":', '{"data":[', "\\", ",", "x", '"a" ', "[]"]
)
def test_no_wrapper_is_a_trap(items, unit):
    """Monotonous text takes linear time, before a list and behind it."""
    began = time.process_time()
    for before in ('{"data":', '{"data":[{"title":"x"}],'):
        assert items(before + unit * 400_000, chunk=4_096)
    assert time.process_time() - began < 5
