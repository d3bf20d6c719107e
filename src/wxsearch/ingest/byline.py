"""The lines under a title: time, 来源, 作者, and what stands around them."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from wxsearch.ingest.fields.times import Time, find_times
from wxsearch.ingest.frame import is_tools
from wxsearch.models import Precision

_LONGEST = 240
_LONGEST_VALUE = 60
_LONGEST_BELOW = 30
_LONGEST_OUTLET = 15

_LABELS = {
    "source": r"(?:文章|信息|新闻|稿件|内容|本文|消息|图文|文章原始|原文|转载)?"
    r"(?:[来來]\s*源(?:于|自|網站|网站|媒体)?|来自|转[自载貼贴帖]自?|摘自|选自|出\s*[处處]|稿源|供稿单位|信息源|Source"
    r"|发[布文](?:单位|机构|机关|部门)|[发發][布佈](?:單位|機構|機關|部門))",
    "author": r"(?:本文|文章)?(?:作\s*者|撰\s*文|撰\s*稿(?:人)?|[记記]\s*者|通讯员|供\s*稿(?:人)?)",
    "editor": r"(?:责任|責任|值班|本文|本期|网络|執行|执行)?(?:编\s*辑|編\s*輯|责\s*编|責\s*編)"
    r"|编审|[初复终]?审[核校]?|校对|编校"
    r"|录入(?:员|者|人)?|发布(?:人|者)|上传(?:人|者)?",
    "updated": r"(?:最后|最近)?(?:更\s?新|修\s?改|编\s?辑)(?:时\s*间|日\s*期|[时時]間|于)|更新",
    "written": r"(?:成文|生成|形成|制发|印发|发文|签发|落款)(?:时\s*间|日\s*期)",
    "time": r"(?:首发|发布|发表|发佈|發布|發佈|發表|刊登|添加|录入|上传|创建|公开|发稿|刊发|出版|公布"
    r"|公告|公示|文章)?(?:时\s*间|日\s*期|時\s*間)|(?:首发|发布|发表|發布|發表)[于於]?"
    r"|Published(?: on)?|Posted(?: on)?",
    "count": r"(?:浏览|点击|阅读|查看|访问|评论|人气|热度|关注|点赞|瀏覽|點閱)"
    r"(?:次数|次數|数量|量|数|人数|率)?|Views?|Hits",
    "kind": r"(?:所属)?(?:分类|栏目|频道|类别)|标签|(?:本文|全文)?(?:字数|阅读时长|预计阅读)",
    "tools": r"字体(?:大小|显示)?|字号|文字大小|分享到?|视力保护色|背景色|我要分享",
}
_LABEL = re.compile(
    r"(?<![一-鿿])(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    # 编辑于 and a time, which is blanks by then.
    + r")(?:\s*[:：]\s*|(?<=[于於])(?=\s{8}))"
    # 来源：无锡日报作者：张三 stands without a blank where a page sets it apart by style.
    r"|(?P<glued>作者|编辑|责任编辑|责编|来源|评论|发布时间|浏览(?:次数)?|点击数?|阅读量?|字[体号]|审核|校对)\s*[:：]\s*"
    r"|(?<![一-鿿])(?P<barred>文|撰文|作者|记者|编辑|责编|来源)\s?[|｜丨/／]\s?(?=[^\s|｜丨/／])"
)
_KINDS = {
    "作者": "author",
    "文": "author",
    "撰文": "author",
    "记者": "author",
    "编辑": "editor",
    "责任编辑": "editor",
    "责编": "editor",
    "来源": "source",
    "发布时间": "time",
}
_NAMES = ("source", "author", "editor")
# A change, and the day that a document bears: neither is its publication.
_INDIRECT = ("updated", "written")
_VALUE_END = re.compile(
    r"\s{2,}|[|｜丨　【\[]"
    r"|\s(?=(?:打印|关闭|收藏|分享|评论|举报|纠错|推荐|点赞|字[体号]|我要|缩小|放大|[Tt]大|[Tt]小|手机看|听[新文本全]|语音|朗读|微信扫|扫[码描一]))"
    # A count, 共33人阅读 or 我有话说(0人参与), and any other label.
    r"|\s(?=[一-鿿]{1,4}\s?[\[(（]?\d|\d+\s?[万条次人评])|[\s，；](?=(?P<label>[一-鿿]{2,6}\s?[:：]))"
    r"|[(（](?=(?:本报|特约|首席)?(?:记者|通讯员|作者|编辑|摄影)[\s:：])"
)
_BLANKS = " \t　,，、/·-"
_BRACKETS = {"[": "]", "【": "】", "［": "］"}
# Only beside a time, blanks by then: elsewhere the words are a menu's. Cells of a record have no colons.
_SPACED = re.compile(
    r"(?<![一-鿿])(?:(?P<barred>来源|作者|记者|责编|编辑)[ 　]{1,2}(?=[一-鿿A-Za-z])"
    r"|(?P<source>发[布文](?:单位|机构|机关|部门))[ 　]{1,2}(?=[一-鿿])"
    r"|(?P<written>(?:成文|生成|印发|发文)(?:时间|日期))(?=\s{8})|(?P<time>(?:发布|公开)(?:时间|日期))(?=\s{8}))"
)
# What stands right behind a source where a page sets it apart by style.
_GLUED_TOOL = re.compile(r"(?<=[一-鿿]{2})(?:参与互动|举报|字[体号]|打印|收藏|纠错)$")
_FILLER = re.compile(
    r"IP属地[:：]?\s?[一-鿿]{2,4}|(?:浏览|阅读|点击|评论)\s?\d+(?:\.\d+)?[万wW+]*|\d+(?:\.\d+)?[万wW+]*\s?(?:次|人)?(?:阅读|浏览|点击|评论|跟贴|参与)|星期[一二三四五六日天]|周[一二三四五六日]|北京时间|(?:打印|关闭|收藏|分享|评论|举报|纠错|推荐|点赞|转发|复制链接)(?:本[页文]|窗口|到)?"
    r"|[一-鿿]{2,16}官方[帐账]号|\bSource\b|字[体号]|[大中小](?![一-鿿])|[AＡ][+＋-]|[TＴ](?:\|[TＴ])*|[+-]|\d+\s*(?:次|人|条)?|我要|发表|次|人"
    r"|[\s|｜丨/·•,，、:：【】\[\]()（）<>《》—–-]+"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[\w./-]++")
_EVENT_TIME = re.compile(
    r"(?:活动|会议|演出|截止|报名|开始|结束|有效|施行|生效|失效|实施|举办|比赛|开标|开庭|考试|面试|展览|授课|开课|到期|起止|营业)"
    r"(?:时间|日期)\s?[:：]"
)
_SENTENCE = re.compile(r"[。！？；!?;]")
_OUTLET = re.compile(
    r"[\w·.（）()《》、-]{1,24}(?:网|报|社|台|刊|在线|客户端|公众号|杂志|新闻|频道|时报|融媒体?|中心|财经|综合|发布|传媒|观察|周刊|卫视|电视"
    r"|体育|科技|[一-鿿]{3}(?:号|局|厅|委|办|部|院|会|政府|大学)|\.com|\.cn)(?:[（(][一-鿿]{2,4}[)）])?"
)
# 聯合報／ 記者林小華／台北即時報導, as papers in Taiwan sign.
_SIGNED = re.compile(
    r"(?P<outlet>[一-鿿A-Za-z]{2,8})[\s／/]+(?:特派|實習)?記者\s?(?P<person>[一-鿿、]{2,12}?)\s?[／/]\s?[一-鿿]{2,8}(?:報導|報道|電)"
)
# 本报记者 陆青禾 文/图, alone on a line; 记者 陆青禾 摄 is of a picture.
_SIGNATURE = re.compile(
    r"(?:[文图圖](?:[/／][文图圖])?[\s:：/／|｜]{1,3})?"
    r"[一-鿿]{0,8}?(?:全媒体|见习|实习|特约|首席|特派)?(?:(?<!小)[记記]者|通[讯訊]员)\s?[\s|｜/／]\s?"
    r"(?P<names>[一-鿿·]{2,4}(?:[\s、,，]{1,2}(?:(?:通讯员|实习生|记者)\s)?"
    r"(?![一-鿿]{0,2}(?:报道|報導|摄影|攝影|整理|编辑|责编|校对|审核))[一-鿿·]{2,4}){0,4})(?<![摄攝])"
    r"(?:[\s(（]{1,3}(?:文|[文图圖][/／][文图圖]|摄影报道|报道|報導|整理)[)）]?)?"
    r"(?:\s{1,2}[一-鿿]{0,4}?(?:编辑|责编)\s?(?P<editor>[一-鿿·]{2,4}))?(?:\s{1,2}(?:校对|审核)\s?[一-鿿·]{2,4}){0,2}"
)
_ROLES = re.compile(r"\s(?:通讯员|实习生|记者)\s")
_PERSON = re.compile(r"[一-鿿]{2,4}")
_ACCOUNT = re.compile(
    r"(?!.*(?:时间|日期|标题|内容|编号|单位|部门|状态|类型|类别|方式|分类)$|今天|首页|請|请|.{0,8}(?:记者|通讯员|评论员|摄影|编辑|作者|原创|专题|专栏|特刊)|新闻中心|来自|发布于|发表|我要)[一-鿿]{4,10}"
)
# What a style sets beside a name: 3215阅读, A+ A-.
_COUNTED = re.compile(
    r"\s*(?:\d+(?:\.\d+)?[万wW+]*\s?(?:次|人)?(?:阅读|浏览|点击|评论|跟贴|参与)|[AＡ][+＋]\s*[AＡ]-?)$"
)
# Bars, and the blanks in the place of a time.
_PARTED = re.compile(r"[|｜丨•]|\s·\s|\s{8,}")
_EDGES = " \t　,，、/·-|｜丨:：[]【】［］〔〕()（）"


class Byline(NamedTuple):
    """What one line tells; `labelled` is whether a word such as 来源： stands in it.

    `is_indirect` is whether its time is said to be that of a change or of the writing.
    """

    published: str | None
    precision: Precision | None
    source: str | None
    author: str | None
    editor: str | None
    labelled: bool
    is_indirect: bool = False


NO_BYLINE = Byline(None, None, None, None, None, labelled=False)


def read_byline(line: str, year: int | None = None) -> Byline | None:
    """Reads a line that consists of time, source and the like; None for any other line.

    A time without a year, as 06-01 14:05, is of `year` where that is known.
    """
    return _read(line, year) if len(line) <= _LONGEST else None


# A line is asked for several times, and the menus of a site stand on each of its pages.
@lru_cache(maxsize=2_048)
def _read(line: str, year: int | None) -> Byline | None:
    if signature := _SIGNATURE.fullmatch(line.replace("　", " ")):
        names = _ROLES.sub(" ", signature["names"])
        return NO_BYLINE._replace(author=names, editor=signature["editor"], labelled=True)
    bare = _ADDRESS.sub(" ", _bare(line))
    times = list(find_times(bare, year))
    for found in times:
        bare = bare[: found.start] + " " * (found.end - found.start) + bare[found.end :]
    labels = list(_LABEL.finditer(bare))
    if times and not labels:
        labels = list(_SPACED.finditer(bare))
    fields, rest = _fields(bare, labels)
    if any(_SENTENCE.search(value) or len(value) > _LONGEST_VALUE for value in fields.values()):
        return None
    time, is_indirect = _published(times, labels)
    if time is None and not any(name in fields for name in _NAMES):
        return None
    if (time is None and not fields.keys().isdisjoint(("time", *_INDIRECT))) or _EVENT_TIME.search(rest):
        return None
    if time and not fields and (signed := _SIGNED.fullmatch(rest.strip(_EDGES))):
        fields, rest = {"source": signed["outlet"], "author": signed["person"]}, ""
    left = _FILLER.sub(" ", rest).strip()
    source = fields.get("source")
    if left and time and source is None and (outlet := _outlet(rest, time)):
        source, left = outlet, ""
    if left and (len(left) > (20 if time else 4) or re.search(r"[，。！？；：]", left)):
        return None
    return Byline(
        time and time.published,
        time and time.precision,
        source,
        fields.get("author"),
        fields.get("editor"),
        # A channel may stand beside the day of today, above all of the article.
        labelled=not fields.keys() <= {"kind"},
        is_indirect=is_indirect,
    )


def read_byline_at(lines: Sequence[str], number: int, year: int | None = None) -> tuple[Byline, int] | None:
    """What a line tells, or with the line below where it is a label alone; the first line after."""
    line = lines[number]
    if len(line) <= _LONGEST_BELOW and line.endswith((":", "：")) and number + 1 < len(lines):
        below = lines[number + 1]
        is_value = len(below) <= _LONGEST_BELOW and not _LABEL.search(below) and not is_tools(below)
        if is_value and _LABEL.fullmatch(line) and (more := read_byline(line + below, year)):
            return more, number + 2
    found = read_byline(line, year)
    return (found, number + 1) if found else None


def _published(times: Sequence[Time], labels: Sequence[re.Match[str]]) -> tuple[Time | None, bool]:
    """The time of publication among those of a line, else an indirect one, and whether it is that."""
    indirect = None
    for time in times:
        before = [label for label in labels if label.start() < time.start]
        if not before or before[-1].lastgroup not in _INDIRECT:
            return time, False
        indirect = indirect or time
    return indirect, indirect is not None


def is_account(line: str) -> bool:
    """Whether a line alone above a time may be the account that wrote: not a person, no command."""
    return _ACCOUNT.fullmatch(line) is not None and not is_tools(line)


def is_outlet(line: str) -> bool:
    """Whether a line is a name that reads like an outlet's: 柳溪日报, 县融媒体中心."""
    return len(line) <= _LONGEST_OUTLET and _OUTLET.fullmatch(line) is not None and not line.isascii()


