"""Lists of labels that exports write as one text: the path of a category, keywords."""

import re

_PATH = re.compile(r"[>»›→＞|/\\]")
_KEYWORDS = re.compile(r"[,，;；、|]")


def split_path(text: str, separator: str = "") -> list[str]:
    """The labels of a path, outermost first; parted by `separator`, else by any usual sign."""
    return _split(text, separator, _PATH)


def split_keywords(text: str, separator: str = "") -> list[str]:
    """The words of a list; parted by `separator`, else by any usual sign, else by blanks."""
    words = _split(text, separator, _KEYWORDS)
    # Blanks part Chinese words, but not those of names in letters.
    return text.split() if len(words) == 1 and not separator and not text.isascii() else words


def _split(text: str, separator: str, usual: re.Pattern[str]) -> list[str]:
    parts = text.split(separator) if separator else usual.split(text)
    return [part.strip() for part in parts if part.strip()]
