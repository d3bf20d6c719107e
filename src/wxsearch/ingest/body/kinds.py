"""What a page is that is no article: an error, a wall, a way on, a list, pictures, a film, an empty frame.

`refusal` reads the page alone; `list_refusal` a page whose text was found, for a list with
summaries has text, too. Both answer with the sentence that the rejection gives.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from wxsearch.ingest.body.container import Container
from wxsearch.ingest.body.prose import is_about, is_link
from wxsearch.ingest.rendering import Rendering

_SORRY = r"(?:很?抱歉|对不起|非常抱歉|不好意思|sorry|oops|哎呀|啊哦|糟糕)?[\s,，。:：!！~～…]*"
_PAGE = r"(?:页面|网页|内容|文章|新闻|信息|资源|链接|网址|地址|稿件|帖子)"
_GONE = (
    r"(?:不存在|没有找到|未找到|找不到|无法(?:访问|显示|找到)|被?删除|飞走|走丢|丢失|下线|失效"
    r"|已[被经]?[^，。]{0,4}(?:删除|下线|失效|过期|移除|撤))"
)
_ERROR = re.compile(
    _SORRY + r"(?:(?:error\s*)?[45]0[0-4]\b.{0,40}"
    r"|(?:您|你|该|此|本|当前|所)?(?:要|所|想|正在)?(?:访问|查看|浏览|请求|寻找|找|查找)?的?"
    rf"{_PAGE}[^，。]{{0,10}}{_GONE}.{{0,60}}"
    rf"|(?:没有找到|找不到|无法找到)[^，。]{{0,12}}{_PAGE}.{{0,40}}"
    r"|(?:系统|服务器|程序|数据库)[^，。]{0,6}(?:错误|出错|繁忙|异常|维护|开小差).{0,40}|出错[了啦].{0,40}"
    r"|(?:该|本|此)?(?:活动|直播|投票|问卷)[^，。]{0,4}已经?(?:结束|关闭|下线).{0,40}"
    r"|(?:page )?not found.{0,40}"
    r"|.{0,20}(?:bad gateway|service unavailable|internal server error|access denied|forbidden).{0,40})",
    re.IGNORECASE,
)
_READS = r"(?:查看|阅读|浏览|访问|继续|观看)"
_WALL = re.compile(
    rf".{{0,30}}(?:(?:登[录陆]|注册|订阅|付费|购买|开通会员|扫码|验证)(?:后|之后|方可|才能|即可|以)[^，。]{{0,10}}{_READS}"
    r"|(?:请先?|需要?|尚未|还未|您?没有)[^，。]{0,4}(?:登[录陆]|订阅|购买|付费|权限)"
    rf"(?=[!！。]?$|后|账号|[^，。]{{0,8}}{_READS})"
    r"|(?:付费|会员|订阅)[^，。]{0,4}(?:内容|专享|文章)"
    r"|(?:请|须|需要?)[^。]{0,16}(?:验证码|安全验证|人机验证|完成验证)|(?:您|你)[^。]{0,8}(?:访问|操作)[^，。]{0,6}频繁"
    r"|滑动[^，。]{0,8}验证|阅读全文需).{0,40}"
)
_AT_ONCE = re.compile(r"\s*\d\s*[;,]\s*url", re.IGNORECASE)
_WAY_ON = re.compile(
    r".{0,30}(?:正在[^，。]{0,8}跳转|自动跳转|页面跳转|没有[^，。]{0,6}跳转|redirecting).{0,60}",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r".{0,30}(?:启用|开启|支持|enable)\s*JavaScript.{0,60}", re.IGNORECASE)
# The commands of a page of pictures, and links that are its pictures.
_PICTURE = re.compile(r"(?:看|大|原|一|张|清|组)图|图[片集说\d（(]")
# A page with more text than this is an article, whatever else it says.
_MOST_ERROR, _MOST_WALL = 300, 150
_MORE = re.compile(
    r"[\[【]?(?:查看|阅读|了解)?(?:详情|详细|全文|更多|原文)[\]】]?\W{0,4}|(?:read )?more\W{0,4}",
    re.IGNORECASE,
)
_LEAST_ENTRIES, _LEAST_NAMELESS = 4, 2
# A link with its time behind, as in a list of a column.
_LEAST_ENTRY = 4
_LEAST_HEADLINE, _MANY_HEADLINES = 8, 30
_LONGEST_SUMMARY = 220
_MANY_LINKS = 10


def refusal(tree: LexborHTMLParser, rendering: Rendering, score: float, title: str) -> str | None:
    """What a page with so little text is instead of an article; None where it may be one."""
    lines = [line for line in rendering.lines if len(line) <= 160]
    if score < _MOST_ERROR and (_ERROR.fullmatch(title) or any(map(_ERROR.fullmatch, lines[:60]))):
        return "is an error page"
    if score < _MOST_WALL:
        if _refreshes(tree) or any(map(_WAY_ON.fullmatch, lines[:60])):
            return "leads on to another page"
        if any(map(_WALL.fullmatch, lines[:200])):
            return "shows its text only after a login, a payment or a check"
        if any(map(_SCRIPT.fullmatch, lines[:60])):
            return "is filled by a script; its text is not in it"
    return None


def _refreshes(tree: LexborHTMLParser) -> bool:
    """Whether a page sends its reader on within seconds; many load themselves anew after minutes."""
    node = tree.css_first('meta[http-equiv="refresh" i]')
    return node is not None and _AT_ONCE.match(node.attributes.get("content") or "") is not None


def empty_refusal(tree: LexborHTMLParser, rendering: Rendering) -> str:
    """What a page without text is."""
    links = sum(linked > 0 for linked in rendering.linked)
    if links >= _MANY_LINKS:
        return "is a list of other pages"
    if tree.css_first(
        "video, embed, object, audio, iframe[src*=video], iframe[src*=player], [id*=player], [class*=player]"
    ):
        return "is a film or a sound without text"
    if len(tree.css("img")) > 2:
        return "is pictures without text"
    if tree.css_first("script[src], #app, #root"):
        return "is filled by a script; its text is not in it"
    return "has no paragraphs of text"


def list_refusal(rendering: Rendering, container: Container) -> str | None:
    """Whether what was found is no text but the entries of a list: links and summaries by turns.

    Text with neither a title nor a time near, among many links, is that of one entry.
    """
    is_nameless = not container.is_titled and not container.is_dated
    if is_nameless and container.score < _MOST_ERROR and _headlines(rendering) >= _MANY_HEADLINES:
        return "is a list of other pages"
    entries: set[str] = set()
    groups = more = dated = 0
    summaries = []
    was_link = False
    for number in container.within:
        line = rendering.lines[number]
        is_dated = is_about(line) and rendering.linked[number] >= _LEAST_ENTRY
        dated += is_dated
        is_now = is_dated or is_link(line, rendering.linked[number])
        if is_now and not _PICTURE.search(line):
            groups += not was_link
            more += _MORE.fullmatch(line) is not None
            entries.add(line)
        elif not is_now and len(line) > 10:
            summaries.append(len(line))
        was_link = is_now
    # What stands near is the time of the first entry.
    is_nameless = is_nameless or (not container.is_titled and dated > 1)
    if groups < (_LEAST_NAMELESS if is_nameless else _LEAST_ENTRIES) or not summaries:
        return None
    middle = sorted(summaries)[len(summaries) // 2]
    is_even = groups * 2 + 2 >= len(summaries) and middle <= _LONGEST_SUMMARY
    if is_even and (len(entries) * 4 >= groups * 3 or more * 4 >= groups * 3):
        return "is a list of other pages with their summaries"
    return None


def _headlines(rendering: Rendering) -> int:
    """How many lines of a page are links with words enough for a headline."""
    return sum(
        len(line) >= _LEAST_HEADLINE and is_link(line, linked)
        for line, linked in zip(rendering.lines, rendering.linked, strict=True)
    )