def _outlet(rest: str, time: Time) -> str | None:
    """The name that stands beside a time without a label, where it reads like an outlet's."""
    parts = [" ".join(part.strip(_EDGES).split()) for part in _PARTED.split(rest)]
    # Numbers of readers and commands are no names.
    parts = [_COUNTED.sub("", part) for part in parts if _FILLER.sub("", part)] or [""]
    outlets = [part for part in parts if _OUTLET.fullmatch(part) and not part.isascii()]
    if outlets and all(part == outlets[0] or _PERSON.fullmatch(part) for part in parts):
        return outlets[0]
    name = " ".join(parts)
    outlet, _, person = name.partition(" ")
    outlet = outlet.removesuffix("记者")
    if _OUTLET.fullmatch(outlet) and _PERSON.fullmatch(person.strip()):
        return outlet
    # Accounts call themselves as they like; beside a day such a name may be a channel's.
    return name if time.precision != "day" and is_account(name) else None


def _bare(line: str) -> str:
    """The line without brackets around the whole."""
    is_whole = (
        line[:1] + line[-1:] in ("（）", "()", "[]", "【】", "［］") and line.index(line[-1]) == len(line) - 1
    )
    return line[1:-1].strip() if is_whole else line


def _fields(line: str, labels: Sequence[re.Match[str]]) -> tuple[dict[str, str], str]:
    """The labelled values of a line, and what else stands in it."""
    fields: dict[str, str] = {}
    rest = [line[: labels[0].start()] if labels else line]
    starts = [label.start() for label in labels]
    for label, end in zip(labels, [*starts[1:], len(line)], strict=False):
        value = line[label.end() : end]
        word = label["barred"] or (label["glued"] if label.re is _LABEL else None)
        kind = _KINDS.get(word, "count") if word else str(label.lastgroup)
        if kind in _NAMES:
            name, behind = _name(value)
            fields.setdefault(kind, name)
            rest.append(behind)
        else:
            fields.setdefault(kind, "")
            rest.append("" if kind == "kind" else value)
    return fields, " ".join(rest)


