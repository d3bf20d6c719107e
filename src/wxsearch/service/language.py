"""Every sentence of the pages, in Chinese and in English, and which of the two to speak."""

from collections.abc import Callable
from functools import cache
from typing import Any, Literal, NamedTuple

Language = Literal["zh", "en"]
Speak = Callable[..., str]
"""Called with the name of a text and its values; returns the sentence."""

LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Text(NamedTuple):
    """One sentence in both languages; `en_one` is the English for a count of one."""

    zh: str
    en: str
    en_one: str = ""


@cache
def speaker(language: Language) -> Speak:
    """The texts of one language, with values filled in; a count is given as `n`."""

    def speak(name: str, /, **values: Any) -> str:
        text = TEXTS[name]
        sentence = getattr(text, language)
        if language == "en" and text.en_one and values.get("n") == 1:
            sentence = text.en_one
        shown = {key: f"{value:,}" if isinstance(value, int) else value for key, value in values.items()}
        return str(sentence.format(**shown)) if shown else str(sentence)

    return speak


def choose_language(asked: str | None, accepted: str | None, default: Language) -> Language:
    """The language asked for in the address, else the browser's, else that of the settings."""
    if asked in LANGUAGES:
        return asked
    ranked: list[tuple[float, Language]] = []
    for item in (accepted or "").split(","):
        tag, _, parameters = item.strip().partition(";")
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES and (weight := _weight(parameters)) > 0:
            ranked.append((weight, language))
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else default


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


