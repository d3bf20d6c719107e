"""The file forms of TREC: judgements (qrels) and runs.

Judgements have four columns: query, a column that is not used, document, label. Runs have
six: query, Q0, document, rank, score, name of the run. White space separates them.
"""

from collections.abc import Mapping, Sequence
from math import isnan
from pathlib import Path

import numpy as np

from wxsearch.errors import InvalidCollection, StartProblem
from wxsearch.evaluation.lines import read_lines, wrong_line
from wxsearch.limits import Limits

Judgements = dict[str, dict[str, int]]
"""Labels by query and document; 0 and less say that the document was judged not to be right."""

Ranking = Sequence[tuple[str, float]]
"""Documents of one query with their scores, best first."""

_LOWEST = np.float32("-inf")


def read_judgements(path: Path, limits: Limits) -> Judgements:
    """The labels of a file; raises InvalidCollection."""
    judgements: Judgements = {}
    for number, line in read_lines(path, limits):
        columns = line.split()
        if len(columns) != 4:
            raise wrong_line(path, number, f"has {len(columns)} columns; query, 0, document, label are 4")
        query_id, _, document, label = columns
        if not (label.removeprefix("-").isdecimal() and label.isascii() and len(label) < 10):
            raise wrong_line(path, number, f"the label {label[:80]!r} is no whole number")
        labels = judgements.setdefault(query_id, {})
        if document in labels:
            raise wrong_line(path, number, f"document {document!r} was judged already for query {query_id!r}")
        labels[document] = int(label)
    if not judgements:
        raise InvalidCollection(f"{path}: holds no judgement")
    return judgements


def read_run(path: Path, limits: Limits) -> dict[str, list[str]]:
    """The documents of each query as trec_eval orders them: by score, equal ones by id, last first."""
    scored: dict[str, dict[str, float]] = {}
    for number, line in read_lines(path, limits):
        columns = line.split()
        if len(columns) != 6:
            what = f"has {len(columns)} columns; query, Q0, document, rank, score, run are 6"
            raise wrong_line(path, number, what)
        query_id, _, document, _, score, _ = columns
        try:
            value = float(score)
        except ValueError:
            value = float("nan")
        if isnan(value):
            raise wrong_line(path, number, f"the score {score[:80]!r} is no number")
        documents = scored.setdefault(query_id, {})
        if document in documents:
            raise wrong_line(path, number, f"document {document!r} was there for query {query_id!r} already")
        documents[document] = value
    return {query_id: _ordered(documents) for query_id, documents in scored.items()}


def _ordered(scored: Mapping[str, float]) -> list[str]:
    return sorted(scored, key=lambda document: (scored[document], document), reverse=True)


def write_run(path: Path, rankings: Mapping[str, Ranking]) -> None:
    """Writes rankings as a run; raises StartProblem where the file cannot be written.

    Printed scores fall from line to line, equal ones by the least step of a 32-bit number,
    which is what trec_eval reads: its own rule for ties can then reorder nothing.
    """
    try:
        with path.open("w", encoding="utf-8") as file:
            for query_id, ranking in rankings.items():
                scores = _falling([score for _, score in ranking])
                for rank, ((document, _), score) in enumerate(zip(ranking, scores, strict=True), 1):
                    file.write(f"{query_id} Q0 {document} {rank} {score} wxsearch\n")
    except OSError as error:
        raise StartProblem(f"{path}: cannot be written ({error.strerror})") from None


def _falling(scores: Sequence[float]) -> list[str]:
    printed: list[str] = []
    last = np.float32("inf")
    for score in scores:
        last = min(np.float32(score), np.nextafter(last, _LOWEST))
        printed.append(f"{last:.9g}")
    return printed
