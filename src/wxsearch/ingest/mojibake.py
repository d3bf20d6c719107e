"""Text that was UTF-8, was read as another encoding, and was written as UTF-8 again.

It is put right only where that is certain: nearly all of it must turn into Chinese.
"""

import re
from collections.abc import Callable

from wxsearch.ingest.han_frequency import frequent_share

# What the bytes 80 to 9f are in windows-1252; in latin-1 they stay what they are.
_WESTERN = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_WESTERN_RUN = re.compile("[\u0080-\u00ff" + "".join(map(chr, _WESTERN)) + "]+")
# The first of the three bytes of a Han character, read so.
_WESTERN_LEADS = "ãäåæçèé"
_COMMONEST = "的一是在不了有"
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_LEAST = 20
# Damaged pieces of such a text stay as they are, if they are few.
_MOST_LEFT = 0.1
_STRANGE, _CHINESE = 0.15, 0.35


def unscrambled(text: str) -> str:
    """The text as it was first written, or as it is where nothing speaks for that."""
    western = 3 * sum(map(text.count, _WESTERN_LEADS))
    if western >= _LEAST and western * 2 > len(text) - len(text.encode("ascii", "ignore")):
        return _read_again(text, _WESTERN_RUN, _western_bytes) or text
    # Nearly every page has these; counting them takes no time.
    if sum(map(text.count, _COMMONEST)) >= _LEAST:
        return text
    share, size = frequent_share(text)
    if share < _STRANGE and size >= _LEAST:
        return _read_again(text, _BEYOND, lambda run: run.encode("gb18030")) or text
    return text


def _read_again(text: str, runs: re.Pattern[str], encoded: Callable[[str], bytes]) -> str | None:
    """The text with its runs as UTF-8; None unless nearly all of them are and make Chinese."""
    left = total = 0

    def decoded(run: re.Match[str]) -> str:
        nonlocal left, total
        total += len(run[0])
        try:
            return encoded(run[0]).decode()
        except UnicodeError:
            left += len(run[0])
            return run[0]

    again = runs.sub(decoded, text)
    if left > total * _MOST_LEFT or frequent_share(again)[0] < _CHINESE:
        return None
    return again


def _western_bytes(run: str) -> bytes:
    return run.translate(_WESTERN).encode("latin-1")
