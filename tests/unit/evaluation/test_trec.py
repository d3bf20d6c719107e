"""Run files: what is written is read back in its order, by trec_eval's rule too."""

from itertools import pairwise

import numpy as np
import pytest

from wxsearch.errors import InvalidCollection, StartProblem
from wxsearch.evaluation.trec import read_run, write_run


def test_equal_scores_keep_their_order(tmp_path, limits):
    """Printed scores fall strictly, also as 32-bit numbers, so that ties are not broken by ids."""
    file = tmp_path / "run"
    ranking = [("b", 5.12345), ("a", 5.12345), ("d", 5.12345), ("c", 1e-7), ("z", 0.0), ("e", 0.0)]
    write_run(file, {"1": ranking, "2": []})
    rows = [line.split() for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [
        ("1", "Q0", str(rank), "wxsearch") for rank in range(1, 7)
    ]
    scores = [np.float32(row[4]) for row in rows]
    assert all(after < before for before, after in pairwise(scores))
    assert [float(row[4]) for row in rows] == pytest.approx(
        [score for _, score in ranking], rel=1e-6, abs=1e-40
    )
    assert read_run(file, limits) == {"1": [document for document, _ in ranking]}


def test_a_run_is_read_by_its_scores(tmp_path, limits):
    """Neither the order of lines nor ranks count, and equal scores go by id, the last first."""
    file = tmp_path / "run"
    file.write_text("1 Q0 a 1 0.5 x\n1 Q0 b 9 7 x\n2 Q0 a 1 1e3 x\n1\tQ0\tc\t2\t0.5\tx\n", encoding="utf-8")
    assert read_run(file, limits) == {"1": ["b", "c", "a"], "2": ["a"]}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("1 Q0 a 1 0.5", "line 2: has 5 columns"),
        ("1 Q0 a 1 high x", "line 2: the score 'high' is no number"),
        ("1 Q0 a 1 nan x", "line 2: the score 'nan' is no number"),
        ("1 Q0 z 1 1 x", "line 2: document 'z' was there for query '1' already"),
    ],
)
def test_a_wrong_line_of_a_run_is_named(tmp_path, limits, line, what):
    """A run that cannot be read is an error with file and line."""
    file = tmp_path / "run"
    file.write_text(f"1 Q0 z 1 9 x\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidCollection, match=what):
        read_run(file, limits)


def test_a_run_that_cannot_be_written_is_an_error(tmp_path):
    """A folder where the file should be is named."""
    with pytest.raises(StartProblem, match="cannot be written"):
        write_run(tmp_path, {})
