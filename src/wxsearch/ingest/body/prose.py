"""How much a line of a page is like the text of an article: sentences are, links and commands are not."""

import re

from wxsearch.ingest.body.tail import is_rights
from wxsearch.ingest.frame import is_legal, is_tools

SENTENCE = re.compile(r"[，。！？；：、,!?;]|\.(?:\s|$)|…")
# Lines with these and without the end of a sentence tell of an article and are not its text.
_ABOUT = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]|(?:来\s*源|作\s*者|编\s*辑|责编|记\s*者|时\s*间|日\s*期|字\s*[号体]|浏览|点击|阅读)"
    r"\s*[:：]"
)
_CONTACT = re.compile(
    r"(?:主办|承办|协办|技术支持|网站标识码|.{0,2}公网安备|网站备案|地\s*址|电\s*话|邮\s*编|传\s*真|邮箱|服务热线|联系人|联系电话)"
    r"(?:单位)?\s*[:：]"
)
_ENDED = re.compile(r"[。！？!?；;]")
_LONGEST_ABOUT = 100
# Behind a link in a list.
_DAY = re.compile(
    r"[(（\[]?(?:\d{2,4}\s?[-/.年])?\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\W?$"
)
# Links that an article itself ends with, or a paragraph that is one link.
_OWN_LINK = re.compile(r"附件|.*\.(?:docx?|xlsx?|pdf|zip|rar|wps)\)?$|.{40,}[。！？]$", re.IGNORECASE)
# No line of the site weighs against the text by more characters than these.
_HEAVIEST = 20
_LONG, _SHORT = 30, 12


def worth(line: str, linked: int, *, verse: bool = False) -> int:
    """The characters of a line that speak for an article around it, less than 0 where it speaks against one.

    `linked` of its characters are links; in `verse` short lines without a sign speak for it, too.
    """
    plain = len(line) - linked
    if linked > plain:
        return -1 if _OWN_LINK.match(line) else -min(linked, _HEAVIEST)
    if is_tools(line) or is_legal(line):
        return -min(plain, _HEAVIEST)
    # A report on copyright may say what a note says, so that such a line parts no text.
    if is_about(line) or is_rights(line) or (_CONTACT.match(line) and len(line) <= _LONGEST_ABOUT):
        return -1
    if plain >= _LONG or SENTENCE.search(line):
        return plain
    if verse:
        return plain
    return plain // 4 if plain >= _SHORT else -1


def is_about(line: str) -> bool:
    """Whether a line gives the time, source or author of an article, or of an entry of a list."""
    return len(line) <= _LONGEST_ABOUT and bool(_ABOUT.search(line)) and not _ENDED.search(line)


def is_lead_line(line: str) -> bool:
    """Whether a line ends as a sentence does, and is not what a system cut out of the text."""
    return line.endswith(("。", "！", "？", "”", "」")) and not line.startswith("摘要")


def is_link(line: str, linked: int) -> bool:
    """Whether a line is hardly anything but links, and not such as an article has itself."""
    if not linked:
        return False
    line = _DAY.sub("", line)
    if linked * 2 < len(line) or _OWN_LINK.match(line):
        return False
    signs = sum(map(str.isalnum, line))
    return linked * 5 >= signs * 4
