# ruff: noqa: E501 (a form is compared best with the others on one line)
"""The text of a page in the forms in which sites write it."""

import json

import pytest

from support.reading import read_html

TITLE = "石浦港新码头三号泊位投用"
A = "三号泊位昨天清早靠了第一条船，船上装着从外海拖回来的带鱼，吊车一直忙到中午。"
B = "港务站说，新泊位水深九米，两条千吨级的渔船可以同时卸货，排队的时间缩短一半。"
C = "船老大林阿根跑了三十年海，他说以前卸一船鱼要等到后半夜，如今天亮前就能回家。"
TEXT = [A, B, C]
HEAD = f"<h1>{TITLE}</h1><div class=info>2024-03-05 08:12 来源：石浦渔讯</div>"
NAV = (
    "<div class=nav>"
    + "".join(f"<a href=/{n}>{n}</a> " for n in ("首页", "要闻", "渔业", "港口", "图片"))
    + "</div>"
)
LINKS = "".join(f"<li><a href=/n/{n}>邻县的第{n}条新闻标题写在这里有十几字</a></li>" for n in range(8))
FOOT = "<div class=foot>版权所有 石浦渔讯 地址：渔港路1号 电话：0000-0000</div>"


def page(body, extra=""):
    return f"<html><head><title>{TITLE}_石浦渔讯</title>{extra}</head><body>{NAV}{HEAD}{body}{FOOT}</body></html>"


def paragraphs(lines=TEXT, tag="p"):
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines)


PS = paragraphs()
STATE = {"page": {"article": {"id": 5, "content": PS}}}
COMMENTS = "".join(
    f"<li>网友{n}：这条消息写得真好，我家就在码头边上，天天看船，说的都是真的。</li>" for n in range(20)
)

