"""The names of members: decoded, and safe to show. Nothing is ever written under them."""

import re

from wxsearch.ingest.characters import REPLACEMENT

# Control characters, and those that turn the direction of what is printed after them.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MOST_CHARACTERS = 255


def decoded_name(data: bytes) -> str:
    """A name as text: UTF-8, else GB18030 as Chinese Windows writes it, else what zip was made with."""
    for codec in ("utf-8", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode("cp437")


def shown_name(name: str) -> str:
    """The name as it is printed; the end of a long one, which tells its kind, is kept."""
    safe = _UNSAFE.sub(REPLACEMENT, name).lstrip("/")
    return safe if len(safe) <= _MOST_CHARACTERS else "…" + safe[-_MOST_CHARACTERS + 1 :]
