"""Characters that no index, hash or JSON document can hold."""

import re
from typing import Any

_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def replace_unstorable(value: Any) -> tuple[Any, int]:
    """NUL and lone surrogates as U+FFFD in a text or in all texts of a JSON value.

    Returns the value and how many characters were replaced.
    """
    if isinstance(value, str):
        return (value, 0) if _is_storable(value) else _UNSTORABLE.subn(REPLACEMENT, value)
    if isinstance(value, list):
        items = [replace_unstorable(item) for item in value]
        return [item for item, _ in items], sum(count for _, count in items)
    if isinstance(value, dict):
        pairs = [(replace_unstorable(key), replace_unstorable(item)) for key, item in value.items()]
        count = sum(key[1] + item[1] for key, item in pairs)
        return {key[0]: item[0] for key, item in pairs}, count
    return value, 0


def _is_storable(text: str) -> bool:
    """Whether a text has neither NUL nor lone surrogates; many times faster than the pattern."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def replaced_note(count: int) -> str:
    """What is said to the user about replaced characters."""
    return f"{count} characters that cannot be stored (NUL, lone surrogates) were replaced by U+FFFD"
