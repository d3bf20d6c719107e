"""What Baidu asks news sites to mark, mostly unseen: pubtime_baidu, source_baidu, author_baidu."""

import re

from selectolax.lexbor import LexborHTMLParser

from wxsearch.ingest.fields.evidence import Evidence
from wxsearch.ingest.rendering import short_text

_LABEL = re.compile(r"^\s*[一-鿿]{1,6}\s*[:：]\s*")
_FIELDS = (
    ("pubtime_baidu", "published", 0.85),
    ("source_baidu", "source", 0.75),
    ("author_baidu", "author", 0.7),
)
_LONGEST = 60


def gather(tree: LexborHTMLParser, evidence: Evidence) -> None:
    """Notes what the elements of these names hold, without the labels in front."""
    for name, field, confidence in _FIELDS:
        if (node := tree.css_first(f"#{name}, .{name}")) is not None:
            evidence.add(field, _LABEL.sub("", short_text(node, _LONGEST)), name, confidence)
