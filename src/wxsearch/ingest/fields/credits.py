"""Source and author: who wrote what the page shows, and where it was taken from."""

import html
import re
from collections.abc import Sequence
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wxsearch.ingest.byline import is_account, is_outlet, read_byline
from wxsearch.ingest.fields.evidence import Candidate, Evidence, supported
from wxsearch.ingest.fields.times import find_time
from wxsearch.ingest.page import Page
from wxsearch.ingest.rendering import is_visible, short_text

_LONGEST = 40
_MOST_ELEMENTS = 40
_ELEMENTS = re.compile(
    r"(?:^|[\s_-])(?:(?:art|article|news|post|ent|info|media|main)?[_-]?"
    r"(?:(?:source|origin|laiyuan|copyfrom|come[_-]?from)(?:[_-]?name)?|media[_-]?name)"
    r"|js_name|profile_nickname|account_nickname\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_QUERY = ", ".join(
    f'[{name}*="{word}" i]'
    for name in ("class", "id")
    for word in (
        "source",
        "origin",
        "laiyuan",
        "copyfrom",
        "comefrom",
        "come-from",
        "come_from",
        "media",
        "js_name",
        "nickname",
    )
)
# Begins with one sign, which is found soonest; no part is long, for a page may have many labels.
_MARKED = re.compile(
    r"源于?\s{0,4}(?:</?\w[^<>]{0,200}>\s{0,4}){0,3}[:：]"
    r"(?:\s|&nbsp;|&emsp;|<[^<>]{0,300}>){0,12}([^<\s&][^<]{0,40}?)\s{0,9}<"
)
_MARKED_AUTHOR = re.compile(
    r"作者\s{0,4}[:：](?:\s|&nbsp;|&emsp;|<[^<>]{0,300}>){0,6}([^<\s&][^<]{0,40}?)\s{0,9}<"
)
_AUTHORS = re.compile(
    r"(?:^|[\s_-])(?:(?:post|entry|article|art|news)[_-]?)?(?:author|writer|zuozhe)(?:[_-]?name)?(?:$|\s)",
    re.IGNORECASE,
)
# What readers sign, and who wrote what stands beside.
_OTHER_AUTHORS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|reply|replies|pinglun|liuyan|cmt|related|recommend|tuijian|sidebar|hot)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NEAR_AUTHOR = 5
# 关于作者, 推荐作者, 加关注.
_NO_PERSON = re.compile(r"作者|记者|编辑|关注|评论|登录")
_AUTHOR_QUERY = (
    '[class*="author" i], [id*="author" i], [class*="writer" i], [class*="zuozhe" i], [rel="author"]'
)
_LOGO = re.compile(
    r"来源\s{0,4}[:：](?:\s|&nbsp;|<(?!img)[^<>]{0,200}>){0,8}<img\b[^<>]{0,400}?\balt\s?=\s?[\"']([^\"'<>]{2,30})[\"']",
    re.IGNORECASE,
)
_PIECE = re.compile(r">\s{0,9}([^<>\s]{2,20})\s{0,9}</")
_MOST_PIECES = 5_000
_FIRM = re.compile(r"(?:[网網报報社台刊]|在线|客户端|公众号|电视|卫视|周刊)$")
_VARIABLE = re.compile(
    r"""\b(?:media(?:_?name)?|(?:news_?|article_?)?source(?:_?name)?|copy_?from)["']?\s{0,4}[:=]\s{0,4}["']([^"'<>\\/]{2,30})["']""",
    re.IGNORECASE,
)
_HAN = re.compile(r"[一-鿿]{2}")
_JOINING = "-—–·・/（(、,，和与及"
_LABEL = re.compile(
    r"^(?:本文|文章|稿件|信息|新闻|内容)?(?:来源(?:于|自)?|來源|来自|稿源|转自|摘自|出处)\s*[:：|｜]?\s*"
)
_AUTHOR_LABEL = re.compile(r"^(?:作者|文|撰文|[Bb]y)\s*[:：|｜]?\s*")
_TAIL = re.compile(
    r"(?<!\s)(?:\s*+[|｜丨【\[]|\s++(?:原创稿?|转载|打印|关闭|收藏|分享|评论|字[体号]|浏览|阅读|点击|责编|责任编辑|编辑|作者|记者"
    r"|我要|\d)).*+$",
    re.DOTALL,
)
_PERSON = re.compile(r"[一-鿿·]{2,8}(?:[、,，\s]+[一-鿿·]{2,8}){0,4}|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3}")
_ROLE = re.compile(r"^(?:\w{0,6}(?:报|网|社|台))?(?:记者|通讯员|作者|撰文)[\s:：]*")
# 半杯（ID：banbei）, as accounts sign.
_ACCOUNT_ID = re.compile(
    r"\s?[(（]\s?(?:微信)?(?:公众号)?\s?(?:ID|微信号|公众号)\s?[:：][^()（）]{1,40}[)）]", re.IGNORECASE
)
_EDITION = re.compile(r"([一-鿿]{1,12}报)(?:多媒体)?(?:数字|电子)(?:报|版|报刊)(?:平台)?")
_NUMBER = re.compile(r"[_\s]+[A-Za-z]*\d*$")
_NO_NAME = re.compile(
    r"admin\w*|管理员|佚名|未知|本站|原创|网络|互联网|转载|无|编辑部?|[\d\W]+", re.IGNORECASE
)


