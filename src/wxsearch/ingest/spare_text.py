"""A text that an article has no field for, and might be the body that it lacks."""

import re
from collections.abc import Iterator
from typing import Any

from wxsearch.models import Article

_SENTENCE = re.compile(r"[。！？\n]|[.!?](?:\s|$)")


def spare_text(article: Article) -> str | None:
    """The path of keys in `extra` to the longest text that says more than the title, in sentences."""
    texts = [
        (len(text), path)
        for path, text in _texts(article.extra, "")
        if len(text) > len(article.title) and _SENTENCE.search(text)
    ]
    return max(texts)[1][:80] if texts else None


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """The texts in a JSON value, which is nested no deeper than `json_values.py` allows."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, path)
