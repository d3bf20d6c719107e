"""Titles: what a site puts before and behind one, and whether two are the same."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

# What kind of page it is, said by the site; 【新闻特写】 and other columns are the title's.
_KIND = re.compile(
    r"(?:[\[【(（〔［]\s?(?:视频|視頻|影片|音频|图文?|图片|组图|高清组?图|图集|多图|动图|直播|视频新闻|图片新闻|原创视频)\s?[\]】)）〕］]\s*)++"
)
_SEPARATOR = re.compile(r"\s*+[_|｜]\s*+|\s+[-–—]+\s+|-+")
_FIRM = re.compile(r"[_|｜]|\s[-–—]+\s|--+")
_SITE = re.compile(
    r".{0,20}(?:网|網|报|報|社|台|在线|数字报|电子报|电子版|新闻|新聞|频道|官网|客户端|中心|门户|平台|\.com|\.cn|\.net|\.org)(?:[（(].{0,20}[)）])?",
    re.IGNORECASE,
)
# More of them is no title of one article; each is compared with many lines.
_MOST_PARTS = 8
_LEAST_KEY = 4
_CUT = re.compile(r"(?:…|\.{2,3})\s*$")


def without_kind(title: str) -> str:
    """A title without [视频], (图) and the like in front."""
    match = _KIND.match(title)
    return title[match.end() :] if match and match.end() < len(title) else title


# Each line is compared with several headings.
@lru_cache(maxsize=1_024)
def title_key(title: str) -> str:
    """The letters and digits of a title: what two writings of it share."""
    plain = unicodedata.normalize("NFKC", without_kind(title.strip()))
    return "".join(sign for sign in plain if sign.isalnum()).casefold()


class Writing(NamedTuple):
    """One way in which a title is written: what it shares with others, and whether it is cut with …."""

    text: str
    key: str
    is_cut: bool

    def shows(self, other: "Writing") -> bool:
        """Whether both are one title, spaced or punctuated in another way, or one of them cut."""
        if self.key == other.key:
            return bool(self.key)
        if len(self.key) < _LEAST_KEY or len(other.key) < _LEAST_KEY:
            return False
        return (other.is_cut and self.key.startswith(other.key)) or (
            self.is_cut and other.key.startswith(self.key)
        )


def writing(text: str) -> Writing:
    """A text as a writing of a title."""
    return Writing(text, title_key(text), _CUT.search(text) is not None)


def is_title(line: str, heading: str) -> bool:
    """Whether a line shows a heading."""
    return writing(line).shows(writing(heading))


def beginnings(name: str) -> list[str]:
    """What is left of the <title> without its tails, the longest first, itself last."""
    name = " ".join(name.split())
    parts = [name[: part.start()] for part in islice(_SEPARATOR.finditer(name), _MOST_PARTS)]
    return [*filter(None, reversed(parts)), name]


def ending(name: str) -> str:
    """What is left of a <title> that begins with the name of a site; nothing of others."""
    part = _SEPARATOR.search(" ".join(name.split()))
    if part is None or not _SITE.fullmatch(part.string[: part.start()]):
        return ""
    return part.string[part.end() :]


def cut_title(name: str, sites: Sequence[str] = ()) -> str:
    """The <title> without names of sites and channels, for a page that shows no title."""
    parts = [
        part.strip()
        for part in islice(_FIRM.split(" ".join(name.split()), maxsplit=_MOST_PARTS), _MOST_PARTS)
    ]
    parts = [part for part in parts if part]
    if not parts:
        return ""
    known = {title_key(site) for site in sites}
    first = next((part for part in parts if title_key(part) not in known), parts[0])
    rest = ending(first)
    if len(rest) > len(first) - len(rest):
        first = rest
    for _ in range(_MOST_PARTS):
        head, dash, tail = first.rpartition("-")
        if not (dash and head and (title_key(tail) in known or _SITE.fullmatch(tail))):
            break
        first = head.strip()
    return first


def tails(name: str) -> Iterator[str]:
    """The keys of what stands behind the first separator of a <title>: sites and channels."""
    for part in islice(_SEPARATOR.split(" ".join(name.split()), maxsplit=_MOST_PARTS), 1, _MOST_PARTS):
        if key := title_key(part):
            yield key