def gather_elements(tree: LexborHTMLParser, evidence: Evidence) -> None:
    """Notes the first element that its class or id calls a source."""
    for node in tree.css(_QUERY)[:_MOST_ELEMENTS]:
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        # A text area carries what a script shows.
        if _ELEMENTS.search(names) and (node.tag == "textarea" or is_visible(node)):
            name = cleaned(short_text(node, _LONGEST))
            if name and not find_time(name) and not name.isdigit():
                evidence.add("source", name, "source element", 0.8)
                return


def gather_marked(text: str, evidence: Evidence) -> None:
    """Notes what stands right behind 来源： or 作者： in the mark-up, as far as its element goes."""
    for match in islice(_MARKED.finditer(text), _MOST_ELEMENTS):
        evidence.add("marked source", html.unescape(match[1]).strip(), "text", 0.9)
    for match in islice(_MARKED_AUTHOR.finditer(text), _MOST_ELEMENTS):
        evidence.add("marked author", html.unescape(match[1]).strip(), "text", 0.9)


def gather_authors(tree: LexborHTMLParser, evidence: Evidence) -> None:
    """Notes the one person that elements with the name of an author hold; several are of a list."""
    names = set()
    for node in tree.css(_AUTHOR_QUERY)[:_MOST_ELEMENTS]:
        is_named = node.attributes.get("rel") == "author" or _AUTHORS.search(_called(node))
        if is_named and is_visible(node) and not _is_others(node):
            name = _AUTHOR_LABEL.sub("", short_text(node, _LONGEST)).strip(" ·|/,，")
            names |= {name} if _PERSON.fullmatch(name) and not _NO_PERSON.search(name) else set()
    if len(names) == 1:
        evidence.add("author", names.pop(), "author element", 0.6)


def _called(node: LexborNode) -> str:
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"


def _is_others(node: LexborNode) -> bool:
    """Whether an element or one close around it is named as comments or a list of other articles."""
    around: LexborNode | None = node
    for _ in range(_NEAR_AUTHOR):
        if around is None or around.tag == "body":
            return False
        if _OTHER_AUTHORS.search(_called(around)):
            return True
        around = around.parent
    return False


def gather_logos(text: str, evidence: Evidence) -> None:
    """Notes the outlet whose logo stands in the place of its name behind 来源：."""
    if match := _LOGO.search(text):
        evidence.add("source", html.unescape(match[1]).strip(), "image", 0.7)


def gather_pieces(text: str, name: str, evidence: Evidence) -> None:
    """Notes the elements in a row of which a name without a label was glued together."""
    found = (match[1] for match in islice(_PIECE.finditer(text), _MOST_PIECES) if match[1] in name)
    pieces = dict.fromkeys(found)
    if name not in pieces:
        for piece in sorted(filter(is_outlet, pieces), key=_doubt_of_outlet):
            evidence.add("source piece", piece, "text", 0.8)


