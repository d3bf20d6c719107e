"""Which column of a table is which field of an article: by a map of the user's, or by its name."""

import re
from collections.abc import Sequence

from wxsearch.errors import InvalidArticle
from wxsearch.ingest.table.columns import Column, ColumnMap, several

# Names that columns have in exports, the likeliest first; blanks, _ and - do not count.
_USUAL = {
    "id": ("id", "编号", "文章id", "文章编号", "新闻id", "newsid", "articleid", "docid"),
    "url": ("url", "链接", "网址", "文章链接", "原文链接", "链接地址", "文章url", "新闻链接", "link"),
    "title": ("title", "标题", "文章标题", "新闻标题", "题目", "题名", "headline"),
    "body": (
        "body", "正文", "内容", "文章内容", "新闻内容", "正文内容", "新闻正文", "文章正文", "全文",
        "content", "text",
    ),
    "published": (
        "published", "发布时间", "发布日期", "发表时间", "发表日期", "时间", "日期", "刊发时间", "pubdate",
        "pubtime", "publishtime", "publishdate", "publishedat", "date", "datetime", "time",
    ),
    "source": (
        "source", "来源", "文章来源", "新闻来源", "稿件来源", "稿源", "媒体", "媒体名称", "出处", "media",
    ),
    "breadcrumb": (
        "breadcrumb", "栏目", "栏目名称", "分类", "频道", "类别", "所属栏目",
        "category", "channel", "column",
    ),
    "author": ("author", "作者", "记者", "撰稿人"),
    "keywords": ("keywords", "关键词", "关键字", "标签", "tags", "keyword"),
    "previous": ("previous", "上一篇"),
    "next": ("next", "下一篇"),
    "precision": ("precision",),
}  # fmt: skip
_IGNORED = re.compile(r"[\s_\-:：*（）()【】\[\]]+")


class Layout:
    """A map laid over the header of one table: for each field the places of its columns, from 0."""

    def __init__(self, columns: ColumnMap, header: Sequence[str]) -> None:
        self.header = tuple(header)
        self.constants = columns.constants
        self.dialect = columns.dialect
        self.places = self._mapped(columns) if columns.columns else self._usual()
        if "title" not in self.places and "body" not in self.places:
            raise InvalidArticle(
                f"has no column with a title or a text; its columns are {_listed(header)};"
                " a map of columns (--columns) says which is which"
            )
        taken = {place for places in self.places.values() for place in places}
        # Columns of no field are kept under their own names.
        self.others = [(place, name) for place, name in enumerate(self.header) if place not in taken and name]

    def column_in(self, detail: str) -> str:
        """For a sentence that begins with a field: which column that is."""
        field = re.match(r"[a-z]+", detail)
        names = [self.header[place] for place in self.places.get(field[0], ())] if field else []
        return f" (column {', '.join(names)})" if names else ""

    def _mapped(self, columns: ColumnMap) -> dict[str, list[int]]:
        found = {}
        for field, named in columns.columns.items():
            found[field] = [self._place(column, field, columns.path) for column in several(named)]
        return found

    def _place(self, column: Column, field: str, path: str) -> int:
        if isinstance(column, str):
            if self.header.count(column.strip()) == 1:
                return self.header.index(column.strip())
            problem = "stands twice" if column.strip() in self.header else "is missing"
            raise InvalidArticle(
                f"column {column!r} {problem} ({path}: columns.{field});"
                f" the columns are {_listed(self.header)}"
            )
        if column > len(self.header):
            raise InvalidArticle(f"has {len(self.header)} columns, not {column} ({path}: columns.{field})")
        return column - 1

    def _usual(self) -> dict[str, list[int]]:
        names = [_IGNORED.sub("", name).lower() for name in self.header]
        found = {}
        for field, usual in _USUAL.items():
            if place := next((name for name in usual if name in names), None):
                found[field] = [names.index(place)]
        return found


def _listed(header: Sequence[str]) -> str:
    return ", ".join(name[:40] or "(no name)" for name in header[:20]) + (", …" if len(header) > 20 else "")
