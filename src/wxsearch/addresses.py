"""Which addresses of articles are of the web: the one rule for what a link may lead to."""

import re

# A host has to follow, and control characters, which browsers drop, may hide nothing.
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f/\\?#][^\x00-\x1f\x7f]*", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Whether a link may lead there; javascript: and data: must never reach a page."""
    return _WEB_ADDRESS.fullmatch(text) is not None
