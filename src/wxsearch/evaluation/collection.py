"""A collection: documents, queries, and judgements that say which document answers which query.

In its folder are the documents (documents.py); queries.tsv, a query id, TAB and the query a
line; qrels.txt, the judgements (trec.py); and maybe qrels-….txt, other judgements of the
same queries, which are measured too.
"""

from pathlib import Path

from msgspec import Struct

from wxsearch.errors import InvalidCollection
from wxsearch.evaluation.documents import find_documents
from wxsearch.evaluation.lines import read_lines, wrong_line
from wxsearch.evaluation.trec import Judgements, read_judgements
from wxsearch.limits import Limits

_QUERIES, _JUDGEMENTS = "queries.tsv", "qrels.txt"


class Collection(Struct, frozen=True, kw_only=True):
    """What a folder holds; the documents only by where they are."""

    name: str
    documents: Path
    queries: dict[str, str]
    """Texts by id; there are collections in which one is empty."""
    judgements: Judgements
    others: dict[str, Judgements]
    """Those of each further file, by its name without ending."""

    def judged(self, judgements: Judgements | None = None) -> list[str]:
        """The queries that have judgements, by default those of `judgements`."""
        judgements = self.judgements if judgements is None else judgements
        return [query_id for query_id in self.queries if query_id in judgements]


def read_collection(folder: Path, limits: Limits) -> Collection:
    """Reads all but the documents; raises InvalidCollection."""
    if not folder.is_dir():
        raise InvalidCollection(f"{folder}: is no folder")
    further = sorted(folder.glob("qrels-*.txt"))
    collection = Collection(
        name=folder.resolve().name,
        documents=find_documents(folder),
        queries=_read_queries(folder / _QUERIES, limits),
        judgements=read_judgements(folder / _JUDGEMENTS, limits),
        others={path.stem: read_judgements(path, limits) for path in further},
    )
    for file, judgements in ((_JUDGEMENTS, collection.judgements), *collection.others.items()):
        if not collection.judged(judgements):
            raise InvalidCollection(f"{folder}: {file} judges none of the queries in {_QUERIES}")
    return collection


def _read_queries(path: Path, limits: Limits) -> dict[str, str]:
    queries: dict[str, str] = {}
    for number, line in read_lines(path, limits):
        query_id, tab, text = line.partition("\t")
        if not tab:
            raise wrong_line(path, number, "is not a query id, TAB and a query")
        if query_id.split() != [query_id]:
            raise wrong_line(path, number, f"the query id {query_id!r} is empty or has white space in it")
        if query_id in queries:
            raise wrong_line(path, number, f"the query id {query_id!r} was there already")
        queries[query_id] = text.strip()
    if not queries:
        raise InvalidCollection(f"{path}: holds no query")
    return queries
