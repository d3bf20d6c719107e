"""Which lines of a page stand beside an article, as a name or a heading says: comments, sidebars, shares."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from wxsearch.ingest.frame import is_heading_beside, is_paragraph
from wxsearch.ingest.rendering import Block, Rendering

_TAGS = frozenset(("nav", "footer", "aside", "marquee"))
_WORDS = frozenset(
    (
        *("side", "sidebar", "aside", "related", "relate", "relative", "recommend", "recommended", "recom"),
        *("tuijian", "hot", "rank", "ranking", "ranklist", "paihang", "foot", "footer", "copyright", "nav"),
        *(
            "navbar",
            "navigation",
            "menu",
            "share",
            "bdshare",
            "bdsharebuttonbox",
            "sharebar",
            "ad",
            "ads",
            "adv",
        ),
        *(
            "advert",
            "banner",
            "pager",
            "pagination",
            "pagebar",
            "tags",
            "tag",
            "keywords",
            "toolbar",
            "tools",
        ),
        *("login", "search", "links", "friendlink", "qrcode", "ewm", "erweima", "disclaimer", "shengming"),
        *("mianze", "popup", "modal", "dialog", "guess", "xiangguan", "comment", "comments", "pinglun"),
        *(
            "commentlist",
            "reply",
            "replies",
            "cmt",
            "liuyan",
            "feedback",
            "digg",
            "dianzan",
            "reward",
            "sponsor",
        ),
        *("zebian", "prevnext", "subscribe", "download", "promo", "hotnews", "morenews", "appdown"),
    )
)
_COMMENTS = frozenset(("comment", "comments", "pinglun", "commentlist", "reply", "replies", "cmt", "liuyan"))
_COMMENTING = re.compile(r"评论|留言|跟帖|回复")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# A name is believed as long as so much of the text of a page stands outside, of comments a few characters.
_LEAST_SHARE = 0.2
_LEAST_TEXT = 20
_NEAR_TITLE = 15
_BOX_LINES = 5
_LONGEST_LIST = 40
# 回复 赞(3) below each comment.
_REPLY = re.compile(r"(?:回复|举报|点赞|[赞顶踩]|支持|反对|引用|[\s\d()（）\[\]|·]){1,20}")
_LONGEST_BUTTON = 20
_LEAST_REPLIES = 2


def find_surroundings(rendering: Rendering, worths: Sequence[int], title: int | None = None) -> list[range]:
    """The lines of the outermost blocks that stand beside the article by name or by heading.

    `worths` has the worth of each line; neither is believed where most of the text of the
    page would go by it, unless it says that these are comments. `title` is the line that is
    the title, if one is: what a name says is not believed of a block that holds it.
    """
    sums = [0]
    for worth in worths:
        sums.append(sums[-1] + max(worth, 0))
    total = left = sums[-1]
    found: list[range] = []
    named = list(_named(rendering.blocks))
    others = [*_headed(rendering), *_answered(rendering, worths, title)]
    top = None if title is None else _text_below(worths, title)
    spared = set() if title is None or top is None else _spared([*named, *others], sums, title, top)
    candidates = sorted(
        [*(one for one in named if one[0] not in spared), *others],
        key=lambda one: (one[0].start, -one[0].stop),
    )
    end = 0
    for lines, is_comments in candidates:
        if lines.start < end:
            continue
        own = sums[lines.stop] - sums[lines.start]
        if left - own < (_LEAST_TEXT if is_comments else total * _LEAST_SHARE) and own > 0:
            continue
        left -= own
        found.append(lines)
        end = lines.stop
    return found


def _text_below(worths: Sequence[int], title: int) -> int | None:
    """The first line of text below the title, past byline and tools."""
    lines = range(title + 1, min(title + _NEAR_TITLE, len(worths)))
    return next((line for line in lines if worths[line] >= _LEAST_TEXT), None)


def _spared(
    candidates: Sequence[tuple[range, bool]], sums: Sequence[int], title: int, top: int
) -> set[range]:
    """The blocks that hold the article, whatever their names say: tag-diy, has-sidebar, hot-content.

    They hold its title and the text below that; or they begin between these, and have twice the
    text of all blocks of which nothing is said.
    """
    total = outside = sums[-1]
    end = 0
    for lines, _ in sorted(candidates, key=lambda one: (one[0].start, -one[0].stop)):
        if lines.start <= title and top < lines.stop:
            continue
        if lines.start >= end:
            outside -= sums[lines.stop] - sums[lines.start]
            end = lines.stop
    spared = set()
    for lines, is_comments in candidates:
        if top not in lines:
            continue
        own = sums[lines.stop] - sums[max(lines.start, title)]
        if lines.start <= title:
            is_article = own >= total * _LEAST_SHARE
        else:
            is_article = not is_comments and own > 2 * outside
        if is_article:
            spared.add(lines)
    return spared


def _named(blocks: Sequence[Block]) -> Iterator[tuple[range, bool]]:
    for block in blocks[1:]:
        if block.end > block.begin:
            is_named, is_comments = _says(block.names)
            if is_named or block.tag in _TAGS:
                yield range(block.begin, block.end), is_comments


def _headed(rendering: Rendering) -> Iterator[tuple[range, bool]]:
    """What stands below a heading such as 相关阅读: blocks that begin with it, or the rest of one."""
    for number, line in enumerate(rendering.lines):
        if not is_heading_beside(line):
            continue
        is_comments = _COMMENTING.search(line) is not None
        place = rendering.places[number]
        if not is_comments and _is_text_below(rendering, number, place):
            continue
        while place and rendering.blocks[place].begin == number:
            block = rendering.blocks[place]
            yield range(number, block.end), is_comments
            place = block.parent
        end = rendering.blocks[place].end
        yield range(number, end if is_comments else _end_of_links(rendering, number, end)), is_comments


def _answered(rendering: Rendering, worths: Sequence[int], title: int | None) -> Iterator[tuple[range, bool]]:
    """The entries with a button to answer each: comments whose blocks have no telling name.

    Where no text stands above them, as in a forum, the first is the article.
    """
    buttons = [number for number, line in enumerate(rendering.lines) if _is_reply(line)]
    if len(buttons) < _LEAST_REPLIES:
        return
    blocks, first, last = rendering.blocks, buttons[0], buttons[-1]
    entry, place = -1, rendering.places[first]
    while place and blocks[place].end <= last:
        entry, place = place, blocks[place].parent
    # The entry is one of the block that holds them all, in which the article may stand, too.
    if entry >= 0:
        end = next((block.end for block in blocks if block.parent == place and block.end > last), last + 1)
        # Headings may nest as deep as a page likes.
        titles = {title, *(block.begin for block in blocks if block.tag == "h1")}
        above = sum(max(worths[line], 0) for line in range(blocks[entry].begin) if line not in titles)
        is_forum = above < _LEAST_TEXT
        yield range(blocks[entry].end if is_forum else blocks[entry].begin, end), True


def _is_reply(line: str) -> bool:
    return "回复" in line and len(line) <= _LONGEST_BUTTON and _REPLY.fullmatch(line) is not None


def _end_of_links(rendering: Rendering, number: int, end: int) -> int:
    """Where a list below a heading ends in the midst of a text; links with summaries go on to the `end`."""
    # A page may have as many such headings as lines.
    lines = range(number + 1, min(end, number + _LONGEST_LIST))
    links = [line for line in lines if rendering.linked[line] * 2 > len(rendering.lines[line])]
    if not links or any(is_paragraph(rendering.lines[line]) for line in range(number + 1, links[-1])):
        return end
    return links[-1] + 1


def _is_text_below(rendering: Rendering, number: int, place: int) -> bool:
    """Whether paragraphs and no links stand below a heading: papers call background 相关链接, too."""
    lines = range(number + 1, min(rendering.blocks[place].end, number + _BOX_LINES))
    if not lines:
        lines = range(
            number + 1, min(rendering.blocks[rendering.blocks[place].parent].end, number + _BOX_LINES)
        )
    return (
        bool(lines)
        and is_paragraph(rendering.lines[number + 1])
        and not any(rendering.linked[line] for line in lines)
    )


# The items of a list have the same names a hundred times.
@lru_cache(maxsize=4096)
def _says(names: str) -> tuple[bool, bool]:
    """Whether names say that a block stands beside the article, and that it holds comments."""
    words = {part.lower() for part in _PARTS.findall(names)}
    return not words.isdisjoint(_WORDS), not words.isdisjoint(_COMMENTS)
