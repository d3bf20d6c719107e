"""Lines of a page that belong to the site around an article, not to the article."""

import re

from wxsearch.categories import is_home

_TOOL = (
    r"打印|关闭|收藏|分享|转发|评论|点赞|举报|纠错|复制|返回|字体|字号|大|中|小|微信|微博|新浪微博|腾讯微博|朋友圈|QQ空间|QQ好友|QQ"
    r"|豆瓣|人人网|百度贴吧|网页|扫一扫|二维码|顶部|列表|首页|TOP|繁体|简体|阅读|朗读|播报|听新闻|我要|更多|关注|订阅|参与互动|使用道具|回复|只看楼主|只看该作者|倒序浏览|推荐|留言|论坛|告诉好友|我来说两句"
)
# Possessive, here and below: a line that is nearly one must not be split in all ways.
_TOOLS = re.compile(
    rf"(?:[\s\[\]【】()（）<>|｜丨/·•,，:：+-]|(?:{_TOOL})(?:本[页文篇]|此[页文]|该页|窗口|页面|正文|到|至|链接|空间|文章|列表|顶部|首页)*+|\d++)++",
    re.IGNORECASE,
)
_SCAN = re.compile(
    r".{0,12}(?:扫一扫|扫描.{0,6}二维码|长按.{0,6}二维码).{0,30}|分享(?:到|至|给|本文).{0,40}|责任编辑[:：]?"
)
_PAGER = re.compile(
    r"(?:[\s\[\]<>«»|]|首页|尾页|末页|上一页|下一页|全文阅读|在本页阅读全文|余下全文|\d++|共|第|页|\.{2,}+|…)++"
)

_ENDED = re.compile(r"[。！？!?…][”’」』）)]?$")
_COLON = re.compile(r"[:：]")
_WORD = re.compile(r"[^\W\d]")

_WELCOME = re.compile(
    r"(?:您好|你好|hi|hello)?[,，！!\s]*欢迎(?:来到|光临|访问|进入|您|使用).{0,40}", re.IGNORECASE
)
_ACCOUNT = re.compile(
    r"登录|登陆|注册|忘记密码|退出|会员中心|设为首页|加入收藏|收藏本站|网站地图|手机版|客户端|无障碍|English"
)
_TODAY = re.compile(
    r"(?:今天是|现在是).{0,40}|\d{4}年\d{1,2}月\d{1,2}日\s*(?:星期|周)[一二三四五六日天](?![^℃]*[:：]\d\d).{0,30}"
)

_END = re.compile(
    r"(?:相关|热点|热门|推荐|精彩|精选|延伸|更多|最新|往期|本类|本月|本周|今日|图片|头条|编辑|为[您你])"
    r"(?:推荐|热门|热点|点击|关注|精彩)?(?:阅读|新闻|文章|资讯|报道|链接|内容|信息|推荐|排行榜?|评论|图片|专题|视频|产品)"
    # 本周回顾 and 精彩回顾 are headings inside a text.
    r"|往期(?:推荐|热门|热点|精彩)?回顾|热文排行|点击排行榜?|排行榜|猜你喜欢|大家都在看|网友评论|网友留言|发表评论|我要评论|评论列表|全部评论|用户评论|评论区|文章评论"
    r"|友情链接|关于我们|联系我们|网站地图|返回顶部|相关附件"
)
_LONGEST_HEADING = 24
# 网友评论（23）, and 相 关 链 接 as pages of old set it.
_COUNTED = re.compile(r"(\D{2,12}?)\s?[(（]?\s?\d{1,7}\s?[条人]?\s?[)）]?")
_SPACED = re.compile(r"\w(?:[ 　]+\w)+")
_LEGAL = re.compile(
    r"(?:版权所有|copyright|©|\(c\)\s*\d{4}|(?:免责|版权|特别|郑重|本网|本站|网站)(?:声明|申明|说明)\s*[:：】]"
    r"|[【\[](?:免责|版权|特别|郑重|本网|本站|网站)?(?:声明|申明)|[^，。]{0,3}ICP备|未经.{0,12}(?:书面)?(?:授权|许可|允许).{0,30}(?:转载|复制)"
    r"|凡(?:本网|本站)?(?:注明|未注明))",
    re.IGNORECASE,
)


def is_paragraph(line: str) -> bool:
    """Whether a line is a piece of running text: long, with the signs of sentences."""
    return len(line) > 30 and (_ENDED.search(line) is not None or (len(line) > 100 and "，" in line))


def is_tools(line: str) -> bool:
    """Whether a line is only commands: 【打印】【关闭】, 分享到：微信 微博, page numbers."""
    if len(line) > 80 or not _WORD.search(line):
        return False
    return bool(_TOOLS.fullmatch(line) or _SCAN.fullmatch(line) or _PAGER.fullmatch(line))


def is_legal(line: str) -> bool:
    """Whether a line begins as the legal notes of a site do."""
    return _LEGAL.match(line) is not None


def is_masthead(line: str) -> bool:
    """Whether a line above an article is the site's: a welcome, a login, navigation."""
    if len(line) > 300:
        return False
    if _WELCOME.fullmatch(line) or _TODAY.fullmatch(line) or is_tools(line):
        return True
    if len(line) <= 100 and len(set(_ACCOUNT.findall(line))) > 1:
        return True
    words = [word for word in re.split(r"[\s|｜丨·]+", line) if word]
    # 2009-2-7 14:21 来源：某报 has as many words as a menu.
    return (
        len(words) > 2
        and max(map(len, words)) <= 8
        and (is_home(words[0]) or len(words) > 5)
        and not _COLON.search(line)
    )


def ends_article(line: str) -> bool:
    """Whether the site goes on from this line: lists of other articles, legal notes."""
    return is_legal(line) or is_heading_beside(line)


def is_heading_beside(line: str) -> bool:
    """Whether a line is the heading of what sites print beside articles: 相关阅读, 网友评论."""
    if len(line) > _LONGEST_HEADING:
        return False
    plain = line.strip(" \t　:：【】[]»>+·|-")
    if counted := _COUNTED.fullmatch(plain):
        plain = counted[1]
        if plain in ("评论", "跟帖", "留言", "回复"):
            return True
    if _SPACED.fullmatch(plain):
        plain = "".join(plain.split())
    return _END.fullmatch(plain.removesuffix("更多").rstrip(" >»+")) is not None
