"""The measures are those of trec_eval, and intervals hold what they say."""

import random

import numpy as np
import pytest
import pytrec_eval

from wxsearch.evaluation.bootstrap import figures
from wxsearch.evaluation.measures import MEASURES, measured
from wxsearch.evaluation.trec import read_judgements, read_run, write_run

NAMES = {"nDCG@10": "ndcg_cut_10", "R@100": "recall_100", "P@10": "P_10"}


def test_worked_by_hand():
    """Labels 3 and 1, found second and fourth: figures that can be followed on paper."""
    (row,) = measured({"q": ["x", "a", "y", "b"]}, {"q": {"a": 3, "b": 1, "c": 0, "d": -1}}, ["q"])
    ideal = 3 + 1 / np.log2(3)
    assert dict(zip(MEASURES, row, strict=True)) == pytest.approx(
        {"nDCG@10": (3 / np.log2(3) + 1 / np.log2(5)) / ideal, "MRR@10": 1 / 2, "R@100": 1.0, "P@10": 0.2}
    )


@pytest.mark.parametrize(
    ("ranking", "labels", "row"),
    [
        ([], {"a": 1}, (0, 0, 0, 0)),
        (["a"], {"a": 0}, (0, 0, 0, 0)),
        (["a"], {"a": 1}, (1, 1, 1, 0.1)),
        ([*"xxxxxxxxxx", "a"], {"a": 1}, (0, 0, 1, 0)),
        ([*"x" * 100, "a"], {"a": 1}, (0, 0, 0, 0)),
    ],
)
def test_edges(ranking, labels, row):
    """No hits, nothing right, one place, the first place below the tenth and below the hundredth."""
    assert tuple(measured({"q": ranking}, {"q": labels}, ["q"])[0]) == row


def test_trec_eval_measures_the_same(tmp_path, limits):
    """Drawn runs with many ties, written and read as files, have the figures of trec_eval."""
    chance = random.Random(7)
    documents = [f"d{number}" for number in range(300)]
    rankings, judgements = {}, {}
    for query in map(str, range(200)):
        scores = sorted(
            (float(f"{chance.choice((3, 40)) * chance.random():.2g}") for _ in range(100)), reverse=True
        )
        rankings[query] = list(zip(chance.sample(documents, 100), scores, strict=True))
        judged = chance.sample(documents, chance.randint(1, 120))
        judgements[query] = {document: chance.choice((-1, 0, 0, 1, 1, 2, 3)) for document in judged}
    run, qrels = tmp_path / "run", tmp_path / "qrels"
    write_run(run, rankings)
    qrels.write_text(
        "".join(f"{q} 0 {d} {label}\n" for q, labels in judgements.items() for d, label in labels.items())
    )
    with run.open() as lines, qrels.open() as labels:
        evaluator = pytrec_eval.RelevanceEvaluator(
            pytrec_eval.parse_qrel(labels), {"ndcg_cut", "recall", "P", "recip_rank"}
        )
        expected = evaluator.evaluate(pytrec_eval.parse_run(lines))
    queries = list(judgements)
    values = measured(read_run(run, limits), read_judgements(qrels, limits), queries)
    for query, row in zip(queries, values, strict=True):
        mine = dict(zip(MEASURES, row, strict=True))
        theirs = {name: expected[query][their] for name, their in NAMES.items()}
        reciprocal = expected[query]["recip_rank"]
        theirs["MRR@10"] = reciprocal if reciprocal >= 0.1 else 0.0
        assert mine == pytest.approx(theirs)


def test_an_interval_is_that_of_the_mean():
    """It lies about the mean, about 1.96 standard errors to each side, the same each time."""
    values = np.random.default_rng(1).random((400, 2))
    first, second = figures(values)
    assert figures(values) == [first, second]
    for figure, column in zip((first, second), values.T, strict=True):
        error = column.std() / np.sqrt(len(column))
        assert figure.mean == pytest.approx(column.mean(), abs=1e-6)
        assert figure.mean - figure.low == pytest.approx(1.96 * error, rel=0.05)
        assert figure.high - figure.mean == pytest.approx(1.96 * error, rel=0.05)


def test_one_query_has_an_interval_without_width():
    """With a single query there is nothing else to draw."""
    (figure,) = figures(np.array([[0.25]]))
    assert (figure.mean, figure.low, figure.high) == (0.25, 0.25, 0.25)
