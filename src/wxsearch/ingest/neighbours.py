"""上一篇 and 下一篇: the articles before and after, as a page names them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wxsearch.models import Link

_LABEL = re.compile(
    r"[\s<>《》«»‹›←→【\[（(|]*(?:(?P<previous>[上前]一[篇条则])|(?P<next>[下后]一[篇条则]))(?:文章|新闻|资讯|信息|公告)?"
    r"\s*(?:[】\]）)]+\s*[:：]?|[:：>»›→]+|(?=[\s|])|$)\s*"
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
        kind = str(match.lastgroup)
        rest = line[match.end() :]
        other = re.search(
            r"[\s|｜【\[（(](?=[上下前后]一[篇条则](?:文章|新闻)?\s*+(?:[】\]）)]++\s*+)?[:：])", rest
        )
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
    title = value.strip().strip("|｜").strip()
    is_none = len(title) <= _LONGEST_NONE and _NONE.fullmatch(title) is not None
    return Link(title) if title and not is_none else None
