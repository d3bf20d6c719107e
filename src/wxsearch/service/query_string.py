"""Query strings read strictly: what is not UTF-8 or no escape is refused, never guessed at."""

import re
from urllib.parse import unquote_to_bytes

from wxsearch.errors import InvalidRequest, Problem

_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def read_parameters(query_string: str) -> dict[str, list[str]]:
    """Parameters and their values in the order sent, from a WSGI QUERY_STRING.

    Blank values are kept, repeated names gather their values, commas split nothing.
    Raises InvalidRequest naming each parameter that cannot be decoded.
    """
    parameters: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for part in filter(None, query_string.split("&")):
        raw_name, _, raw_value = part.partition("=")
        name = "query string"
        try:
            name = _decoded(raw_name)
            parameters.setdefault(name, []).append(_decoded(raw_value))
        except ValueError as error:
            problems.append(Problem(name, str(error)))
    if problems:
        raise InvalidRequest(f"{problems[0].field}: {problems[0].detail}", tuple(problems))
    return parameters


def _decoded(raw: str) -> str:
    if _BROKEN_ESCAPE.search(raw):
        raise ValueError("holds a % that begins no escape; write %25 for the sign itself")
    try:
        # WSGI hands over bytes as latin-1; a client may have left UTF-8 bytes unescaped.
        return unquote_to_bytes(raw.replace("+", " ").encode("latin-1")).decode("utf-8")
    except UnicodeError:
        raise ValueError("is not UTF-8; escape the UTF-8 bytes of the text as %E4%B8%AD") from None
