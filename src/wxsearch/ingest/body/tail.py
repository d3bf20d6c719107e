"""Where an article ends: what sites print below its last paragraph, and what they print instead of text.

A rule for the tail holds at the tail alone: the same words between two paragraphs are text.
"""

import re
from collections.abc import Sequence

from wxsearch.ingest.frame import is_legal, is_paragraph, is_tools

_LONGEST = 400
_OPEN, _CLOSE = r"[（(【\[〔*※◆●■▲☆★·\s—-]*+", r"[）)】\]〕*\s。.—-]*+"

_SAYS = re.compile(
    _OPEN + r"(?:免责|版权|特别|郑重|重要|本站|本网|本刊|作者|风险)?(?:声明|申明|说明|提示|提醒|聲明)"
    r"[】\]]?\s*[:：]"
    r"(?=.*(?:转载|授权|侵权|版权|观点|立场|投资|责任|核实|删除|联系))"
)
_ABOUT = re.compile(
    _OPEN + r"(?:(?:以上|本)(?:文章?|内容|信息|稿件?|新闻|图文|作品)(?=.{0,30}(?:转载|授权|侵权|版权|立场"
    r"|(?:仅|不)代表|系作者|来自|来源|原创|自媒体|整理自|不构成|仅供参考|首发|APP|客户端|公众号))"
    r"|(?:文章|图文|部分(?:图片|内容|素材))(?:来源|来自|转载自|整理自)(?:于|自)?|(?:综合)?(?:整理|转载|摘编)自\s*[:：])",
    re.IGNORECASE,
)
_RESERVED = re.compile(
    r".*(?:未经.{0,12}(?:授权|许可|允许|同意).{0,20}(?:不得|禁止|严禁|请勿|切勿|谢绝)"
    r".{0,40}(?:转载|转发|摘编|摘录|复制|镜像|抄袭|盗用|引用|分发|传播|商用|任何(?:方式|形式|商业))|转载(?:请|须|需|务必)|(?:严禁|谢绝|禁止)转载"
    r"|仅代表.{0,24}不代表|观点仅代表作者|不代表本|如有侵权|侵权.{0,4}(?:请|联系|删|必)|违法和不良信息举报|版权归.{0,10}所有"
    r"|著作权归(?:原?作者|译者|发布者|本[^，。]{1,8}|[^，。]{0,8}[报網网社站台刊])所有"
    r"|all rights reserved).*",
    re.IGNORECASE,
)
# What such a note speaks of; 未经许可 alone stands in laws and reports, too.
_RIGHTS = ("转载", "摘编", "版权", "著作权", "不代表", "reserved", "Reserved")
_RISK = re.compile(
    _OPEN + r"(?:以上|本|风险|股市|投资|提示|据此|文中)[^。]{0,40}"
    r"(?:投资需谨慎|不构成.{0,6}(?:投资|建议)|风险自[担负]).{0,20}"
)
_FOLLOW = re.compile(
    _OPEN
    + r"(?:(?:更多|想|欲)[^，。]{0,16}[，,]?\s{0,2})?(?:请|欢迎|微信|马上|立即|快来|赶快|就|可|[↑↓▲▼👇👆])*+"
    r"(?:扫一?扫|扫描|扫码|长按|识别|关注|添加|搜索|下载|打开|点击|点这里|戳|订阅|下載|追蹤|訂閱|加入)[^。]{0,40}?"
    r"(?:二维码|公众号|公众平台|客户端|APP|微信号?|微博|小程序|视频号|查看更多|阅读原文|下载|专题|粉丝群|看更多|粉絲團|看新聞|LINE)"
    r".{0,30}" + _CLOSE,
    re.IGNORECASE,
)
_MORE = re.compile(
    _OPEN
    + r"(?:返回.{0,8}[,，]?查看更多|阅读(?:原文|全文|更多)|查看(?:更多|原文|全文|详情)|展开(?:全文|阅读)"
    r"|点击(?:进入|查看|展开|阅读|收听)[^。]{0,24}"
    r"|继续阅读(?:[“\"《].{1,60}[”\"》])?[\s→»>]*"
    r"|請?繼續往下閱讀.{0,6}|(?:貼心|溫馨|温馨)?提醒您\s*[:：].{0,60}|[^。]{0,60}[點点按]我(?:下|看)[^。]{0,30}"
    r"|[^。]{0,40}(?:都在|尽在)\s?[^，。\s]{1,12}(?:APP|客户端)"
    r"|更多[^。]{0,16}(?:请(?:点击|关注|下载|看)|尽在|敬请)[^。]{0,30}"
    r"|[原本]文(?:永久)?(?:链接|地址|网址|标题|出处|来源)\s*[:：].{0,200}"
    r"|举报(?:/|｜|\|)?反馈|END|全文完|完结|the end"
    r"|关注我们.{0,30}|欢迎(?:关注|投稿|订阅|转发|分享|留言)[^。]{0,40}|(?:喜欢|觉得)[^。]{0,6}(?:本文|文章|不错|有用|好看).{0,40}"
    r"|.{0,12}点(?:个|一下|亮)?(?:[“「【]?在看[”」】]?|[“「【]赞[”」】]).{0,16})" + _CLOSE,
    re.IGNORECASE,
)
# Above a text so little is certain: a first paragraph may begin with 关注我们 or 欢迎分享.
_INVITATION = re.compile(
    _OPEN + r"(?:请|欢迎|微信|[↑↓▲▼👇👆])*+(?:"
    r"点击(?:上方|下方|顶部|标题下方?|左上角|右上角|蓝[字色]|[“「【]).{0,24}关注(?:我们)?"
    r"|(?:扫一?扫|扫描|扫码|长按|识别|关注|添加|搜索|下载|打开|点击)[^。，]{0,24}(?:二维码|公众号|微信号|小程序|视频号|客户端|APP))"
    r"[！!]?" + _CLOSE,
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"(?:文章|本文|新闻|相关)?(?:标签|关键词|关键字|主题词|热词(?:搜索)?|热搜词|tags?|keywords?)(?:\s*[:：].*|\s.*|$)",
    re.IGNORECASE,
)
_EDITOR = re.compile(
    _OPEN + r"(?:(?:责任|值班|执行|本文)?编辑|责编|主编|校对|审核|审校|监制|[终初复]审|编审|统筹|出品|编务"
    r"|(?:文章|信息|新闻)?录入(?:员|者|人)?)"
    r"\s*[:：丨|/／ 　].{0,60}"
)
_PROMOTION = re.compile(
    r"广告|推广|赞助商?(?:链接|内容)?|广告位?(?:招商)?|advertisement|sponsored|ad"
    r"|(?:点击)?(?:打开|下载)[^，。]{0,16}(?:APP|客户端)(?:[，,\s][^。]{0,20})?",
    re.IGNORECASE,
)
# What a player or a page says where it cannot show something; never text.
_FALLBACK = re.compile(
    r".{0,12}(?:浏览器(?:不支持|版本过低|版本太低|暂不支持)|不支持(?:video|audio|HTML5|该视频|播放)|(?:安装|启用|升级|开启)"
    r"\s*(?:Adobe\s*)?(?:Flash|JavaScript)"
    r"|视频加载中|正在加载|加载中|your browser does not support|please enable javascript).{0,60}",
    re.IGNORECASE,
)
# What systems write below each entry of a feed, and at the end of its first words.
_FED = re.compile(
    r"The post .{1,200} (?:first appeared|appeared first) on .{1,100}"
    r"|(?:文章)?《.{1,200}》最先出现[在于].{1,60}",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?<=[。！？….”\]）\s])\s?[\[(（]?(?:(?:返回.{0,8}[,，]?)?(?:阅读|查看)(?:全文|更多|详情)|继续阅读(?:[“\"《].{1,60}[”\"》])?"
    r"|Read more|Continue reading.{0,80})[\])）]?\s?[→»>]{0,3}$",
    re.IGNORECASE,
)
_LONGEST_END = 120
_LONGEST_INVITATION = 60
_BOX = re.compile(r"链接|背景|资料")
_COMMENTS = re.compile(r"评论|留言|跟帖|回复|网友")
# Buttons of a forum's system.
_MOODS = re.compile(
    r"(?:(?:路过|雷人|握手|鲜花|鸡蛋|感动|同情|无聊|愤怒|搞笑|难过|高兴|新奇|流汗|支持|反对|[赞顶踩])(?:[\s(（:：]*\d*[)）\s]*)){3,}"
)
_COUNTS = re.compile(
    r"(?:(?:阅读|浏览|点击|评论|点赞|收藏|分享|转发|赞|喜欢|参与|热度)(?:量|数|次数)?"
    r"\s*[:：(（]?\s*\d[\d.,万kKwW+]*\s*[)）]?\s*(?:次|人|条)?\s*)+"
)


def is_tail(line: str) -> bool:
    """Whether a line, standing below an article, is the site's: rights, tags, editors, codes to scan."""
    if len(line) > _LONGEST:
        return False
    if is_tools(line) or is_beside(line) or is_legal(line):
        return True
    if any(pattern.match(line) for pattern in (_SAYS, _ABOUT, _RESERVED)):
        return True
    if _FED.fullmatch(line):
        return True
    short = len(line) <= 100
    return short and any(
        pattern.fullmatch(line)
        for pattern in (_RISK, _FOLLOW, _MORE, _INVITATION, _TAGS, _EDITOR, _COUNTS, _MOODS)
    )


def without_tail(text: str) -> str:
    """The text of a feed without what the site wrote below it, and without a button at its end."""
    lines = text.split("\n")
    while len(lines) > 1 and is_tail(lines[-1]):
        lines.pop()
    lines[-1] = without_button(lines[-1])
    return "\n".join(lines)


def without_button(line: str) -> str:
    """The last paragraph without a button that stands behind its sentence: 返回首页，查看更多."""
    button = _BUTTON.search(line, max(0, len(line) - _LONGEST_END))
    return line[: button.start()].rstrip() if button and button.start() else line


def is_rights(line: str) -> bool:
    """Whether a line says who may copy the text, or that the site answers for nothing."""
    return (
        len(line) <= _LONGEST and any(word in line for word in _RIGHTS) and _RESERVED.match(line) is not None
    )


def is_invitation(line: str) -> bool:
    """Whether a line, standing above a text, asks the reader to follow or to open something."""
    return len(line) <= _LONGEST_INVITATION and _INVITATION.fullmatch(line) is not None


def is_beside(line: str) -> bool:
    """Whether a line is no text wherever it stands: the label of an advertisement, what a player says."""
    return len(line) <= 100 and (
        _PROMOTION.fullmatch(line) is not None or _FALLBACK.fullmatch(line) is not None
    )


def goes_on(mark: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a line that seems to end an article stands in its midst.

    More text follows than came before, or a paragraph stands right below the heading of a
    box of background. What readers say below an article is never the rest of it.
    """
    if _COMMENTS.search(mark):
        return False
    is_box = _BOX.search(mark) and after and is_paragraph(after[0]) and not is_tail(after[0])
    return bool(is_box) or _text(after) > _text(before)


def _text(lines: Sequence[str]) -> int:
    return sum(len(line) for line in lines if is_paragraph(line) and not is_tail(line))
