"""Reading the real pages, where WXSEARCH_CORPORA names the folder that holds them."""

import io
import os
import random
from itertools import islice, product
from pathlib import Path

import msgspec
import pytest
import zstandard

from wxsearch.benchmarks.extraction.__main__ import REQUIRED
from wxsearch.benchmarks.extraction.agreement import FIELDS
from wxsearch.benchmarks.extraction.measurement import DOUBTFUL, measure
from wxsearch.benchmarks.extraction.pages import read_pages
from wxsearch.benchmarks.extraction.readers import readers
from wxsearch.ingest import html
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.source import Source
from wxsearch.models import Article
from wxsearch.settings import load_settings

FOLDER = os.environ.get("WXSEARCH_CORPORA")
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(FOLDER is None, reason="WXSEARCH_CORPORA names no folder"),
]
PIECES = (50, 100, 500, 5_000)
DECLARED = (None, "utf-8", "gb2312", "big5")


@pytest.fixture(scope="module")
def pages():
    """The real pages that somebody has read."""
    return read_pages()


def test_no_real_page_is_refused_or_doubted(pages):
    """All of them are articles, and the reader is sure of the text of each."""
    notes = []
    limits = load_settings({}).limits
    for page in pages:
        (article,) = html.read(Source(page.name, iter((page.data,)), limits, notes.append))
        assert isinstance(article, Article), page.name
    assert [note for note in notes if "confidence" in note.text] == []


def test_real_pages_are_read_as_people_do(pages):
    """Each field is right as often as is required, the text of all pages together and of each alone."""
    ((read, version),) = readers(["wxsearch"]).values()
    reading = measure(read, version, pages, rounds=1)
    for field in FIELDS:
        assert (field, reading.share(field)) >= (field, REQUIRED[field]), reading.misses
    assert reading.body >= REQUIRED["body"]
    assert reading.worst_body >= DOUBTFUL


def test_encodings_of_real_news():
    """Of 4,000 pieces, declared rightly, wrongly or not at all, one in a thousand may be misread."""
    drawn = random.Random(7)
    with (Path(FOLDER) / "news-36k.jsonl.zst").open("rb") as packed:
        lines = zstandard.ZstdDecompressor().stream_reader(packed)
        bodies = [
            msgspec.json.decode(line)["body"]
            for line in islice(io.TextIOWrapper(lines, encoding="utf-8"), 0, 35_000, 275)
        ]
    wrong = []
    tried = 0
    for body, size, codec, declared in product(bodies, PIECES, ("gb18030", "big5"), DECLARED):
        start = drawn.randrange(max(1, len(body) - size))
        # Big5 has no simplified characters: what it lacks is left out.
        data = body[start : start + size].encode(codec, "ignore")
        text = data.decode(codec)
        # What is left has to be Chinese for there to be something to recognise it by.
        if sum("\u4e00" <= character <= "\u9fff" for character in text) < size // 2:
            continue
        tried += 1
        if decode(data, declared) != text:
            wrong.append((codec, declared, size))
    assert tried > 2_000
    assert len(wrong) <= tried // 1_000, wrong
