import pytest

from wxsearch.ingest.body.tail import goes_on, is_beside, is_tail, without_tail

SITES = [
    "本文来源：海角时尚 责任编辑：某某",
    "（本文来自海角新闻，更多原创资讯请下载“海角新闻”APP）",
    "免责声明：本网转载此文旨在传递信息，版权归原作者所有。",
    "声明：本文仅代表作者个人观点，不代表本站立场。",
    "转载请注明出处。",
    "未经授权不得转载",
    "扫码关注我们的公众号",
    "长按识别二维码关注",
    "更多精彩内容，请关注海角新闻微信公众号",
    "下载海角新闻客户端",
    "点击下载APP",
    "返回海角，查看更多",
    "阅读原文",
    "标签：渔业 港口",
    "相关热词搜索：渔业",
    "点击上方“海角新闻”，关注我们",
    "使用道具 举报",
    "责任编辑：张三",
    "编辑 刘一 校对 李二",
    "【责任编辑：王五】",
    "[收藏] [打印] [关闭]",
    "分享到：微信 微博",
    "阅读 1234 评论 5",
    "举报/反馈",
    "股市有风险，投资需谨慎",
    "以上内容不构成投资建议，据此操作，风险自担",
    "觉得文章不错，请点个在看",
    "—END—",
    "阅读全文",
    "继续阅读 →",
    "继续阅读“守塔人的一天”→",
    "The post 守塔人的一天 first appeared on 海角网.",
    "文章录入：admin    责任编辑：admin",
    "版权所有 海角网",
    "特别声明：以上内容为用户上传并发布，本平台仅提供信息存储服务，不代表本平台观点。",
]

TEXTS = [
    "游客们对此纷纷点赞。",
    "旅客可登录12306客户端查询余票。",
    "根据条例，未经许可，任何单位和个人不得出口该目录所列的技术。",
    "该平台未经授权使用歌曲，被判赔偿五万元。",
    "发言人表示，该言论不代表中方立场。",
    "喜欢这些花的游客纷纷拍照收藏。",
    "本文认为，上述观点值得商榷。",
    "市民可下载“城事”APP查询积水点，也可拨打热线。",
    "公司发布声明：涉事员工已停职。",
    "关注老人的冬天，就是关注我们自己的明天。",
    "他说，声明已经发出。",
    "分析师提醒，近期波动较大，投资者需谨慎。",
    "搜索仍在继续，救援队又派出两艘船。",
    "编辑部的灯一直亮到天亮。",
    "图为渔民在码头卸货。海角社记者 张三 摄",
    "审核工作将于下月完成。",
    "推广种植面积已达三千亩。",
    "（完）",
    "继续阅读是他每晚的习惯。",
    "《灯塔》最早发表于海角杂志，后来收进他的第一本书。",
]


@pytest.mark.parametrize("line", SITES)
def test_what_sites_print_below_an_article(line):
    """Rights, editors, tags, codes to scan and the like are recognised at the tail."""
    assert is_tail(line)


@pytest.mark.parametrize("line", TEXTS)
def test_last_paragraphs_that_use_the_same_words(line):
    """A sentence of the article that speaks of such things is no tail."""
    assert not is_tail(line)


@pytest.mark.parametrize("line", ["广告", "您的浏览器不支持视频播放，请升级", "视频加载中..."])
def test_what_is_no_text_anywhere(line):
    """Labels of advertisements and what a player says are left out also in the midst."""
    assert is_beside(line)


def test_an_article_goes_on_below_a_mark_in_its_midst():
    """More text below than above means that the line was the article's; comments are never that."""
    long = "潮水退去之后，滩上留下一层细沙，孩子们提着桶从堤上跑下来，要赶在天黑以前捡满。"
    assert goes_on("特别说明：", ["前言一句。"], [long, long])
    assert not goes_on("相关阅读", [long, long], [long])
    assert not goes_on("网友评论", ["前言一句。"], [long, long])


TEXT = "六月的最后一夜，旧灯塔熄了灯。"


@pytest.mark.parametrize(
    "end",
    [
        "\n阅读全文",
        "\nThe post 灯塔 appeared first on 海角网.\n分享到：微信 微博",
        " 继续阅读→",
        "[查看详情]",
        "返回海角，查看更多",
        "Continue reading “灯塔” →",
    ],
)
def test_what_feeds_print_below_a_text(end):
    """Lines below it and a button in its last line go."""
    assert without_tail(TEXT + end) == TEXT


@pytest.mark.parametrize(
    "text", [TEXT, "阅读全文", "守塔人每晚都要阅读更多", "他说：“灯亮着。”继续阅读那封信"]
)
def test_the_text_of_a_feed_stays(text):
    """A single line and the same words inside a sentence are text."""
    assert without_tail(text) == text
