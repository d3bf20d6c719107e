"""Times that a page tells its scripts: variables, data attributes, <time>, its address.

They are often finer than what is printed, and there are many of other things: only
names that speak of publication count.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from wxsearch.ingest.fields.evidence import Evidence

_MOST = 2_000
_MOST_AREAS = 20
_NAME_CHARACTERS = 60
_VALUE = re.compile(
    r"[12]\d{3}(?:[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    r"(?:[T ]{1,2}\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|\d{6}(?:\d{3,4})?)(?!\w)"
)
_NAME = re.compile(r"""([A-Za-z_][\w.:-]{0,40})["']?\s{0,4}[:=]\s{0,4}(?:new Date)?$""")
_PUBLISHED = re.compile(
    r"pub|issue|releas|post_?(?:time|date|at|on)|(?:^|-)p_?time|fdate|fabu|create|ctime|^ct$|news_?(?:time|date)|input_?(?:time|date)"
    r"|add_?(?:time|date)|send_?(?:time|date)|article[_-]?(?:time|date)|display_?time|show_?time",
    re.IGNORECASE,
)
_TIME = re.compile(r"time|date|stamp|(?:^|-)ts$|data-val", re.IGNORECASE)
_OTHER = re.compile(
    r"upd|modif|edit|expir|end|start|begin|comment|reply|regist|login|cache|build|version|publisher|now|crawl|server"
)
_IN_ADDRESS = re.compile(
    r"[/_-](?:t|c|art_?|content_)?(?P<year>20\d\d|19\d\d)(?P<s>[-/_]?)(?P<month>0[1-9]|1[0-2])[-/_]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)


def gather_scripts(text: str, evidence: Evidence) -> None:
    """Notes the times after names such as pubDate or data-ptime anywhere in the mark-up.

    One whose name speaks only of a time is a clock: it may make another finer.
    """
    for count, match in enumerate(_VALUE.finditer(text)):
        if count > _MOST:
            return
        before = text[max(0, match.start() - _NAME_CHARACTERS) : match.start()].rstrip(" \"'(")
        # Most numbers of a page are no values of names.
        if not before.endswith((":", "=", "Date")):
            continue
        named = _NAME.search(before)
        if named is None or _OTHER.search(named[1].lower()):
            continue
        name = named[1]
        if _PUBLISHED.search(name):
            evidence.add("stamp", match.group(), f"script {name}", 0.6)
        elif _TIME.search(name):
            evidence.add("clock", match.group(), f"script {name}", 0.4)


def gather_time_elements(tree: LexborHTMLParser, evidence: Evidence) -> None:
    """Notes the attribute of a <time>, where all of a page agree, and a text area that carries a time."""
    for node in tree.css("textarea[class]")[:_MOST_AREAS]:
        value = node.text().strip()
        if _PUBLISHED.search(node.attributes.get("class") or "") and len(value) <= _NAME_CHARACTERS:
            evidence.add("stamp", value, "text area", 0.6)
    values = {node.attributes.get("datetime") or "" for node in tree.css("time[datetime]")[:_MOST]}
    if len(values) == 1:
        evidence.add("published", values.pop().strip()[:_NAME_CHARACTERS], "time element", 0.7)


def date_in_address(address: str) -> str | None:
    """The day that an address has in its path: /2024/06/01/, /t20240601_1.html, /2024-06/01/."""
    match = _IN_ADDRESS.search(address)
    return f"{match['year']}-{match['month']}-{match['day']}" if match else None
