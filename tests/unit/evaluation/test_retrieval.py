"""Collections are indexed and asked: plain text, no limits, and no index left behind or made twice."""

import tempfile
from contextlib import closing
from itertools import count

import pytest
from msgspec.structs import replace

from wxsearch.analysis.fold import fold
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import InvalidCollection
from wxsearch.evaluation.ablation import AS_IT_IS, VARIANTS, ablate
from wxsearch.evaluation.collection import read_collection
from wxsearch.evaluation.comparison import compare
from wxsearch.evaluation.plain_text import plain_text
from wxsearch.evaluation.report import make_report
from wxsearch.evaluation.retrieval import indexed, retrieve
from wxsearch.query.parser import parse
from wxsearch.query.tree import Leaf, Optional, Or, Synonyms, Unranked, each_leaf


def quiet(*_):
    """Hears of progress."""


@pytest.fixture
def asked(write_collection, settings):
    """What a collection with such queries retrieves."""

    def ask(*queries, **others):
        collection = read_collection(write_collection(queries_tsv=list(queries), **others), settings.limits)
        with indexed(collection.documents, settings, None, quiet) as index:
            return retrieve(index.directory, collection.queries, settings, quiet)

    return ask


@pytest.mark.parametrize(
    "text",
    [
        "-铁路 班列",
        "NOT 铁路",
        "港口 OR NOT 铁路 AND",
        "“孤立事件”却仍引(担忧)",
        'title:港口 "铁路 货运',
        "date:2021..2022 after:2021 标题：港口",
        "港* source:互联网",
        "COVID-19 10:30",
    ],
)
def test_a_query_is_plain_text(text, limits, vocabulary):
    """Its words are asked for, as they are written, any of them; nothing is taken away or a string."""
    assert fold(plain_text(text)) == fold(text)
    without_variants = vocabulary.limited_to(())
    root = parse(plain_text(text), limits, without_variants, match_any=True).root
    choices = root.children if isinstance(root, Or) else (root,)
    assert all(isinstance(choice, Leaf | Synonyms | Optional | Unranked) for choice in choices)
    asked = [choice.child if isinstance(choice, Optional | Unranked) else choice for choice in choices]
    assert not any(leaf.quoted for each in asked for leaf in each_leaf(each))


def test_signs_lose_no_query(asked):
    """A leading minus takes nothing away, text that is only signs finds nothing, and so does none."""
    found = asked("1\t-铁路", "2\t？！", "3\t", "4\tNOT 港口").ranked()
    assert [set(found[query]) for query in "1234"] == [{"b", "c"}, set(), set(), {"a", "c"}]


def test_no_limit_of_a_service_cuts_a_query(write_collection, settings):
    """A long query, and settings for small pages and little time, change no ranking."""
    small = replace(
        settings,
        limits=replace(
            settings.limits, query_characters=1, query_leaves=1, page_size=1, window=1, search_milliseconds=1
        ),
    )
    folder = write_collection(queries_tsv=["1\t" + "港口与铁路联运，" * 500])
    collection = read_collection(folder, small.limits)
    with indexed(collection.documents, small, None, quiet) as index:
        assert retrieve(index.directory, collection.queries, small, quiet).ranked()["1"][0] == "c"


def test_no_deadline_of_a_service_cuts_a_search(write_collection, settings, monkeypatch):
    """A word that has to be looked for in texts is found, be it after an hour."""
    clock = count(step=3600)
    monkeypatch.setattr("wxsearch.search.deadline.monotonic", lambda: next(clock))
    texts = [{"id": "a", "text": "中华人民共和国"}, {"id": "b", "text": "中华人民与人民共和国"}]
    folder = write_collection(docs_jsonl=texts, queries_tsv=["1\t中华人民共和国"])
    collection = read_collection(folder, settings.limits)
    with indexed(collection.documents, settings, None, quiet) as index:
        assert retrieve(index.directory, collection.queries, settings, quiet).ranked() == {"1": ["a"]}
    assert next(clock) > 7200


