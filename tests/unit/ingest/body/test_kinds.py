# ruff: noqa: E501 (a page is compared best with the others on one line)
"""Pages that are no article, and short or odd ones that are."""

import pytest

from support.reading import read_html
from wxsearch.errors import NotAnArticle

LINKS = "".join(
    f"<li><a href=/n/{n}>第{n}座灯塔亮起来的那一夜守塔人没有睡</a><span>03-{n:02}</span></li>"
    for n in range(1, 30)
)
NAV = "<div class=nav><a href=/>首页</a> <a href=/a>要闻</a> <a href=/b>港口</a> <a href=/c>渔业</a></div>"
FOOT = "<div class=foot>版权所有 灯塔新闻网 备案号00000</div>"
SUMMARY = "守塔人把灯擦了三遍，海上的船一条一条地数，数到天亮也没有数完。"


def page(title, body, head=""):
    return f"<html><head><title>{title}</title>{head}</head><body>{NAV}{body}{FOOT}</body></html>"


def entries(form, count=12):
    return "".join(form.format(n=n, text=f"{SUMMARY}这是第{n}夜。") for n in range(1, count + 1))


NO_ARTICLES = {
    "channel": (page("港口_灯塔新闻网", f"<ul>{LINKS}</ul>"), "list"),
    "home": (
        page(
            "灯塔新闻网", f"<div><h2>要闻</h2><ul>{LINKS}</ul></div><div><h2>港口</h2><ul>{LINKS}</ul></div>"
        ),
        "list",
    ),
    "summaries": (
        page(
            "港口_灯塔新闻网",
            entries(
                "<div class=item><h3><a href=/n/{n}>第{n}座灯塔的夜</a></h3><p>{text}</p><span>2024-03-{n:02}</span></div>"
            ),
        ),
        "list",
    ),
    "summaries in li": (
        page("港口", "<ul>" + entries("<li><a href=/n/{n}>第{n}座灯塔的夜</a><p>{text}</p></li>") + "</ul>"),
        "list",
    ),
    "summaries in articles": (
        page(
            "灯塔",
            entries(
                "<article><h2><a href=/n/{n}>第{n}座灯塔的夜里来了一条船</a></h2><div>{text}</div><a href=/n/{n}>阅读全文</a></article>"
            ),
        ),
        "list",
    ),
    "summaries wholly linked": (
        page("港口", entries("<a href=/n/{n}><h3>第{n}座灯塔的夜</h3><p>{text}</p></a>")),
        "list",
    ),
    "search": (
        page(
            "灯塔的搜索结果",
            "<p>找到约 12 条结果</p>"
            + entries(
                "<div class=r><a href=/n/{n}>第{n}座<em>灯塔</em>的夜</a><div>{text}</div><div>news.example/n/{n} 2024-3-{n}</div></div>"
            ),
        ),
        "list",
    ),
    "tag": (
        page(
            "标签：灯塔",
            "<h1>灯塔</h1>" + entries("<dl><dt><a href=/n/{n}>第{n}座灯塔的夜</a></dt><dd>{text}</dd></dl>"),
        ),
        "list",
    ),
    "links with times": (
        page(
            "要闻",
            "<table>"
            + entries(
                "<tr><td><a href=/n/{n}>第{n}座灯塔的夜里来了一条船</a></td><td>2024-03-{n:02}</td></tr>", 30
            )
            + "</table>",
        ),
        "list",
    ),
    "channel with one summary": (
        page(
            "港口频道_灯塔新闻网",
            f"<div class=top><h2><a href=/1>北礁灯塔复明</a></h2><p>{SUMMARY * 2}</p></div><ul>{LINKS}{LINKS}</ul>",
        ),
        "list",
    ),
    "three summaries": (
        page(
            "标签：灯塔",
            entries("<div class=it><h3><a href=/{n}>第{n}座灯塔的夜里来了船</a></h3><p>{text}</p></div>", 3),
        ),
        "list",
    ),
    **{
        f"{number} summaries below links with their time": (
            page(
                "港口_灯塔新闻网",
                entries(
                    "<li><a href=/{n}>第{n}座灯塔的夜</a><span>日期：2024-03-{n:02} 点击：9</span><p>{text}</p></li>",
                    number,
                ),
            ),
            "list",
        )
        for number in (3, 6)
    },
    "cards": (
        page(
            "港口",
            entries(
                "<div class=card onclick=go({n})><h3>第{n}座灯塔的夜里来了船</h3><p>{text}</p><a href=/{n}>查看详情</a></div>"
            ),
        ),
        "list",
    ),
    "photographs": (
        page(
            "图片频道",
            entries(
                "<div class=i><a href=/{n}><img src={n}></a><p><a href=/{n}>第{n}幅，守塔人登上塔顶</a></p></div>"
            ),
        ),
        "list",
    ),
    "topic": (page("灯塔专题", f"<div class=intro>{SUMMARY * 3}</div><ul>{LINKS}{LINKS}</ul>"), "list"),
    "writer": (
        page(
            "海平的文章",
            "<div class=bio>海平，记者，写了二十年灯塔。</div>"
            + entries(
                "<div class=it><h3><a href=/{n}>第{n}座灯塔的夜里来了船</a></h3><p>{text}</p><span>2024-03-{n:02}</span></div>"
            ),
        ),
        "list",
    ),
    "live list": (
        page(
            "7x24快讯",
            entries(
                "<div class=kx><span>1{n}:02</span><a href=/k/{n}>【第{n}条】央行下周开展逆回购操作，规模一千亿元，利率不变。</a></div>",
                9,
            ),
        ),
        "list",
    ),
    "nothing found": (
        page("搜索：灯塔", f"<p>抱歉，没有找到与“灯塔”相关的内容，请换个词试试。</p><ul>{LINKS}</ul>"),
        "error",
    ),
    "over": (page("活动页", "<p>该活动已结束，感谢您的参与。</p>"), "error"),
    "404": (page("404 Not Found", "<h1>404 Not Found</h1><hr>nginx"), "error"),
    "gone": (
        page(
            "灯塔新闻网",
            "<div><p>很抱歉，您要访问的页面不存在，可能已被删除或者地址有误。</p><p>5秒后返回首页</p></div>",
        ),
        "error",
    ),
    "deleted": (page("提示信息", "<p>该内容已被发布者删除</p>"), "error"),
    "server": (page("系统提示", "<p>服务器内部错误，请稍后再试，或与管理员联系。</p>"), "error"),
    "502": (page("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center>"), "error"),
    "not found in words": (
        page("出错啦", "<p>没有找到您要的文章，去看看别的吧。</p>" + f"<ul>{LINKS}</ul>"),
        "error",
    ),
    "login": (
        page("灯塔内参", "<h1>灯塔内参</h1><p>请先登录后再查看全文，没有账号的读者请注册。</p>"),
        "login",
    ),
    "payment": (
        page("深度｜灯塔经济学", "<h1>深度｜灯塔经济学</h1><p>本文为付费内容，订阅后继续阅读全文。</p>"),
        "login",
    ),
    "check": (page("安全验证", "<p>您的访问过于频繁，请拖动滑块完成验证码后继续。</p>"), "login"),
    "on": (
        page("跳转中", "<p>页面正在跳转，请稍候……</p>", "<meta http-equiv=refresh content='0;url=/n/1'>"),
        "leads on",
    ),
    "on in words": (page("跳转", "<p>如果您的浏览器没有自动跳转，请点击这里。</p>"), "leads on"),
    "film": (
        page("视频：灯塔亮了", "<h1>视频：灯塔亮了</h1><video src=1.mp4>您的浏览器不支持视频</video>"),
        "film",
    ),
    "player": (page("灯塔亮了", "<h1>灯塔亮了</h1><div id=player></div><script src=p.js></script>"), "film"),
    "pictures": (
        page("组图：灯塔", "<h1>组图：灯塔</h1><img src=1><img src=2><img src=3><img src=4>"),
        "pictures",
    ),
    "script": (
        "<html><head><title>灯塔</title></head><body><div id=app></div><script src=app.js></script></body></html>",
        "script",
    ),
    "script in words": (
        page("灯塔", "<p>请开启JavaScript以继续使用本站，谢谢。</p><div id=root></div>"),
        "script",
    ),
    "empty": ("<html><head><title>灯塔</title></head><body></body></html>", "no paragraphs"),
    "frames": ("<frameset><frame src=a><frame src=b></frameset>", "empty"),
}

