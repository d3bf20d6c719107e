"""The lines under a title: time, 来源, 作者, and what stands around them."""

import re
from typing import NamedTuple

from wxsearch.dates import find_published
from wxsearch.models import Precision

_LONGEST = 240
_LONGEST_VALUE = 60

_LABELS = {
    "source": r"(?:文章|信息|新闻|稿件|内容|资料|本文|消息|图文)?"
    r"(?:来\s*源(?:于|自)?|来自|转自|摘自|出\s*处|稿源|供稿单位|信息源)",
    "author": r"(?:本文|文章)?(?:作\s*者|撰\s*文|撰\s*稿(?:人)?|记\s*者|通讯员|供\s*稿(?:人)?)",
    "editor": r"(?:责任|值班|本文|本期)?(?:编\s*辑|责\s*编)|编审|[初复终]?审[核校]?|校对|编校"
    r"|录入(?:员|者|人)?|发布(?:人|者)|上传(?:人|者)?",
    "time": r"(?:发布|发表|更新|添加|录入|上传|修改|创建|成文|发文|发稿|刊发)?(?:时\s*间|日\s*期)"
    r"|(?:发布|发表|更新)于?",
    "count": r"(?:浏览|点击|阅读|查看|访问|评论|人气|热度|关注|点赞)(?:次数|数量|量|数|人数|率)?",
    "tools": r"字体(?:大小|显示)?|字号|文字大小|分享到?|视力保护色|背景色|我要分享",
}
_LABEL = re.compile(
    r"(?<![一-鿿])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()) + r")\s*[:：]\s*"
    # 来源：无锡日报作者：张三 stands without a blank where a page sets it apart by style.
    r"|(?P<glued>作者|编辑|责任编辑|来源|发布时间|浏览次数|点击数?|阅读量?)\s*[:：]\s*"
)
_GLUED = {"作者": "author", "编辑": "editor", "责任编辑": "editor", "来源": "source", "发布时间": "time"}
_CLOCK = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:(?:T|\s{0,3})\d{1,2}\s?[:：时点]\s?\d{1,2}(?:[:：分]\d{0,2}秒?)?)?"
    r"(?:[+-]\d{2}:?\d{2}|Z)?",
    re.IGNORECASE,
)
_VALUE_END = re.compile(
    r"\s{2,}|[|｜丨　【\[]"
    r"|\s(?=(?:打印|关闭|收藏|分享|评论|举报|纠错|推荐|点赞|字[体号]|我要|缩小|放大|[Tt]大|[Tt]小|\d+评论))"
)
_FILLER = re.compile(
    r"星期[一二三四五六日天]|周[一二三四五六日]|北京时间|(?:打印|关闭|收藏|分享|评论|举报|纠错|推荐|点赞|转发|复制链接)(?:本[页文]|窗口|到)?"
    r"|字[体号]|[大中小](?![一-鿿])|[TＴ](?:\|[TＴ])*|[+-]|\d+\s*(?:次|人|条)?|我要|发表|次|人"
    r"|[\s|｜丨/·•,，、:：【】\[\]()（）<>《》—–-]+"
)
_SENTENCE = re.compile(r"[。！？；!?;]")
_OUTLET = re.compile(
    r"[\w·.（）()]{2,20}(?:网|报|社|台|刊|在线|客户端|公众号|杂志|新闻|频道|时报|融媒体中心|融媒)"
)


class Byline(NamedTuple):
    """What one line tells; `labelled` is whether a word such as 来源： stands in it."""

    published: str | None
    precision: Precision | None
    source: str | None
    author: str | None
    editor: str | None
    labelled: bool


NO_BYLINE = Byline(None, None, None, None, None, labelled=False)


def read_byline(line: str) -> Byline | None:
    """Reads a line that consists of time, source and the like; None for any other line."""
    if len(line) > _LONGEST:
        return None
    fields, rest = _fields(_bare(line))
    if any(_SENTENCE.search(value) or len(value) > _LONGEST_VALUE for value in fields.values()):
        return None
    published, precision = find_published(line) or (None, None)
    if published is None and (not fields or "time" in fields):
        return None
    left = _FILLER.sub(" ", _CLOCK.sub(" ", rest)).strip()
    source = fields.get("source")
    if left and published and source is None and _OUTLET.fullmatch(left):
        source, left = left, ""
    if left and (len(left) > (20 if published else 4) or re.search(r"[，。！？；：]", left)):
        return None
    return Byline(
        published, precision, source, fields.get("author"), fields.get("editor"), labelled=bool(fields)
    )


def _bare(line: str) -> str:
    """The line without brackets around the whole."""
    return line[1:-1].strip() if line[:1] + line[-1:] in ("（）", "()", "[]", "【】", "［］") else line


def _fields(line: str) -> tuple[dict[str, str], str]:
    """The labelled values of a line, and what else stands in it."""
    matches = list(_LABEL.finditer(line))
    fields: dict[str, str] = {}
    rest = [line[: matches[0].start()] if matches else line]
    starts = [match.start() for match in matches]
    for match, end in zip(matches, [*starts[1:], len(line)], strict=False):
        value = line[match.end() : end]
        kind = _GLUED.get(match["glued"], "count") if match["glued"] else str(match.lastgroup)
        if kind in ("source", "author", "editor"):
            ends = [found.start() for found in (_VALUE_END.search(value), _CLOCK.search(value)) if found]
            cut = min(ends, default=len(value))
            fields.setdefault(kind, value[:cut].strip(" \t　,，、/·-"))
            rest.append(value[cut:])
        else:
            fields.setdefault(kind, "")
            rest.append(value)
    return fields, " ".join(rest)


def joined(byline: Byline, more: Byline) -> Byline:
    """What two lines tell together; the first that says a thing counts."""
    time = byline if byline.published else more
    if more.published and time.precision == "day" and more.published[:10] == str(time.published)[:10]:
        time = more
    return Byline(
        time.published,
        time.precision,
        byline.source or more.source,
        byline.author or more.author,
        byline.editor or more.editor,
        byline.labelled or more.labelled,
    )