FORMS = {
    "paragraphs": f"<div class=con>{PS}</div>",
    "breaks": f"<div class=con>　　{'<br><br>　　'.join(TEXT)}</div>",
    "single breaks": f"<td>{'<br>'.join(TEXT)}</td>",
    "a div a line": f"<div class=con>{paragraphs(tag='div')}</div>",
    "a span a line in p": "<div class=con><p><span>"
    + "</span></p><p><span>".join(TEXT)
    + "</span></p></div>",
    "table layout": (
        f"<table><tr><td width=160><a href=/a>左边一</a><br><a href=/b>左边二</a></td><td><table><tr><td>{PS}</td>"
        f"</tr></table></td><td><ul>{LINKS}</ul></td></tr></table>"
    ),
    "nested sections": "<section><section><p>"
    + "</p></section><section><p>".join(TEXT)
    + "</p></section></section>",
    "a form around the page": f"<form id=aspnetForm method=post><div class=con>{PS}</div><ul>{LINKS}</ul></form>",
    "advertisements between": (
        f"<div class=con>{paragraphs([A])}<div class=ad>广告</div>{paragraphs([B])}"
        f"<div class=adbox><a href=/x>买房就到海边来看看</a></div>{paragraphs([C])}</div>"
    ),
    "siblings of a kind": "".join(
        f"<div class=part><p>{line}</p></div><div class=ad>广告</div>" for line in TEXT
    ),
    "related list inside": f"<div class=con>{PS}<p>相关阅读</p><ul>{LINKS}</ul></div>",
    "related list in the midst": f"<div class=con><p>{A}</p><div class=relnews><ul>{LINKS}</ul></div><p>{B}</p><p>{C}</p></div>",
    "a list beside without a name": f"<div class=con>{PS}</div><div><h3>图片新闻</h3><ul>{LINKS}</ul></div>",
    "comments longer than the article": f"<div class=con>{PS}</div><div class=comment-list><h3>评论</h3><ul>{COMMENTS}</ul></div>",
    "comments without a name": f"<div class=con>{PS}</div><div class=x1><h3>网友评论</h3><ul>{COMMENTS}</ul></div>",
    "hidden text": f"<div class=con><p style='display:none'>看不见的话，一个字也不该读进来。</p>{PS}<p hidden>也看不见，也不该读进来。</p></div>",
    "hidden until a script shows it": f"<div id=js_content style='visibility: hidden'>{PS}</div>",
    "collapsed": f"<div class='con fold' style='max-height:200px'>{PS}</div><div class=more><a href=#>展开全文</a></div>",
    "state of a script": f"<div id=app></div><script>window.__INITIAL_STATE__={json.dumps(STATE)};</script>",
    "json in a script": f"<div id=app></div><script type=application/json id=__DATA__>{json.dumps(STATE)}</script>",
    "text area": f"<textarea style='display:none' id=src>{PS.replace('<', '&lt;')}</textarea><div id=show></div>",
    "noscript": f"<div id=show></div><noscript>{PS}</noscript>",
    "tail inside": (
        f"<div class=con>{PS}<p>（责任编辑：陈一）</p><p>声明：本文仅代表作者观点，不代表本站立场。</p><p>扫码关注石浦渔讯公众号</p></div>"
    ),
    "tools above and below": (
        f"<div class=con><div>【字号：大 中 小】</div>{PS}<div>[收藏] [打印] [关闭]</div></div><div>上一篇：<a href=/1>旧码头</a></div>"
    ),
    "a caption twice": (
        f"<div class=con><p>{A}</p><figure><img alt=新泊位><figcaption>新泊位</figcaption></figure><p>{B}</p><p>{C}</p></div>"
    ),
    "summaries beside": (
        f"<div class=con>{PS}</div><div class=sidebar>"
        + "".join(
            f"<div><a href=/{n}>题目{n}写在这里</a><p>邻县的新闻有一段摘要，写得也不算短，说的是别的事情，和码头无关。</p></div>"
            for n in range(9)
        )
        + "</div>"
    ),
    "a link without an end": f"<a name=top>{'<div class=con>'}{PS}</div>",
    "hard wrapped": "<div class=con>"
    + "".join(f"<p>\n    {line[:24]}\n    {line[24:]}\n</p>" for line in TEXT)
    + "</div>",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_text_whatever_its_form(form):
    """The three paragraphs, all of them and nothing else (a caption apart)."""
    body = read_html(page(FORMS[form]))["body"].split("\n")
    assert [line for line in body if line != "新泊位"] == TEXT


def test_structured_data_has_what_the_page_cuts_short():
    """The text of JSON-LD is taken where the page shows its beginning alone."""
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(TEXT * 3)}
    extra = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    record = read_html(page(f"<div class=con><p>{A}</p><a href=#>阅读全文</a></div>", extra))
    assert record["body"].split("\n") == TEXT * 3
    assert record["title"] == TITLE
    assert read_html(page(f"<div class=con>{PS * 3}</div>", extra))["body"].split("\n") == TEXT * 3


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<p>石浦港三号泊位今日投用。</p>", ["石浦港三号泊位今日投用。"]),
        ("<p>一、水深</p><p>" + A + "</p><p>二、吊车</p><p>" + B + "</p>", ["一、水深", A, "二、吊车", B]),
        (f"<p>{A}</p><ol><li>先靠岸；</li><li>再卸货。</li></ol><p>{B}</p>", [A, "先靠岸；", "再卸货。", B]),
        (
            f"<p>{A}</p><table><tr><th>泊位</th><th>水深</th></tr><tr><td><p>三号</p></td><td><p>9米</p></td></tr></table><p>{B}</p>",
            [A, "泊位 水深", "三号 9米", B],
        ),
        (f"<p>{A}</p><blockquote>靠得稳，卸得快。</blockquote><p>{B}</p>", [A, "靠得稳，卸得快。", B]),
        (
            "<pre>第一行的潮水，涨了。\n第二行的潮水，落了。</pre>",
            ["第一行的潮水，涨了。", "第二行的潮水，落了。"],
        ),
        (
            "<p>问：几点靠的岸？</p><p>答：四点一刻，天还没亮。</p><p>问：装了什么？</p><p>答：带鱼，还有鲳鱼。</p>",
            ["问：几点靠的岸？", "答：四点一刻，天还没亮。", "问：装了什么？", "答：带鱼，还有鲳鱼。"],
        ),
        (
            "<p><img src=1></p><p>图一：船靠岸，吊车放下了吊钩。</p><p><img src=2></p><p>图二：卸下来的带鱼，装满了八只筐。</p>",
            ["图一：船靠岸，吊车放下了吊钩。", "图二：卸下来的带鱼，装满了八只筐。"],
        ),
        (
            f"<p>{A}</p><p>特别声明：以下为船主原话。</p><p>{B}</p><p>{C}</p>",
            [A, "特别声明：以下为船主原话。", B, C],
        ),
        (
            f"<p>{A}</p><p>The crane is new, the skipper said.</p><p>{B}</p>",
            [A, "The crane is new, the skipper said.", B],
        ),
    ],
    ids=range(10),
)
def test_what_stands_between_paragraphs(inner, expected):
    """Headings, lists, tables, quotations, interviews and captions keep their lines and order."""
    assert read_html(page(f"<div class=con>{inner}</div>"))["body"].split("\n") == expected