def test_a_temporary_index_is_gone_afterwards(write_collection, settings, tmp_path, monkeypatch):
    """It lies in a folder that only its owner can open, and is removed also after an error."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = write_collection()
    with indexed(folder / "docs.jsonl", settings, None, quiet) as index:
        assert index.directory.parent.parent == tmp_path
        assert index.directory.parent.stat().st_mode & 0o077 == 0
    write_collection(docs_jsonl=["broken"])
    with pytest.raises(InvalidCollection), indexed(folder / "docs.jsonl", settings, None, quiet):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["few"]


def test_a_kept_index_is_used_for_the_same_documents(write_collection, settings, tmp_path):
    """It is made once, beside it for other documents, and again where it is damaged or empty."""
    kept = tmp_path / "kept"

    def made(folder):
        with indexed(folder / "docs.jsonl", settings, kept, quiet) as index:
            return index.directory, index.seconds is not None

    folder = write_collection()
    (first, made_first), (second, made_second) = made(folder), made(folder)
    assert (first, made_first, made_second) == (second, True, False)
    write_collection(docs_jsonl=[{"id": "z", "text": "航空"}])
    other, made_other = made(folder)
    assert made_other
    assert other != first
    for manifest in other.glob("manifest-*"):
        manifest.write_bytes(b"damaged")
    assert made(folder) == (other, True)
    with closing(EmbeddedEngine(other, settings)) as engine:
        engine.index([], rebuild=True)
    assert made(folder) == (other, True)
    assert EmbeddedEngine(other, settings).get("z").body == "航空"


def test_documents_that_fail_leave_no_index_to_use(write_collection, settings, tmp_path):
    """After an error in the documents the next run indexes from the beginning."""
    folder = write_collection(docs_jsonl=[{"id": "a", "text": "x"}, "broken"])
    for _ in range(2):
        with (
            pytest.raises(InvalidCollection, match="line 2"),
            indexed(folder / "docs.jsonl", settings, tmp_path / "kept", quiet),
        ):
            pass


def test_a_report_says_what_was_left_out(write_collection, settings):
    """Queries without judgements are named and not in the means; one without hits counts 0."""
    folder = write_collection(
        queries_tsv=["1\t港口 吞吐量", "2\t航空", "3\t铁路", "4\t"],
        qrels_txt=["1 0 a 1", "2 0 b 1", "9 0 a 1"],
    )
    (folder / "qrels-only.txt").write_text("1 0 a 1\n", encoding="utf-8")
    collection = read_collection(folder, settings.limits)
    with indexed(collection.documents, settings, None, quiet) as index:
        report = make_report(
            collection, retrieve(index.directory, collection.queries, settings, quiet), index.seconds
        )
    assert (report.documents, report.queries, report.judged) == (4, 4, 2)
    assert report.measures["nDCG@10"].mean == 0.5
    assert report.others["qrels-only"].measures["nDCG@10"].mean == 1.0
    assert [note.partition(" of ")[0] + note.rpartition(":")[2] for note in report.notes] == [
        "2 3, 4",
        "1 9",
        "1 4",
    ]


def test_a_comparison_counts_queries(write_collection, limits):
    """Better, worse and equal are told by query, and the mean is that of the differences."""
    collection = read_collection(write_collection(), limits)
    changes = compare(
        collection, {"1": ["a", "c"], "2": ["x", "b"]}, {"1": ["c"], "2": ["b"]}, "old"
    ).measures
    recall, reciprocal = changes["R@100"], changes["MRR@10"]
    assert (recall.better, recall.worse, recall.equal, recall.mean) == (1, 0, 1, 0.25)
    assert (reciprocal.better, reciprocal.worse, reciprocal.equal, reciprocal.mean) == (0, 1, 1, -0.25)
    assert reciprocal.low == -0.5
    assert reciprocal.high == 0.0


def test_an_ablation_compares_each_variant(write_collection, settings):
    """All variants are settings that exist, asked of one index and compared with the product as it is."""
    collection = read_collection(write_collection(), settings.limits)
    reports = dict(ablate(collection, {}, None, quiet))
    assert list(reports) == [AS_IT_IS, *VARIANTS]
    assert {report.against.run for name, report in reports.items() if name != AS_IT_IS} == {AS_IT_IS}
    assert [report.index_seconds is None for report in reports.values()] == [False] + [True] * len(VARIANTS)