TEXTS: dict[str, Text] = {
    # The frame
    "skip": Text("跳到结果", "Skip to results"),
    "skip_article": Text("跳到正文", "Skip to the article"),
    "search": Text("搜索", "Search"),
    "search_label": Text("搜索新闻", "Search the news"),
    "placeholder": Text(
        "搜标题或正文，引号内须连续出现", "Search titles and texts, “quotes” for exact strings"
    ),
    "titles": Text("标题里有这些字的文章", "Articles with this in their titles"),
    "other_language": Text("English", "中文"),
    "theme": Text("切换深色或浅色", "Switch between dark and light"),
    "key_box": Text("到搜索框", "search box"),
    "key_choose": Text("选结果", "choose a result"),
    "key_open": Text("打开", "open"),
    "key_back": Text("回搜索框", "back to the box"),
    "loading": Text("正在搜索……", "Searching…"),
    "unreachable": Text("没有连上，下面仍是之前的结果。", "No connection; what is below was found before."),
    # The count
    "title_results": Text("{query}的搜索结果", "{query}: search results"),
    "on_page": Text("{found}，{page}", "{found} – {page}"),
    "found": Text("找到 {n} 篇", "{n} articles found", "1 article found"),
    "found_partial": Text("已找到至少 {n} 篇", "At least {n} articles found", "At least 1 article found"),
    "partial_note": Text(
        "时间到了还没有数完。缩小范围可以得到准确的篇数。",
        "Time ran out before the count was done. A narrower search gives the exact number.",
    ),
    "all_articles": Text("全部 {n} 篇", "All {n} articles", "The only article"),
    "took": Text("用时 {ms} 毫秒", "{ms} ms"),
    # Sort
    "sort": Text("排序", "Sort by"),
    "sort_relevance": Text("相关", "Relevance"),
    "sort_newest": Text("最新", "Newest"),
    "sort_oldest": Text("最早", "Oldest"),
    # Filters
    "filters": Text("筛选", "Filters"),
    "category": Text("栏目", "Category"),
    "source": Text("来源", "Source"),
    "time": Text("时间", "Time"),
    "matching": Text("匹配", "Match"),
    "match_auto": Text("自动", "Automatic"),
    "match_all": Text("含全部词", "All words"),
    "match_any": Text("含任一词", "Any word"),
    "more": Text("其余 {n} 项", "{n} more", "1 more"),
    "other_sources": Text("其他来源", "Other sources"),
    "expand": Text("{label}的下级栏目", "Sections of {label}"),
    "articles": Text("{n} 篇", "{n} articles", "1 article"),
    "selected": Text("已选", "selected"),
    "show_results": Text("看结果：{n} 篇", "Show {n} articles", "Show 1 article"),
    "pick_remove": Text("已选，点击取消", "Selected; click to remove"),
    "from": Text("从", "From"),
    "to": Text("到", "To"),
    "apply": Text("确定", "Apply"),
    "all_time": Text("全部时间", "All time"),
    "undated": Text("{n} 篇没有日期", "{n} without a date", "1 without a date"),
    "rows_cut": Text(
        "只画了最近的 {n} 行，先点选年份可以看到更早的。",
        "Only the latest {n} rows are drawn; choose a year first.",
    ),
    "custom": Text("指定日期", "Choose dates"),
    "timeline": Text("时间分布，每条可点", "Articles over time, each bar a link"),
    # Copies
    "collapse": Text("合并转载", "Collapse copies"),
    "copies": Text("转载", "Copies"),
    "copies_shown": Text("逐篇列出", "List each"),
    "copies_here": Text(
        "这一页里有同一篇文章的几个版本。", "Some hits on this page are copies of one article."
    ),
    "other_copies": Text("另有 {n} 家转载", "{n} other copies", "1 other copy"),
    "copies_of": Text(
        "同一篇文章的 {n} 个版本，最早的在前", "{n} copies of this article, first published first"
    ),
    "copies_cut": Text("只列出最早的 {n} 篇。", "Only the first {n} are listed."),
    # Chips
    "chips": Text("已选条件", "Chosen filters"),
    "remove": Text("去掉：{label}", "Remove: {label}"),
    "clear": Text("清除全部", "Clear all"),
    "chip_sort": Text("排序：{label}", "Sort: {label}"),
    "chip_match": Text("匹配：{label}", "Match: {label}"),
    # Hits
    "untitled": Text("（无标题）", "(untitled)"),
    "copy": Text("快照", "Copy"),
    "copy_label": Text("快照：{title}", "Copy of {title}"),
    "outside": Text("（站外）", " (other site)"),
    # Why a hit stands where it does, by the codes of search/explanation.py
    "why": Text("为什么排在这里", "Why here"),
    "show_why": Text("显示排序的理由", "Show why hits stand where they do"),
    "hide_why": Text("不显示排序的理由", "Hide why hits stand where they do"),
    "part_title": Text("{term}：标题里 {n} 次", "{term}: {n} × in the title"),
    "part_body": Text("{term}：正文里 {n} 次", "{term}: {n} × in the text"),
    "part_characters": Text("含有搜索词里的各个字", "Has the characters of the query, each by itself"),
    "part_bigrams": Text(
        "搜索词里相邻的两个字在一起", "Has pairs of characters side by side as in the query"
    ),
    "part_longer": Text(
        "搜索词里的三四个字连在一起", "Has three or four characters in a row as in the query"
    ),
    "part_lead": Text("靠近文章开头", "Near the beginning of the article"),
    "part_window": Text("集中在一处", "Close together in one place"),
    "part_headline": Text(
        "补上别的文章因重复“原标题”而多得的分", "Makes up for an original headline that others repeat"
    ),
    "part_recency": Text("新，与最新的文章相比", "Being new, beside the newest article of all"),
    "part_first": Text(
        "首发，排在得分相近的转载之前", "Published first, before copies that score about the same"
    ),
    # Paging
    "paging": Text("分页", "Pages"),
    "previous_page": Text("上一页", "Previous"),
    "next_page": Text("下一页", "Next"),
    "page": Text("第 {n} 页", "Page {n}"),
    "window_end": Text(
        "翻页到第 {n} 篇为止。按栏目或时间缩小范围，可以看到其余的。",
        "Pages end at article {n}. Narrow by category or time to see the rest.",
    ),
    "beyond": Text("这一页没有内容", "Nothing on this page"),
    "beyond_help": Text("结果没有这么多页。", "The results do not reach this far."),
    "first_page": Text("回到第一页", "Back to the first page"),
    # Nothing found
    "nothing": Text("没有找到相符的文章", "No article matches"),
    "nothing_filters": Text("这些条件下没有文章", "No article meets these conditions"),
    "nothing_held": Text("这里还没有文章", "There are no articles here yet"),
    "nothing_held_help": Text(
        "用 wxsearch index 放入文章后，它们会立刻出现在这里。",
        "Add some with wxsearch index; they appear here at once.",
    ),
    "try": Text("可以试试", "What to try"),
    "try_fewer": Text("减少几个词，或换一种说法", "Use fewer or other words"),
    "try_spelling": Text("检查有没有错别字", "Check the spelling"),
    "try_unquote": Text("去掉引号", "Leave out the quotation marks"),
    "try_any": Text("含任一词即可", "Accept any of the words"),
    "try_without": Text("去掉条件：{label}", "Remove the filter {label}"),
    "try_clear": Text("去掉全部条件", "Remove all filters"),
    "try_all": Text("浏览全部文章", "Browse all articles"),
    "did_you_mean": Text("您是不是要找：", "Did you mean:"),
    "understood": Text("按此查找：{query}", "Searched for: {query}"),
    "relaxed_most": Text(
        "没有文章含全部的词，以下文章含其中大部分。", "No article has all the words; these have most of them."
    ),
    "relaxed_any": Text(
        "没有文章含全部的词，以下文章含其中一部分。", "No article has all the words; these have some of them."
    ),
    "relaxed_dropped": Text("可以缺少：{words}", "May be missing: {words}"),
    # How the query was read, by the codes of query/notes.py
    "notes": Text("关于搜索词", "About the query"),
    "note_no_letters": Text(
        "输入里没有文字或数字，无从查找。", "There is no letter or digit in the query, so nothing can match."
    ),
    "note_unpaired_bracket": Text(
        "括号“{piece}”没有配对，按普通文字处理。", "The bracket {piece} has no partner and was read as text."
    ),
    "note_open_quote": Text(
        "引号“{piece}”没有结束，其后全部按一个字符串查找。",
        "The quotation mark {piece} is not closed; what comes after it was read as one string.",
    ),
    "note_operator_as_text": Text(
        "“{piece}”前后没有可以连接的词，按普通文字查找。",
        "{piece} has nothing to join where it stands and was read as a word.",
    ),
    "note_star_as_text": Text(
        "“{piece}”里的星号按普通符号处理；它只在字母或数字的末尾起作用。",
        "The star in {piece} was read as text; it works at the end of a word of letters or digits.",
    ),
    "note_empty_field": Text(
        "“{piece}”后面没有内容，按普通文字查找。", "{piece} has nothing behind it and was read as text."
    ),
    "note_no_date": Text(
        "“{piece}”不是日期，按普通文字查找；请写成 2021、2021-10 或 2021-10-19。",
        "{piece} is no date and was read as text; write 2021, 2021-10 or 2021-10-19.",
    ),
    "note_empty_span": Text(
        "“{piece}”的结束早于开始，其中没有文章。", "{piece} ends before it begins, so no article is inside."
    ),
    "note_no_category": Text(
        "“{piece}”不是栏目，按普通文字查找；请写成 物流资讯>行业新闻。",
        "{piece} is no category and was read as text; write 物流资讯>行业新闻.",
    ),
    "note_regional_variants": Text(
        "同时查找其他地区的说法：{piece}", "{piece}: what other regions say is looked for as well"
    ),
    "note_character_variants": Text(
        "同时查找另一种写法：{piece}", "{piece}: the other writing is looked for as well"
    ),
    "note_number_variants": Text(
        "同时查找数字的另一种写法：{piece}", "{piece}: the other form of the number is looked for as well"
    ),
    "note_synonym_variants": Text(
        "同时查找同义词：{piece}", "{piece}: what means the same is looked for as well"
    ),
    # Dates
    "date_from": Text("{date} 起", "from {date}"),
    "date_to": Text("至 {date}", "until {date}"),
    "date_range": Text("{first} 至 {last}", "{first} to {last}"),
    "decade": Text("{decade}年代", "{decade}s"),
    "year": Text("{year}年", "{year}"),
    "month": Text("{year}年{month}月", "{name} {year}"),
    "month_alone": Text("{month}月", "{name}"),
    "day": Text("{year}年{month}月{day}日", "{day} {name} {year}"),
    "day_alone": Text("{day}日", "{day}"),
    "third_1": Text("{month}月上旬", "{name} 1–10"),
    "third_2": Text("{month}月中旬", "{name} 11–20"),
    "third_3": Text("{month}月下旬", "{name} 21–"),
    "third_of_year": Text("{year}年{third}", "{third}, {year}"),
    "months": Text("1 2 3 4 5 6 7 8 9 10 11 12", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    # The article
    "back": Text("返回结果", "Back to results"),
    "back_all": Text("全部文章", "All articles"),
    "original": Text("查看原文", "Read the original"),
    "author": Text("作者", "Author"),
    "keywords": Text("关键词", "Keywords"),
    "breadcrumb": Text("所在栏目", "Sections"),
    "previous_article": Text("上一篇", "Previous"),
    "next_article": Text("下一篇", "Next"),
    "neighbours": Text("前后文章", "Neighbouring articles"),
    "no_body": Text("这篇文章没有正文。", "This article has no text."),
    "no_time": Text("无日期", "undated"),
    # Errors, by code; one that is not here speaks as internal_error
    "invalid_request": Text("搜索条件有误", "Something in the search cannot be read"),
    "invalid_request_help": Text("改正以下条件，或者去掉它们。", "Correct it, or leave it out."),
    "limit_exceeded": Text("超出了上限", "Above a limit"),
    "limit_exceeded_help": Text("请缩小范围后再试。", "Try again with less."),
    "not_found": Text("没有这个页面", "There is no such page"),
    "not_found_help": Text(
        "文章可能已经移走，也可能地址有误。搜一下标题试试。",
        "The article may have been removed, or the address is wrong. Try searching for its title.",
    ),
    "method_not_allowed": Text("这个地址不能这样访问", "The address cannot be used this way"),
    "method_not_allowed_help": Text("从搜索框重新开始即可。", "Start again from the search box."),
    "busy": Text("现在有点忙", "Busy right now"),
    "busy_help": Text("请过几秒再试一次。", "Please try again in a few seconds."),
    "index_problem": Text("索引出了问题", "Trouble with the index"),
    "index_problem_help": Text(
        "请告诉管理员运行 wxsearch check。", "Please ask the administrator to run wxsearch check."
    ),
    "index_missing": Text("还没有可以搜索的内容", "There is nothing to search yet"),
    "index_missing_help": Text(
        "管理员用 wxsearch index 放入文章后就能搜索了。",
        "Once the administrator has added articles with wxsearch index, they can be searched.",
    ),
    "internal_error": Text("出错了，不是您的问题", "Something went wrong, and it is not your fault"),
    "internal_error_help": Text(
        "请稍后再试。一直这样的话，请告诉管理员。", "Try again later. If it stays so, tell the administrator."
    ),
    "retry": Text("再试一次", "Try again"),
    "drop_faults": Text("去掉有误的条件", "Search without it"),
    # What is wrong with one parameter
    "field_from": Text(
        "开始日期“{value}”在日历上没有，请写成 2021、2021-10 或 2021-10-19。",
        "The first date “{value}” is not in the calendar; write 2021, 2021-10 or 2021-10-19.",
    ),
    "field_to": Text(
        "结束日期“{value}”在日历上没有，请写成 2021、2021-10 或 2021-10-19。",
        "The last date “{value}” is not in the calendar; write 2021, 2021-10 or 2021-10-19.",
    ),
    "field_size": Text(
        "每页篇数“{value}”不行，请写 0 到 {most} 的数。", "Size “{value}” is not possible; write 0 to {most}."
    ),
    "field_offset": Text(
        "翻得太远或写错了：“{value}”。最多看到第 {window} 篇。",
        "Offset “{value}” is too far or no number; pages end at article {window}.",
    ),
    "field_sort": Text(
        "排序“{value}”不存在，可写 relevance、newest 或 oldest。",
        "There is no order “{value}”; write relevance, newest or oldest.",
    ),
    "field_match": Text(
        "匹配方式“{value}”不存在，可写 auto、all 或 any。",
        "There is no match “{value}”; write auto, all or any.",
    ),
    "field_expand": Text(
        "扩展方式“{value}”不存在，可写 regional、character、number、synonym，以逗号分隔。",
        "There is no expansion “{value}”; write regional, character, number, synonym, with commas between.",
    ),
    "field_explain": Text(
        "“{value}”不行，请写 true 或 false。", "“{value}” is not possible; write true or false."
    ),
    "field_collapse": Text(
        "不能按“{value}”合并，可写 family。", "Hits cannot be collapsed by “{value}”; write family."
    ),
    "field_interval": Text(
        "时间分布不能按“{value}”来画，可写 year、month 或 day，或缩小时间范围。",
        "The time line cannot be drawn by “{value}”; write year, month or day, or narrow the time.",
    ),
    "field_category": Text(
        "栏目“{value}”没有读懂，可写 物流资讯 > 行业新闻。",
        "Category “{value}” cannot be read; write 物流资讯 > 行业新闻.",
    ),
    "field_source": Text("来源“{value}”没有读懂。", "Source “{value}” cannot be read."),
    "field_q": Text(
        "搜索词最多 {longest} 个字、{words} 个词，而且只能给一次。",
        "A query has at most {longest} characters and {words} words, and is given once.",
    ),
}
