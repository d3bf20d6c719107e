"""How sure the reader is that what it took for the text of an article is that, and all of it."""

import re

from wxsearch.ingest.body.finding import Body

DOUBTFUL = 0.5
"""Below this a page is read, and a note says that its text should be looked at."""
HOPELESS = 0.15
"""Below this a page is refused as no article."""

_SENTENCE = re.compile(r"[。！？!?…；]|\.(?:\s|$)")
_CLIPPED = re.compile(r"(?:\.{3,}|…+)?\s*(?:展开|阅读全文|查看全文|点击阅读|查看更多|继续阅读|登录后)")


def confidence(body: Body, text: str) -> float:
    """From 0 to 1: how sure it is that `text`, made of the lines of `body`, is the article's.

    It falls where there is little text, where it is a small part of the page or other text is
    as long, where no title, time or source stands near, where the lines are links or hold no sentence, and
    where the text was not shown but carried in a script.
    """
    if not text:
        return 0.0
    sure = min(1.0, 0.45 + len(text) / 70)
    sure /= 1 + max(0.0, body.rival - 0.6)
    sure *= min(1.0, 0.55 + 1.5 * body.share)
    if not body.is_titled:
        sure *= 0.75
    if not body.is_dated:
        sure *= 0.85
    if not _SENTENCE.search(text):
        sure *= 0.6
    sure *= 1 - 0.5 * max(0.0, body.linked - 0.4)
    if body.origin in ("hidden", "carried"):
        sure *= 0.8
    if len(text) < 300 and _CLIPPED.search(text, max(0, len(text) - 20)):
        sure *= 0.6
    return round(sure, 2)


def doubt_note(sure: float) -> str:
    """What is said to the user about a body of such a confidence."""
    return f"the text may not be the article's, or not all of it (confidence {sure:.2f}); look at the page"
