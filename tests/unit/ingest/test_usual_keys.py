"""JSON under the keys and in the forms of other systems."""

import json
import time

import pytest

from wxsearch.ingest import jsonl
from wxsearch.ingest.table.reading import read as read_table
from wxsearch.ingest.usual_names import _USUAL
from wxsearch.models import Link


@pytest.fixture
def articles(source):
    """Reads objects, each a line of one file; what is noted is in `notes`."""

    def run(*objects):
        made = source("\n".join(json.dumps(each, ensure_ascii=False) for each in objects).encode())
        run.notes = made.notes
        return list(jsonl.read(made))

    return run


def test_an_export_of_a_chinese_system(articles):
    """All fields under Chinese keys; a key without a meaning stays in extra."""
    (article,) = articles(
        {
            "编号": 7,
            "标题": "集市&amp;渡口",
            "正文": "<p>天亮了。</p><p>集市开了。</p>",
            "发布时间": "2023-05-06 07:08",
            "来源": "镇报",
            "栏目": "首页>市井",
            "作者": "白露",
            "链接": "https://t.example/7",
            "关键词": "集市，渡口",
            "上一篇": "早潮",
            "下一篇": {"title": "晚潮"},
            "浏览量": 120,
        }
    )
    assert (article.id, article.title, article.body) == ("7", "集市&渡口", "天亮了。\n集市开了。")
    assert (article.published, article.precision) == ("2023-05-06T07:08:00+08:00", "minute")
    assert (article.source, article.author, article.url) == ("镇报", "白露", "https://t.example/7")
    assert (article.breadcrumb, article.keywords) == (("首页", "市井"), ("集市", "渡口"))
    assert (article.previous, article.next) == (Link("早潮"), Link("晚潮"))
    assert article.extra == {"浏览量": 120}


@pytest.mark.parametrize(
    "names",
    [
        ("news_title", "news_content", "news_time", "media_name", "author_name", "channel_path"),
        ("docTitle", "docContent", "docPubTime", "docSourceName", "docAuthor", "channelName"),
        ("articleTitle", "content_html", "publishTimeStr", "sourceName", "authorName", "cat_name"),
        ("新闻标题", "文章正文", "文章发布时间", "媒体来源", "记者姓名", "所属频道"),
        ("标题名称", "正文内容", "信息发布日期", "来源名称", "作者姓名", "面包屑"),
    ],
)
def test_names_with_what_systems_put_around_them(articles, names):
    """The kind of thing in front and 名称 or its like behind change nothing of what a name means."""
    values = ("集市", "天亮了。", "2024-06-03", "镇报", "白露", "首页>市井")
    (article,) = articles(dict(zip(names, values, strict=True)))
    assert (article.title, article.body, article.published) == (
        "集市",
        "天亮了。",
        "2024-06-03T00:00:00+08:00",
    )
    assert (article.source, article.author, article.breadcrumb) == ("镇报", "白露", ("首页", "市井"))
    assert not article.extra


def test_what_stands_around_a_name_of_another_meaning_gives_it_none(articles):
    """Numbers of authors, names of files and pages stay in extra, and a plain name wins over a longer one."""
    (article,) = articles(
        {"title": "集市", "author_id": "7", "file_name": "a.html", "media": "镇报", "news_source": "县报"}
    )
    assert (article.author, article.source) == (None, "镇报")
    assert article.extra == {"author_id": "7", "file_name": "a.html", "news_source": "县报"}
    files = {
        "source_html": "<p>页</p>",
        "media_path": "/1.jpg",
        "content_path": "/1.txt",
        "link_text": "更多",
    }
    (article,) = articles({"title": "集市", **files})
    assert (article.source, article.body, article.extra) == (None, "", files)


@pytest.mark.parametrize(
    ("field", "name"), [(field, name) for field, names in _USUAL.items() for name in names]
)
def test_keys_mean_what_columns_mean(articles, source, field, name):
    """Each name of the one list fills the same field from JSON and from a table."""
    value = {"url": "https://t.example/1", "published": "2024-06-03", "precision": "day"}.get(field, "甲乙")
    texts = {"title": "集市", "published": "2024-06-03"}
    record = {key: text for key, text in texts.items() if key != field} | {name: value}
    (one,) = articles(record)
    (other,) = read_table(source((",".join(record) + "\n" + ",".join(record.values()) + "\n").encode()))
    assert one == other
    assert getattr(one, field)


def test_an_own_key_wins(articles):
    """What an own key says is never replaced, and the other key stays; an empty own key says nothing."""
    one, two = articles(
        {"title": "集市", "body": "开了。", "content": "别的。", "published": "2024-06-03", "date": "昨天"},
        {"title": "集市", "body": " ", "content": "开了。", "published": None, "date": "2024-06-04"},
    )
    assert (one.body, one.published[:10]) == ("开了。", "2024-06-03")
    assert one.extra == {"content": "别的。", "date": "昨天"}
    assert (two.body, two.published[:10], two.extra) == ("开了。", "2024-06-04", {})


def test_the_likeliest_of_several_keys(articles):
    """The order of the list counts, not that of the keys; empty ones do not."""
    (article,) = articles({"title": "集市", "text": "三。", "content": "二。", "内容": "", "正文": None})
    assert (article.body, article.extra) == ("二。", {"text": "三。", "内容": ""})


