"""The ranking gets no worse: figures of collections against those that were accepted.

`make relevance ACCEPT=1` raises what is accepted to what is reached, and lowers nothing.
"""

import json
import os
from pathlib import Path

import pytest

from support.accepted_figures import MEASURES, AcceptedFigures
from wxsearch.evaluation.collection import read_collection
from wxsearch.evaluation.documents import read_documents
from wxsearch.evaluation.report import make_report
from wxsearch.evaluation.retrieval import indexed, retrieve

HERE = Path(__file__).parent
SETS = ("crud-news", "rgb-zh", "drcd", "cmrc2018", "xquad-zh")
ACCEPTING = os.environ.get("TESTS_ACCEPT_FIGURES") == "1"


@pytest.fixture
def hold(settings, request):
    """Evaluates a set, and fails where a figure has fallen below the accepted one."""
    accepted = AcceptedFigures(HERE / "accepted.json")

    def check(folder):
        collection = read_collection(folder, settings.limits)
        with indexed(collection.documents, settings, None, lambda *_: None) as index:
            retrieved = retrieve(index.directory, collection.queries, settings, lambda *_: None)
        report = make_report(collection, retrieved, index.seconds)
        figures = {measure: report.measures[measure].mean for measure in MEASURES}
        reached = ", ".join(f"{measure} {figure:.4f}" for measure, figure in figures.items())
        if risen := accepted.risen(collection.name, figures):
            what = "raised" if ACCEPTING else "could be raised: make relevance ACCEPT=1"
            reached += f"; {', '.join(risen)} {what}"
        request.node.user_properties.append(("tally", reached))
        assert accepted.fallen(collection.name, figures) == {}
        if ACCEPTING:
            accepted.accept(collection.name, figures)

    return check


def test_the_bundled_set(hold):
    """Queries over the sample articles are answered as well as they ever were."""
    hold(HERE / "sample")


@pytest.mark.corpora
@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", SETS)
def test_a_set_of_others(corpora, hold, name):
    """Collections that others made are answered as well as they ever were."""
    hold(corpora / "relevance" / name)


def test_the_bundled_set_is_large_and_varied(settings):
    """There are 60 queries of eight kinds or more, labels from 0 to 3, and typing errors apart."""
    collection = read_collection(HERE / "sample", settings.limits)
    judged = collection.judged()
    labels = [label for each in collection.judgements.values() for label in each.values()]
    assert len(judged) >= 60
    assert len({query_id.partition("-")[0] for query_id in judged}) >= 8
    assert set(labels) == {0, 1, 2, 3}
    assert all(max(collection.judgements[query_id].values()) >= 2 for query_id in judged)
    assert set(collection.others) == {"qrels-typos"}
    assert set(judged).isdisjoint(collection.others["qrels-typos"])


def test_judgements_name_articles_that_are_there(settings):
    """Every judged id is that of a sample article, and most articles are right for some query."""
    ids = {article.id for article in read_documents(HERE / "sample" / "docs", settings.limits)}
    collection = read_collection(HERE / "sample", settings.limits)
    judged = [
        (document, label)
        for judgements in (collection.judgements, *collection.others.values())
        for labels in judgements.values()
        for document, label in labels.items()
    ]
    assert {document for document, _ in judged} <= ids
    right = {document for document, label in judged if label > 0}
    assert len(right) >= len(ids) * 3 / 4


def test_accepted_figures_only_go_up(tmp_path):
    """A figure that fell by more than 0.002 is named, one that rose can be accepted, none is lowered."""
    file = tmp_path / "accepted.json"
    file.write_text(json.dumps({"a": {"nDCG@10": 0.5, "MRR@10": 0.6}}), encoding="utf-8")
    accepted = AcceptedFigures(file)
    assert accepted.fallen("a", {"nDCG@10": 0.4981, "MRR@10": 0.7}) == {}
    assert accepted.fallen("a", {"nDCG@10": 0.4979, "MRR@10": 0.7}) == {"nDCG@10": (0.4979, 0.5)}
    assert accepted.fallen("a", {"nDCG@10": 0.5}) == {"MRR@10": (None, 0.6)}
    assert accepted.risen("a", {"nDCG@10": 0.5019, "MRR@10": 0.7}) == {"MRR@10": 0.7}
    accepted.accept("a", {"nDCG@10": 0.4981, "MRR@10": 0.7})
    assert accepted.of("a") == {"nDCG@10": 0.5, "MRR@10": 0.7}
    assert accepted.risen("b", {"nDCG@10": 0.1}) == {"nDCG@10": 0.1}
    accepted.accept("b", {"nDCG@10": 0.1})
    assert accepted.fallen("b", {"nDCG@10": 0.05}) == {"nDCG@10": (0.05, 0.1)}
