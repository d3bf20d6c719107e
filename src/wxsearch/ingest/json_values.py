"""JSON read strictly: what other readers pass over in silence is refused with a reason."""

import json
import math
import re
from collections import Counter
from typing import Any, NoReturn

from wxsearch.errors import InvalidArticle

_DEEPEST = 32
_SPACE = re.compile(r"[ \t\r\n]*")


class Incomplete(InvalidArticle):
    """The text may end in the middle of a value."""


def read_value(text: str, start: int = 0) -> tuple[Any, int]:
    """The value that stands at `start` (no blank before it), and where it ends.

    Refuses NaN, infinite numbers, keys that stand twice and deep nesting. Raises
    Incomplete where more text could make it right, else InvalidArticle.
    """
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise Incomplete(f"is not JSON: {error.msg} (character {error.pos - start + 1})") from None
    except RecursionError:
        raise InvalidArticle("is nested too deeply") from None
    except ValueError:
        raise InvalidArticle("holds a number that is too long") from None
    if text.count("[", start, end) + text.count("{", start, end) > _DEEPEST:
        _check_depth(value, _DEEPEST)
    return value, end


def read_object(text: str) -> dict[str, Any]:
    """The one object that a text holds, whether or not a comma ends it; raises InvalidArticle."""
    start = _SPACE.match(text).end()  # type: ignore[union-attr]
    value, end = read_value(text, start)
    if end < len(text) and text[end:].strip() not in ("", ","):
        raise InvalidArticle(f"is not JSON: more text follows the value (character {end + 1})")
    return as_object(value)


def as_object(value: Any) -> dict[str, Any]:
    """The value, if it is an object."""
    if type(value) is not dict:
        raise InvalidArticle('is not a JSON object; an article is written {"title": …, "body": …}')
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, _ in pairs if counts[key] > 1)
        raise InvalidArticle(f"has the key {twice[:80]!r} twice")
    return value


def _refused(name: str) -> NoReturn:
    raise InvalidArticle(f"is not JSON: {name} is not a number")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise InvalidArticle(f"holds a number that is too large: {text[:40]}")
    return number


def _check_depth(value: Any, left: int) -> None:
    if not isinstance(value, dict | list):
        return
    if left == 0:
        raise InvalidArticle(f"is nested too deeply; {_DEEPEST} levels are allowed")
    for item in value.values() if isinstance(value, dict) else value:
        _check_depth(item, left - 1)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refused, parse_float=_finite)
