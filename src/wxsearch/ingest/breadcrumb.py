"""The line of a page that says where the article stands: 当前位置：首页 > 新闻 > 正文."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wxsearch.categories import is_home
from wxsearch.ingest.fields.title import beginnings, without_kind
from wxsearch.ingest.frame import is_paragraph

# A page has many lines of navigation above it, and no breadcrumb is longer than this.
_SEARCHED_LINES = 300
_LONGEST = 400

_LABEL = re.compile(
    r"[【\[]?(?:您|你|我|本页|本文|网页)?的?(?:现在|当前|目前|现)?(?:所在|所处)?的?"
    r"(?:位置(?:导航)?|导航|在这里|路径|栏目|频道|(?<=当前)页面|正在浏览)(?:是|为|在)?[】\]]?(?P<colon>\s*[:：])?\s*(?P<rest>.*)"
)
# The same behind the day of today or a welcome.
_LATE = re.compile(
    r".{1,40}?(?:您|你)?的?(?:当前|现在|所在)(?:所在)?的?位置(?P<colon>\s*[:：])\s*(?P<rest>.*)"
)
# Blanks around separators are no part of them: parts are trimmed, and in long runs
# of blanks the search would begin anew at each.
_STRONG = re.compile(r"(?:[>＞»›→≫〉∷]|(?<!-)->)++|--++")
_OPENING = re.compile(r"[>＞»›→]")
_CLOSING = re.compile(r"[>＞»›→]$")
_SHORT = 12
_MOST_LISTED = 6
_SECTION = re.compile(rf"[\w·（）()—-]{{2,{_SHORT}}}")
_ANGLES = re.compile(r"》++")
_WEAK = re.compile(r"(?:[/／\\|｜丨－]|::)++|\s[-–—_·]++\s")
# Labels in the place of the article that say no more than "this article".
_THIS_ARTICLE = re.compile(
    r"(?:文章|新闻|信息|资讯|内容|公告|通知|信件|来信|当前)?(?:正文|详情页?|详细|详细信息|详细内容|内容页|文章页|当前页面?)"
    r"|(?:文章|新闻|信息|资讯|正文|公告|通知|信件|来信)?内容|(?:文章|新闻|信息|资讯|正文)(?:显示|浏览|页)"
    r"|(?:阅读|查看|浏览)(?:文章|新闻|信息|内容|正文|详情|全文)"
)


class Breadcrumb(NamedTuple):
    """The labels, outermost first, the first line after them, and whether 位置 stands before them."""

    labels: tuple[str, ...]
    end: int
    is_labelled: bool


def find_breadcrumb(lines: Sequence[str], *, guess: bool = False) -> Breadcrumb | None:
    """The breadcrumb among the trimmed lines of a page, or None.

    It says 位置, or stands above the text and begins at home or ends in 正文; with `guess`
    a row of short labels will do, where no paragraph can be mistaken for one.
    """
    guessed = None
    is_text = False
    for number, line in enumerate(lines[:_SEARCHED_LINES]):
        if len(line) > _LONGEST:
            continue
        if found := _labelled(lines, number):
            return found
        is_text = is_text or is_paragraph(line)
        if is_text:
            continue
        text, end = _continued(lines, number)
        labels = split_labels(text, weak=False)
        if len(labels) < 2:
            labels = _by_strokes(text)
        if len(labels) < 2:
            continue
        if is_home(labels[0]) or names_article(labels[-1]):
            return Breadcrumb(_from_home(labels), end, is_labelled=False)
        sections = labels[:-1] if _is_shown(labels[-1], lines[end:_SEARCHED_LINES]) else labels
        if guess and len(labels) <= _MOST_LISTED and all(map(_SECTION.fullmatch, sections)):
            guessed = Breadcrumb(labels, end, is_labelled=False)
    return guessed


def _is_shown(label: str, lines: Sequence[str]) -> bool:
    """Whether a label too long for a section is the title that a line further down ends with."""
    return len(label) > _SHORT and any(line.endswith(label) for line in lines)


def _from_home(labels: tuple[str, ...]) -> tuple[str, ...]:
    """The labels without the name of their section that stood right before them: 要闻首页 > 要闻."""
    name, home = labels[0][:-2].rstrip(), labels[0][-2:]
    if is_home(home) and any(name.startswith(label) for label in labels[1:]):
        return (home, *labels[1:])
    return labels


def without_article(labels: tuple[str, ...], title: str) -> tuple[str, ...]:
    """The labels without those that stand for the article, its title or 正文, and what is behind 正文."""
    kept = list(labels[: labels.index("正文")] if "正文" in labels else labels)
    while kept and (_THIS_ARTICLE.fullmatch(kept[-1]) or _shows(kept[-1], title)):
        kept.pop()
    return tuple(kept)


def _shows(label: str, title: str) -> bool:
    """Whether a label is the title, alone or with the name of the site behind."""
    return any(same_title(part, title) for part in beginnings(label))


def names_article(label: str) -> bool:
    """Whether a label says 正文 or the like."""
    return _THIS_ARTICLE.fullmatch(label) is not None


def same_title(label: str, title: str) -> bool:
    """Whether a label is the title, cut with … or spaced in another way at most."""
    plain, whole = _plain(without_kind(label)), _plain(without_kind(title))
    stem = _uncut(plain)
    return bool(plain) and (plain == whole or (stem != plain and len(stem) > 1 and whole.startswith(stem)))


def _uncut(text: str) -> str:
    """The text without … or at least two points at its end."""
    if text.endswith(".."):
        return text.rstrip(".")
    return text.rstrip("…")


def _plain(text: str) -> str:
    return "".join(text.split())


def find_label(text: str) -> re.Match[str] | None:
    """当前位置 and the like, at the beginning of a text or behind little else: groups colon and rest."""
    return _LABEL.match(text) or _LATE.match(text)


def _labelled(lines: Sequence[str], number: int) -> Breadcrumb | None:
    match = find_label(lines[number])
    if match is None:
        return None
    rest, end = _continued(lines, number)
    rest = rest[match.start("rest") :]
    if not rest and (listed := _listed(lines, end)):
        return listed
    if not rest and end < len(lines) and len(lines[end]) <= _LONGEST:
        rest, end = _continued(lines, end)
    labels = split_labels(rest, weak=True)
    # 位置 begins many a sentence; only these make it a breadcrumb.
    certain = match.start("rest") - match.start() > len("位置：") and match["colon"]
    if labels and (is_home(labels[0]) or (certain and len(labels) > 1 and max(map(len, labels)) <= 100)):
        return Breadcrumb(labels, end, is_labelled=True)
    return None


def _listed(lines: Sequence[str], start: int) -> Breadcrumb | None:
    """Labels on lines of their own below 当前位置, the first of them home."""
    end = start
    while end < len(lines) and len(lines[end]) <= _SHORT and _SECTION.fullmatch(lines[end]):
        end += 1
    labels = tuple(lines[start:end])
    if not 1 < len(labels) <= _MOST_LISTED or not is_home(labels[0]):
        return None
    return Breadcrumb(labels, end, is_labelled=True)


def _by_strokes(text: str) -> tuple[str, ...]:
    """Labels between / or single dashes, from home or down to 正文; more of them are a menu."""
    for stroke in "/-－":
        labels = tuple(label.strip() for label in text.split(stroke, _MOST_LISTED + 1))
        if (
            1 < len(labels) <= _MOST_LISTED
            and (is_home(labels[0]) or labels[-1] == "正文")
            and all(map(_SECTION.fullmatch, labels))
        ):
            return labels
    return ()


def _continued(lines: Sequence[str], number: int) -> tuple[str, int]:
    """A line joined with those that go on with a separator, and the first line after."""
    text, end = lines[number], number + 1
    while end < len(lines) and len(text) + len(lines[end]) <= _LONGEST:
        if _begins_at_home(lines[end]):
            break
        if not (_OPENING.match(lines[end]) or (_CLOSING.search(text) and len(lines[end]) <= _SHORT)):
            break
        text, end = f"{text} {lines[end]}", end + 1
    return text, end


def _begins_at_home(line: str) -> bool:
    """Whether a line goes on with a sign, but to the home page: it begins anew."""
    labels = split_labels(line, weak=False) if _OPENING.match(line) else ()
    return len(labels) > 1 and is_home(labels[0])


def split_labels(text: str, *, weak: bool) -> tuple[str, ...]:
    """The labels between > and the like, with `weak` also between / and |; blanks part those after home."""
    if _STRONG.search(text):
        parts = _STRONG.split(text)
    elif "》" in text and "《" not in text:
        parts = _ANGLES.split(text)
    elif weak:
        parts = _WEAK.split(text)
        head, dash, _ = text.partition("-")
        if len(parts) == 1 and dash and is_home(head):
            parts = text.split("-")
        if len(parts) == 1 and is_home(text.split(maxsplit=1)[0] if text else ""):
            parts = text.split()
    else:
        parts = [text]
    return tuple(part.strip() for part in parts if part.strip())