def _doubt_of_outlet(name: str) -> tuple[bool, int]:
    """Channels are called so, too: 社会新闻; of others the longest name is all of it."""
    return _FIRM.search(name) is None, -len(name)


def gather_variables(text: str, evidence: Evidence) -> None:
    """Notes the outlet that a script names, where all that it names are one."""
    names = {match[1].strip() for match in islice(_VARIABLE.finditer(text), _MOST_ELEMENTS)}
    if len(names) == 1 and _HAN.search(name := names.pop()):
        evidence.add("source", name, "script media", 0.6)


def cleaned(name: str) -> str:
    """A source without its label in front, and without what stands behind it."""
    return _TAIL.sub("", _ACCOUNT_ID.sub("", _LABEL.sub("", name.strip()))).strip(" \t　:：,，、/|-")


def choose_source(page: Page, evidence: Evidence) -> Candidate | None:
    """The source that is shown, in the head before the tail; else what the page states."""
    marked = [row.value for row in evidence.of("marked source")]
    if not page.head.byline.labelled and (pieces := evidence.of("source piece")):
        return pieces[0]
    shown = [
        Candidate(name, origin, confidence)
        for value, origin, confidence in (
            (page.head.byline.source, "text", 0.95),
            (page.tail.source, "text below", 0.9),
        )
        if value and (name := cleaned(_cut(value, marked)))
    ]
    stated = [
        row._replace(value=name)
        for row in sorted(evidence.of("source"), key=lambda row: -row.confidence)
        if (name := cleaned(row.value)) and len(name) <= _LONGEST and not _NO_NAME.fullmatch(name)
    ]
    if page.credit and not shown:
        shown.append(Candidate(cleaned(page.credit), "text below", 0.75))
    beside = [Candidate(line, "text", 0.6) for line in page.head.lead if is_outlet(line)]
    lead = page.head.lead
    byline = page.head.byline
    is_bare = byline.precision in ("minute", "second") and not byline.labelled
    if len(lead) == 1 and is_bare and is_account(lead[0]):
        beside.append(Candidate(lead[0], "text", 0.5))
    chosen = next(iter([*shown, *stated, *beside, *_paper(evidence)]), None)
    return supported(chosen, [*shown, *stated]) if chosen else None


def _paper(evidence: Evidence) -> list[Candidate]:
    """The paper whose digital edition a page is, as its <title> names it: 柳溪日报数字报."""
    names = (_EDITION.fullmatch(str(row.value)) for row in evidence.of("site"))
    return [Candidate(name[1], "title element", 0.5) for name in names if name]


def _cut(name: str, marked: Sequence[str]) -> str:
    """The name as far as its element goes, where a line runs into the next: 柳溪日报举报."""
    for value in marked:
        if len(value) > 1 and name.startswith(value) and name[len(value) :][:1] not in _JOINING:
            return value
    return name


def choose_author(page: Page, evidence: Evidence, source: Candidate | None) -> Candidate | None:
    """The author that is shown; else a person that the page states; else the reporter in the first words.

    What is also the name of a site, of the source or of the editor is no author.
    """
    shown = page.head.byline.author or page.tail.author
    shown = shown and _cut(shown, [row.value for row in evidence.of("marked author")])
    if shown and (title := read_byline(page.head.title)) and title.author == shown:
        # 本报记者 走进渡口 reads like a signature.
        shown = None
    editor = choose_editor(page)
    others = [str(row.value) for row in evidence.of("site")]
    others += [row.value for row in (source, editor) if row]
    stated = [
        row
        for row in evidence.of("author")
        if _PERSON.fullmatch(row.value)
        and not any(row.value in other for other in others)
        and not _NO_NAME.fullmatch(row.value)
    ]
    if shown and (name := _ROLE.sub("", shown)) and not _NO_NAME.fullmatch(name):
        return supported(Candidate(name, "text", 0.95), stated)
    if stated:
        return supported(stated[0], stated)
    return Candidate(page.reporter, "text", 0.5) if page.reporter else None


def choose_editor(page: Page) -> Candidate | None:
    """The editor that is shown, without the number that some newsrooms give each."""
    shown = page.head.byline.editor or page.tail.editor
    name = _NUMBER.sub("", shown) if shown else ""
    return Candidate(name, "text", 0.9) if name else None
