"""The id of an article that brings none: the same in every run and on every machine."""

import hashlib

from wxsearch.addresses import canonical


def derived_id(url: str | None, title: str, published: str | None, body: str) -> str:
    """20 hexadecimal digits from the url in any spelling, else title and time, else these and the body."""
    parts: tuple[str, ...]
    if url:
        parts = ("url", canonical(url))
    elif title and published:
        parts = ("title", title, published)
    else:
        parts = ("body", title, published or "", body)
    # NUL cannot stand in a part (it was replaced before), so no two lists of parts join to the same text.
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=10).hexdigest()
