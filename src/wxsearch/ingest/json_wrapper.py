"""Where articles stand in an object that wraps a list of them: {"code": 0, "data": {"list": […]}}."""

import re
from typing import NamedTuple

from wxsearch.ingest.usual_names import has_text, usual_places, wraps_articles

# A string with the colon that makes it a key, a sign, or a piece of anything else; atomic, for linear time.
_TOKEN = re.compile(
    r'[\s,]*+(?:"(?P<string>(?:[^"\\]|\\.)*+)"(?P<colon>\s*+:)?|(?P<sign>[{}\[\]])|[^\s,"{}\[\]]++)',
    re.DOTALL,
)
_OPENING, _CLOSING = ("{", "["), ("}", "]")


class Place(NamedTuple):
    """Where to read on: in a list inside `depth` objects; with depth 0 behind them all."""

    end: int
    depth: int


def next_list(text: str, start: int, depth: int = 0) -> Place | None:
    """The next list of articles in the objects that are open at `start`, `depth` of them.

    With depth 0 an object begins there; it wraps nothing if a title or a text of its own stands
    before any list. None where the text ends before that is known.
    """
    is_new = depth == 0
    key = ""
    place = start
    while token := _TOKEN.match(text, place):
        place = token.end()
        sign = token["sign"]
        if token["colon"]:
            key = token["string"]
        elif sign == "{" and (not depth or wraps_articles(key)):
            depth += 1
        elif sign in _OPENING:
            if sign == "[" and wraps_articles(key) and (holds := _holds_articles(text, place)) is not False:
                return Place(place, depth) if holds else None
            if (behind := _behind(text, place)) is None:
                return None
            place = behind
        elif sign == "}":
            depth -= 1
            if not depth:
                return Place(place, 0)
        elif is_new and token["string"] is not None and _is_text(key):
            return Place(place, 0)
    return None


def _holds_articles(text: str, start: int) -> bool | None:
    """Whether a list begins with an object with the key of a title or a text, or wraps one: {"_source": {…}}.

    None where the text is cut before that is known.
    """
    place: int | None = start
    depth = 0
    key = ""
    while place is not None and (token := _TOKEN.match(text, place)):
        place = token.end()
        sign = token["sign"]
        if sign == "{" and (not depth or wraps_articles(key)):
            depth += 1
        elif not depth:
            return False
        elif token["colon"]:
            key = token["string"]
            if _is_text(key):
                return True
        elif sign in _CLOSING:
            depth -= 1
            if not depth:
                return False
        elif sign:
            place = _behind(text, place)
    return None


def _behind(text: str, start: int) -> int | None:
    """Where the object or list ends that was opened before `start`; None where it is cut."""
    depth = 1
    place = start
    while token := _TOKEN.match(text, place):
        place = token.end()
        depth += (token["sign"] in _OPENING) - (token["sign"] in _CLOSING)
        if not depth:
            return place
    return None


def _is_text(key: str) -> bool:
    return has_text(usual_places([key]))