def _name(value: str) -> tuple[str, str]:
    """The name that a value begins with, without brackets around it, and what stands behind."""
    text = value.lstrip(_BLANKS)
    if closing := _BRACKETS.get(text[:1]):
        inner, found, behind = text[1:].partition(closing)
        if found:
            return inner.strip(_BLANKS), behind
    end = _VALUE_END.search(text)
    cut = end.start() if end else len(text)
    behind = "" if end and end["label"] else text[cut:]
    name = _GLUED_TOOL.sub("", text[:cut].strip(_BLANKS))
    name = name.rstrip("（([【［")
    for opening, closing in (*_BRACKETS.items(), ("(", ")"), ("（", "）")):
        if opening not in name:
            name = name.rstrip(closing)
    return name, behind


def joined(byline: Byline, more: Byline) -> Byline:
    """What two lines tell together; the first that says a thing counts, but an indirect time for little."""
    time = byline if byline.published else more
    is_finer = time.precision == "day" and str(more.published)[:10] == str(time.published)[:10]
    if more.published and (is_finer or (time.is_indirect and not more.is_indirect)):
        time = more
    return Byline(
        time.published,
        time.precision,
        byline.source or more.source,
        byline.author or more.author,
        byline.editor or more.editor,
        byline.labelled or more.labelled,
        time.is_indirect,
    )