def test_a_key_that_holds_something_else(articles):
    """A value of a kind that the field does not have is not taken for it, and costs no article."""
    others = {
        "category": {"id": 3},
        "media": ["a.jpg"],
        "tags": [{"name": "鱼"}],
        "date": {"x": 1},
        "作者": 5,
    }
    (article,) = articles({"title": "集市", **others})
    assert (article.breadcrumb, article.source, article.keywords) == ((), None, ())
    assert article.extra == others


@pytest.mark.parametrize(
    ("value", "extra"),
    [
        (
            {"code": 0, "data": {"标题": "集市", "正文": "开了。"}, "time": 1717373109},
            {"code": 0, "time": 1717373109},
        ),
        ({"_index": "n", "_source": {"title": "集市", "content": "开了。", "x": 1}}, {"_index": "n", "x": 1}),
        ({"result": {"article": {"title": "集市", "body": "开了。"}}, "author": None}, {}),
    ],
)
def test_an_article_in_a_wrapper(articles, value, extra):
    """What a program answered for one article is that article; the time of the answer is not its time."""
    _, article = articles({"title": "早市", **dict.fromkeys(value, 1)}, value)
    assert (article.title, article.body, article.published, article.extra) == ("集市", "开了。", None, extra)


def test_an_object_in_an_article_is_no_wrapper(articles):
    """Where there is a title or a text of its own, an object below is something else."""
    (article,) = articles({"title": "集市", "data": {"title": "晚市", "body": "散了。"}})
    assert (article.title, article.body) == ("集市", "")


def test_values_of_a_document_store(articles):
    """MongoDB exports say of which kind a value is."""
    (article,) = articles(
        {
            "_id": {"$oid": "5f00aa"},
            "title": "集市",
            "content": "开了。",
            "publish_time": {"$date": {"$numberLong": "1717373109000"}},
            "tags": {"$in": 5},
        }
    )
    assert (article.id, article.published) == ("5f00aa", "2024-06-03T08:05:09+08:00")
    assert article.extra == {"tags": {"$in": 5}}


def test_posts_of_wordpress(articles):
    """Its API has HTML under `rendered`; its numbers of posts and authors are none of ours."""
    post = {
        "id": 12,
        "date": "2024-06-03T10:20:30",
        "link": "https://blog.example/2024/06/a.html",
        "title": {"rendered": "早市&#8220;开了&#8221;"},
        "content": {"rendered": "<p>天亮了。</p>\n<p>集市开了。</p>", "protected": False},
        "author": 7,
        "tags": [3],
    }
    (article,) = articles(post)
    assert (article.title, article.body) == ("早市“开了”", "天亮了。\n集市开了。")
    assert (article.url, article.published) == (post["link"], "2024-06-03T10:20:30+08:00")
    assert (article.author, article.extra) == (None, {"tags": [3]})
    assert article.id == articles({"title": "早市", "url": post["link"]})[0].id


def test_a_body_in_paragraphs(articles):
    """What programs gather as a list of paragraphs is the text."""
    (article,) = articles({"title": "集市", "content": ["<b>天亮了。</b>", "", "集市开了。"]})
    assert article.body == "天亮了。\n集市开了。"


@pytest.mark.parametrize("others", [0, 1, 2_000])
def test_keys_differ_from_line_to_line(articles, others):
    """What a key means does not depend on the lines before."""
    objects = [{"title": "集市", f"k{number}": 1} for number in range(others)]
    *_, one, two = articles(*objects, {"title": "集市", "k": 1}, {"title": "集市", "k": 1, "正文": "开了。"})
    assert (one.extra, two.body, two.extra) == ({"k": 1}, "开了。", {"k": 1})


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<p>天亮了。</p><p>集市&nbsp;开了。</p>", "天亮了。\n集市 开了。"),
        ('\n<div class="x">天亮了。<br>集市开了。</div>\n', "天亮了。\n集市开了。"),
        ("<p>天亮了。<img src='a.jpg'>", "天亮了。"),
    ],
)
def test_a_body_that_is_nothing_but_markup(articles, body, read):
    """Where tags begin and end it, even our own key holds HTML."""
    assert articles({"title": "集市", "body": body})[0].body == read


@pytest.mark.parametrize(
    "body",
    [
        "若 a<b，则 b>a。",
        "<p>是段落的标签，</p>结束它。",
        "段落写作<p>…</p>",
        "<p>",
        "<甲>与<乙>",
        "<strong",
        "R&amp;D",
        "<p>甲</p><乙>",
    ],
)
def test_a_body_that_speaks_of_markup(articles, body):
    """Plain text under our own key is never changed for a sign or a tag in it."""
    assert articles({"title": "集市", "body": body})[0].body == body


def test_a_printed_article_is_as_it_was(articles):
    """What wxsearch prints of an article is read back as it was, whatever its text looks like."""
    (article,) = articles({"title": "集市", "body": "<p>甲<b", "tags": "鱼"})
    printed = {name: getattr(article, name) for name in article.__struct_fields__}
    printed |= {"body": "<p>甲</p>", "content": "乙"}
    (again,) = articles(printed)
    assert (again.body, again.extra) == ("<p>甲</p>", {"content": "乙"})


def test_no_key_is_a_trap(articles):
    """Very many and very long keys take linear time."""
    began = time.process_time()
    articles({"title": "集市", **{f"{'_' * 50}{number}": 1 for number in range(50_000)}, "-" * 1_000_000: 1})
    assert time.process_time() - began < 3
