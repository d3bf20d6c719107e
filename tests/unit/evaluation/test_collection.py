"""Reading collections: what is there, and the line that is wrong."""

import gzip
import re

import pytest
import zstandard

from wxsearch.errors import InvalidCollection
from wxsearch.evaluation.collection import read_collection
from wxsearch.evaluation.documents import find_documents, fingerprint, read_documents, total_size


def documents_of(folder, limits):
    return list(read_documents(find_documents(folder), limits))


def test_a_collection_is_read(write_collection, limits):
    """Documents have title and text alone, queries their text, judgements their labels."""
    folder = write_collection()
    collection = read_collection(folder, limits)
    assert collection.name == "few"
    assert collection.queries == {"1": "港口 吞吐量", "2": "-铁路 班列", "3": "航空"}
    assert collection.judgements == {"1": {"a": 2, "c": 1}, "2": {"b": 1, "a": 0}}
    assert collection.judged() == ["1", "2"]
    first, second, _, empty = documents_of(folder, limits)
    assert (first.id, first.title, first.body, first.extra) == ("a", "港口", "港口吞吐量创新高", {})
    assert (second.title, empty.title, empty.body) == ("", "", "")


def test_files_may_be_packed_and_from_windows(write_collection, limits):
    """docs.jsonl.zst is read as docs.jsonl, and a byte order mark and carriage returns say nothing."""
    folder = write_collection(queries_tsv=["\ufeff1\t港口\r", "\r", "2\t铁路\t班列\r"])
    expected = documents_of(folder, limits)
    (folder / "docs.jsonl.zst").write_bytes(zstandard.compress((folder / "docs.jsonl").read_bytes()))
    (folder / "docs.jsonl").unlink()
    assert documents_of(folder, limits) == expected
    assert read_collection(folder, limits).queries == {"1": "港口", "2": "铁路\t班列"}


def test_further_judgements_are_named_by_their_file(write_collection, limits):
    """qrels-….txt are other judgements of the same queries."""
    folder = write_collection()
    (folder / "qrels-dup.txt").write_text("3 0 a 1\n", encoding="utf-8")
    assert read_collection(folder, limits).others == {"qrels-dup": {"3": {"a": 1}}}


def test_documents_may_be_articles(write_collection, root, limits):
    """A folder `docs` holds what `wxsearch index` reads, with the ids that it makes."""
    folder = write_collection()
    (folder / "docs.jsonl").unlink()
    (folder / "docs").symlink_to(root / "sample")
    documents = documents_of(folder, limits)
    assert len(documents) == 76
    assert all(article.title and article.body for article in documents)
    assert total_size(folder / "docs") > 100_000


@pytest.mark.parametrize(
    ("file", "lines", "place"),
    [
        ("docs_jsonl", [{"id": "a", "text": "x"}, '{"id": "b"'], "docs.jsonl, line 2: is not JSON"),
        ("docs_jsonl", [{"text": "x"}], "docs.jsonl, line 1: has no id"),
        ("docs_jsonl", [{"id": "a b", "text": "x"}], "line 1: the id 'a b' has white space"),
        ("docs_jsonl", [{"id": "a", "text": 5}], "line 1: text must be text"),
        (
            "docs_jsonl",
            [{"id": "a", "text": ""}, "", {"id": "a", "text": "x"}],
            r"line 3: the id 'a' .* line 1",
        ),
        ("queries_tsv", ["1\tx", "2 x"], "queries.tsv, line 2: is not a query id"),
        ("queries_tsv", ["\tx"], "line 1: the query id '' is empty"),
        ("queries_tsv", ["1 2\tx"], "line 1: the query id '1 2'"),
        ("queries_tsv", ["1\tx", "1\ty"], "line 2: the query id '1' was there already"),
        ("queries_tsv", [""], "queries.tsv: holds no query"),
        ("qrels_txt", ["1 0 a 1", "", "1 0 b"], "qrels.txt, line 3: has 3 columns"),
        ("qrels_txt", ["1 0 a 0.5"], "line 1: the label '0.5' is no whole number"),
        ("qrels_txt", ["1 0 a ²"], "line 1: the label '²' is no whole number"),
        ("qrels_txt", ["1 0 a 1", "1 0 a 2"], "line 2: document 'a' was judged already"),
        ("qrels_txt", [], "qrels.txt: holds no judgement"),
        ("qrels_txt", ["9 0 a 1"], "qrels.txt judges none of the queries"),
    ],
)
def test_a_wrong_line_is_named(write_collection, limits, file, lines, place):
    """What cannot be read is an error with the file and the line."""
    folder = write_collection(**{file: lines})
    with pytest.raises(InvalidCollection, match=place):
        documents_of(folder, limits) and read_collection(folder, limits)


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("queries.tsv", "1\t港口".encode("gb18030"), "queries.tsv, line 1: is not UTF-8"),
        (
            "qrels.txt",
            gzip.compress(b"1 0 a 1\n", mtime=0)[:-9],
            "qrels.txt, after line [01]: the gzip data end too early",
        ),
        ("docs.jsonl.zst", b"", "there is docs.jsonl and docs.jsonl.zst"),
    ],
)
def test_a_wrong_file_is_named(write_collection, limits, name, content, place):
    """Other encodings, packed files that are cut off and two sets of documents are errors."""
    folder = write_collection()
    (folder / name).write_bytes(content)
    with pytest.raises(InvalidCollection, match=place):
        read_collection(folder, limits)


@pytest.mark.parametrize("name", ["docs.jsonl", "queries.tsv", "qrels.txt", ""])
def test_what_is_absent_is_named(write_collection, limits, name):
    """A folder that lacks one of the three files, or is none, is no collection."""
    folder = write_collection()
    if name:
        (folder / name).unlink()
    else:
        folder /= "nowhere"
    with pytest.raises(InvalidCollection, match=re.escape(name or "nowhere")):
        read_collection(folder, limits)


def test_an_article_that_is_rejected_is_an_error(write_collection, limits):
    """Of a folder of articles none may be missing."""
    folder = write_collection()
    (folder / "docs.jsonl").unlink()
    (folder / "docs").mkdir()
    (folder / "docs" / "one.jsonl").write_text('{"title": "x"}\n{"title": 5}\n', encoding="utf-8")
    with pytest.raises(InvalidCollection, match=r"one.jsonl, line 2: title must be text"):
        documents_of(folder, limits)


def test_the_fingerprint_is_that_of_the_documents(write_collection):
    """It changes with a byte of them, and with the name of a file, and with nothing else."""
    folder = write_collection()
    before = fingerprint(folder / "docs.jsonl")
    write_collection(queries_tsv=["1\tx"])
    assert fingerprint(folder / "docs.jsonl") == before
    write_collection(docs_jsonl=[{"id": "a", "text": "y"}])
    assert fingerprint(folder / "docs.jsonl") != before
    (folder / "docs").mkdir()
    one = folder / "docs" / "one.jsonl"
    one.write_text('{"title": "x"}', encoding="utf-8")
    named = fingerprint(folder / "docs")
    one.rename(folder / "docs" / "two.jsonl")
    assert fingerprint(folder / "docs") != named
