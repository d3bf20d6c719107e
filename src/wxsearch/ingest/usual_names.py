"""What names in exports mean: which field of an article, or that articles stand there."""

import re
from collections.abc import Container, Iterable
from functools import lru_cache

# Names that exports use, the likeliest first; letter case, blanks, _ and - do not count.
_USUAL = {
    "id": ("id", "编号", "文章id", "文章编号", "新闻id", "newsid", "articleid", "docid"),
    "url": ("url", "链接", "网址", "文章链接", "原文链接", "链接地址", "文章url", "新闻链接", "link"),
    "title": ("title", "标题", "文章标题", "新闻标题", "题目", "题名", "headline"),
    "body": (
        "body", "正文", "内容", "文章内容", "新闻内容", "正文内容", "新闻正文", "文章正文", "全文",
        "content", "text", "articlebody",
    ),
    "published": (
        "published", "发布时间", "发布日期", "发表时间", "发表日期", "时间", "日期", "刊发时间", "pubdate",
        "pubtime", "publishtime", "publishdate", "publishedat", "datepublished", "releasetime", "posttime",
        "date", "datetime", "time", "创建时间", "createtime", "createdat", "addtime", "inputtime",
    ),
    "source": (
        "source", "来源", "文章来源", "新闻来源", "稿件来源", "稿源", "媒体", "媒体名称", "来源媒体",
        "媒体来源", "出处", "media", "copyfrom",
    ),
    "breadcrumb": (
        "breadcrumb", "栏目", "栏目名称", "分类", "频道", "类别", "所属栏目",
        "面包屑", "面包屑导航", "category", "channel", "column", "cat",
    ),
    "author": ("author", "作者", "记者", "撰稿人", "writer", "reporter"),
    "keywords": ("keywords", "关键词", "关键字", "标签", "tags", "keyword"),
    "previous": ("previous", "上一篇"),
    "next": ("next", "下一篇"),
    "precision": ("precision",),
}  # fmt: skip
# Under these a list of articles stands, or one alone, or an object that has them.
_WRAPPING = frozenset(
    (
        *("data", "datas", "datalist", "list", "item", "items", "result", "results", "record", "records"),
        *("row", "rows", "article", "articles", "articlelist", "news", "newslist", "doc", "docs"),
        *("documents", "hits", "entries", "posts", "content", "contents", "page", "response", "payload"),
        *("body", "obj", "source", "数据", "列表", "结果", "文章", "文章列表", "新闻", "新闻列表"),
    )
)
_FIELDS = {name: (field, rank) for field, names in _USUAL.items() for rank, name in enumerate(names)}
# What systems put around such a name: news_title, docContent, authorName, 所属频道, content_html. A path is
# that of a file behind any other name, and source_html is a page.
_AROUND = re.compile(
    r"(?:news|article|doc|document|post|info|cms|新闻|文章|稿件|信息|资讯|所属)?(?P<name>.+?)"
    r"(?:name|str|string|名称|名字|姓名|名|(?P<written>html|text|全文)|(?P<path>path|路径))?"
)
_WRITTEN, _PATHS = ("title", "body"), ("breadcrumb",)
_PLAINER = 100
_LONGEST = 100
_IGNORED = re.compile(r"[\s_\-:：*（）()【】\[\]]+")


def usual_places(names: Iterable[str]) -> dict[str, list[int]]:
    """For each field the places of the names that mean it, from 0, the likeliest first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(names):
        if meant := _meant(name[:_LONGEST]):
            field, rank = meant
            found.setdefault(field, []).append((rank, place))
    return {field: [place for _, place in sorted(ranked)] for field, ranked in found.items()}


def has_text(meant: Container[str]) -> bool:
    """Whether the fields that are meant can make an article."""
    return "title" in meant or "body" in meant


def wraps_articles(name: str) -> bool:
    """Whether a key of JSON is one under which exports put an article, or a list of them."""
    return _plain(name[:_LONGEST]) in _WRAPPING


@lru_cache(maxsize=1_024)
def _meant(name: str) -> tuple[str, int] | None:
    """The field that a name means, and its rank among the names of that field, from 0."""
    plain = _plain(name)
    if (found := _FIELDS.get(plain)) or (bare := _AROUND.fullmatch(plain)) is None:
        return found
    field, rank = _FIELDS.get(bare["name"], ("", 0))
    if (bare["written"] and field not in _WRITTEN) or (bare["path"] and field not in _PATHS):
        return None
    return (field, rank + _PLAINER) if field else None


def _plain(name: str) -> str:
    return _IGNORED.sub("", name).lower()
