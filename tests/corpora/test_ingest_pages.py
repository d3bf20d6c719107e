"""Reading the real pages, where WXSEARCH_CORPORA names the folder that holds them."""

import io
import json
import os
import tarfile
from collections import Counter
from pathlib import Path

import pytest
import zstandard

from wxsearch.ingest.intake import read_articles
from wxsearch.models import Article
from wxsearch.settings import load_settings

FOLDER = os.environ.get("WXSEARCH_CORPORA")
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(FOLDER is None, reason="WXSEARCH_CORPORA names no folder"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The folder of the unpacked pages."""
    folder = tmp_path_factory.mktemp("pages")
    packed = (Path(FOLDER or "") / "pages.tar.zst").read_bytes()
    stream = io.BytesIO(zstandard.ZstdDecompressor().stream_reader(packed).read())
    with tarfile.open(fileobj=stream) as tar:
        tar.extractall(folder, filter="data")
    return folder / "pages"


def agreement(text, expected):
    """The F1 of the characters of two texts, blanks apart."""
    left, right = (Counter("".join(each.split())) for each in (text, expected))
    return 2 * sum((left & right).values()) / max(1, sum(left.values()) + sum(right.values()))


def test_no_real_page_is_refused_or_doubted(pages):
    """All of them are articles, and the reader is sure of the text of each."""
    notes = []
    items = list(read_articles([str(pages)], load_settings({}).limits, on_note=notes.append))
    items = [item for item in items if isinstance(item, Article) or item.path.endswith("html")]
    assert [item for item in items if not isinstance(item, Article)] == []
    assert [note for note in notes if "confidence" in note.text] == []


def test_the_bodies_of_real_pages(pages):
    """Where the text is known, the mean F1 of characters is 0.97 and more, and none is below 0.8."""
    expected = [
        json.loads(line)
        for line in (pages / "cctv" / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found = []
    for known in expected:
        (article,) = read_articles([str(pages / "cctv" / known["file"])], load_settings({}).limits)
        found.append(agreement(article.body, known["body"]))
    assert sum(found) / len(found) >= 0.97
    assert min(found) >= 0.8