BYLINE = "<div>2024-03-05 08:12 来源：灯塔新闻网</div>"
ARTICLES = {
    "one sentence": (
        "灯塔今夜复明",
        "<div class=con><p>灯塔新闻网3月5日电，停了半年的北礁灯塔今夜复明。</p></div>",
    ),
    "a flash with a list beside": (
        "灯塔今夜复明",
        f"<div class=con><p>【快讯】停了半年的北礁灯塔今夜复明。</p></div><div class=more><ul>{LINKS}</ul></div>",
    ),
    "about an error": (
        "网站出现404错误",
        "<div class=con><p>多名网友今晨发现，港务站的网站打开后显示“您访问的页面不存在”，站方称正在维护。</p></div>",
    ),
    "about logins": (
        "票务网站要求先登录",
        "<div class=con><p>从今天起，请先登录再购票，港务站提醒乘客提前准备好证件，以免误了开船的时间。</p><p>没有手机的老人可以到窗口买票，窗口早上六点开门。</p></div>",
    ),
    "about a checkpoint": (
        "验证码难倒老人",
        "<div class=con><p>码头边上的老人们说，验证码是最难的一关，字小，又歪。</p><p>港务站说，月底前会把它取消。</p></div>",
    ),
    "pictures with captions": (
        "组图：灯塔一夜",
        "<div class=con>"
        + "".join(
            f"<p><img src={n}></p><p>第{n}幅，守塔人登上第{n}层，风从海上来。</p><p><a href=/big/{n}>查看大图</a></p>"
            for n in range(1, 7)
        )
        + "</div>",
    ),
    "a film with its text": (
        "视频：灯塔亮了",
        "<video src=1></video><div class=con><p>3月5日夜里，北礁灯塔重新亮起，守塔人按下开关，光扫过海面。</p></div>",
    ),
    "a list of ten": (
        "海边十座灯塔",
        "<div class=con>"
        + "".join(f"<h3>{n}. 第{n}座</h3><p>{SUMMARY}</p>" for n in range(1, 11))
        + "</div>",
    ),
    "a digest": (
        "港口晚报",
        "<div class=con>" + "".join(f"<p><b>消息{n}</b></p><p>{SUMMARY}</p>" for n in range(1, 9)) + "</div>",
    ),
    "comments to log in for": (
        "灯塔今夜复明",
        "<div class=con><p>停了半年的北礁灯塔今夜复明，海上的船鸣了三声笛。</p></div><div>登录后才可以发表评论</div>",
    ),
    "long links in the text": (
        "灯塔史料公布",
        f"<div class=con><p>{SUMMARY}</p><p>全文见<a href=/1>《北礁灯塔志第一卷》</a>和<a href=/2>《守塔人口述》</a>，两书都可以借阅。</p><p>{SUMMARY}</p></div>",
    ),
    "english": (
        "Light returns to North Reef",
        "<div class=con><p>The lighthouse on North Reef was lit again on Tuesday night, six months after a storm broke its lamp.</p></div>",
    ),
    "poem": (
        "灯塔",
        "<div class=con><p>海在夜里<br>翻了一个身，<br>灯塔没有睡。<br>它数着船，<br>一条，两条，三条。</p></div>",
    ),
}


@pytest.mark.parametrize("kind", NO_ARTICLES)
def test_what_is_no_article_is_refused_by_its_kind(kind):
    """Lists, errors, walls, films, pictures and empty frames are told apart in the reason."""
    text, reason = NO_ARTICLES[kind]
    with pytest.raises(NotAnArticle, match=reason):
        read_html(text)


def test_comments_without_an_article_are_doubted():
    """A page of what readers say alone is read with a note at the least."""
    notes = []
    said = "".join(f"<div class=comment><b>网友{n}</b><p>{SUMMARY}说得对，{n}。</p></div>" for n in range(9))
    read_html(page("评论：灯塔", f"<h3>网友评论</h3>{said}"), note=notes.append)
    assert "confidence" in notes[0]


@pytest.mark.parametrize("kind", ARTICLES)
def test_what_is_an_article_is_read(kind):
    """Short ones, and those that speak of errors, logins or have links, are articles."""
    title, body = ARTICLES[kind]
    record = read_html(page(f"{title}_灯塔新闻网", f"<h1>{title}</h1>{BYLINE}{body}"))
    assert record["title"] == title
    assert len(record["body"]) > 15
