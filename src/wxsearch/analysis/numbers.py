"""Numbers with a sign inside: 5.3, 1,000,000 and 9·11 are one word of a query, not several.

Dates (2021.10.19) and addresses (192.168.1.1) are none: texts write them in other ways, too.
"""

import re

from wxsearch.analysis.fold import SEPARATOR, fold

# As they are typed, and what is kept of them.
_SIGNS = {".": ".", "．": ".", ",": ",", "，": ",", "·": "·", "・": "·"}
_SIGN = f"[{''.join(_SIGNS)}]"
_DIGIT = "[0-9０-９]"
_NUMBER = re.compile(
    rf"(?<!{_DIGIT})(?<!{_DIGIT}{_SIGN})"
    rf"(?:{_DIGIT}{{1,3}}(?:[,，]{_DIGIT}{{3}})++(?:[.．]{_DIGIT}++)?+|{_DIGIT}++[.．·・]{_DIGIT}++)"
    rf"(?!{_DIGIT}|{_SIGN}{_DIGIT})"
)
_SIGNS_KEPT = re.compile("[.,·]")


def fold_with_numbers(text: str) -> str:
    """The folded text, in which a sign inside a number is `.`, `,` or `·` and no separator."""
    # Few queries have such a number, and each of their stretches is asked several times.
    if _NUMBER.search(text) is None:
        return fold(text)
    pieces: list[str] = []
    begin = 0
    for number in _NUMBER.finditer(text):
        for place in range(*number.span()):
            if (sign := _SIGNS.get(text[place])) is not None:
                # A piece ends and the next begins with a digit, so that folding drops nothing between.
                pieces += [fold(text[begin:place]), sign]
                begin = place + 1
    return "".join([*pieces, fold(text[begin:])])


def has_sign(text: str) -> bool:
    """Whether a text of fold_with_numbers has a sign inside a number, and so is not folded as a whole."""
    return "." in text or "," in text or "·" in text


def without_signs(text: str) -> tuple[str, list[tuple[int, str]]]:
    """A text of fold_with_numbers as if numbers had no signs, and each sign with its place in that."""
    if not has_sign(text):
        return text, []
    signs = [
        (match.start() - number, match.group()) for number, match in enumerate(_SIGNS_KEPT.finditer(text))
    ]
    return _SIGNS_KEPT.sub("", text), signs


def with_signs(word: str) -> str:
    """A folded word as it may be typed: a number has one point, or several commas."""
    return word.replace(SEPARATOR, "." if word.count(SEPARATOR) == 1 else ",")
