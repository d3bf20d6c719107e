"""上一篇 and 下一篇: the articles before and after, as a page names them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wxsearch.models import Link

_LABEL = re.compile(
    r"[\s<>《》«»‹›←→【\[（(|]*(?:(?P<previous>[上前]一[篇条则])|(?P<next>[下后]一[篇条则]))(?:文章|新闻|资讯|信息|公告)?"
    r"\s*(?:[】\]）)]+\s*[:：]?|[:：>»›→]+|(?=[\s|])|$)\s*"
    # 上一个 may begin a sentence; only a colon makes it a label.
    r"|(?:(?P<previous_one>[上前]一个)|(?P<next_one>[下后]一个))\s*[:：]\s*"
)
# Where a line goes on with the other neighbour, also where nothing but a style parts them.
_OTHER = re.compile(
    r"[\s|｜【\[（(](?=[上下前后]一[篇条则](?:文章|新闻)?\s*+(?:[】\]）)]++\s*+)?[:：])|(?<=[^\s“《「])(?=[上下]一[篇条][:：])"
)
_NONE = re.compile(
    r"[\s（(\[【]*(?:暂?无|没有|暂时没有|返回列表|返回|到头|已到|null|none|-+|"
    r"(?:[^\s，。]{0,4})?(?:这|此|该|本|已)?(?:已经|经)?是(?:本|该|此|当前)?[^，。]{0,8}?(?:第|最前|最后|最末|最新|最早)[^，。]{0,8}|"
    r"第一[篇条则]|最后一?[篇条则])"
    r"(?:了|更多|任何|相关)?(?:了|文章|新闻|内容|资讯|信息|数据|记录)*+[\s!！。.~）)\]】]*+",
    re.IGNORECASE,
)


# What says that there is none says it in a few words.
_LONGEST_NONE = 60


class Neighbours(NamedTuple):
    """What one place of a page says; `end` is the first line after it."""

    previous: Link | None
    next: Link | None
    end: int


def read_neighbours(lines: Sequence[str], number: int) -> Neighbours | None:
    """Reads the line with 上一篇 or 下一篇 (or both, or their titles below); None for others."""
    line = lines[number]
    if len(line) > 1_000 or (match := _LABEL.match(line)) is None:
        return None
    found: dict[str, Link | None] = {"previous": None, "next": None}
    while match:
        kind = str(match.lastgroup).removesuffix("_one")
        rest = line[match.end() :]
        other = _OTHER.search(rest)
        value, line = (rest[: other.start()], rest[other.start() :]) if other else (rest, "")
        if not value.strip() and not line and _is_value(lines, number + 1):
            number += 1
            value = lines[number]
        found[kind] = _link(value)
        match = _LABEL.match(line) if line else None
    return Neighbours(found["previous"], found["next"], number + 1)


def _is_value(lines: Sequence[str], number: int) -> bool:
    return number < len(lines) and len(lines[number]) <= 200 and _LABEL.match(lines[number]) is None


def _link(value: str) -> Link | None:
    title = value.strip(" \t\xa0|｜»›→")
    is_short = len(title) <= _LONGEST_NONE
    is_none = is_short and bool(_NONE.fullmatch(title) or _LABEL.fullmatch(title))
    return Link(title) if title and not is_none else None
