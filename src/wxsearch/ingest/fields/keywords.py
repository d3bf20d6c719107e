"""Keywords as the head of a page lists them."""

import re

from wxsearch.ingest.fields.evidence import Candidate, Evidence
from wxsearch.ingest.fields.title import title_key, without_kind

_SIGNS = re.compile(r"\s*[,，;；、|｜]\s*")
_MOST = 30
_LONGEST = 30


def choose_keywords(evidence: Evidence, title: str) -> Candidate | None:
    """The first list that has any; the title in their place is none."""
    key = title_key(title)
    for row in evidence.of("keywords"):
        text = row.value[: _MOST * _LONGEST]
        words = _SIGNS.split(text)
        if len(words) == 1:
            words = text.split()
        kept = [word for word in dict.fromkeys(map(str.strip, words)) if 0 < len(word) <= _LONGEST]
        is_title = len(kept) == 1 and title_key(kept[0]) == key
        if kept and not is_title and without_kind(text) == text:
            return row._replace(value=kept[:_MOST])
    return None
