"""Whoosh's own writers are refused, and nothing changes."""

import pytest
from whoosh.fields import STORED
from whoosh.query import Every
from whoosh.reading import SegmentReader
from whoosh.writing import AsyncWriter, BufferedWriter, IndexingError

from wxsearch.errors import IndexProblem

ATTEMPTS = {
    "writer": lambda index: index.writer(),
    "several processes": lambda index: index.writer(procs=2),
    "optimize": lambda index: index.optimize(),
    "delete": lambda index: index.delete_by_term("id", "a"),
    "delete by query": lambda index: index.delete_by_query(Every()),
    "field": lambda index: index.add_field("more", STORED()),
    "later": AsyncWriter,
    "buffered": BufferedWriter,
    "codec": lambda index: index.writer(codec=index.reader().codec()),
    "document": lambda index: index.reader().segment().delete_document(0),
}


def content(directory):
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.name != "MAIN_WRITELOCK"}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_writing_is_refused(engine, index, attempt):
    """Each way to write ends in an error that says who writes, and leaves every file as it was."""
    before = content(engine.directory)
    with pytest.raises(IndexProblem, match="use `wxsearch index`") as refusal:
        ATTEMPTS[attempt](index)
    assert isinstance(refusal.value, IndexingError)
    assert content(engine.directory) == before


def test_an_empty_index_refuses_too(engine, index):
    """Nor is an index written to that has no articles."""
    engine.index([], rebuild=True)
    before = content(engine.directory)
    with pytest.raises(IndexProblem, match="use `wxsearch index`"):
        index.writer()
    assert content(engine.directory) == before


def test_the_lock_of_whoosh_does_no_harm(engine, index, make_article):
    """What a refused writer leaves, its lock file, is neither in the way nor taken for a stranger."""
    with pytest.raises(IndexProblem):
        index.writer()
    assert (engine.directory / "MAIN_WRITELOCK").exists()
    engine.index([make_article("d", "新")])
    assert engine.check(full=True).state == "sound"
    with index.searcher() as searcher:
        assert searcher.doc_count() == 3
        assert isinstance(searcher.reader(), SegmentReader)
