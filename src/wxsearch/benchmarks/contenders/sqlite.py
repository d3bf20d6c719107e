"""SQLite FTS5: a contentless index of ready tokens, stored articles and facts beside it."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from wxsearch.benchmarks.contender import TITLE_WEIGHT, TOP, Answer, Counted, at_or_below, spelt_out
from wxsearch.benchmarks.corpus import Corpus, CutArticle
from wxsearch.benchmarks.queries import Question
from wxsearch.categories import Path as CategoryPath

_MAPPED_BYTES = 1 << 31
# The tokenizer "ascii" takes every sign beyond ASCII for part of a word: it splits at blanks only.
_TABLES = f"""
    CREATE TABLE articles (number INTEGER PRIMARY KEY, id, title, url, source, body);
    CREATE TABLE facts (number INTEGER PRIMARY KEY, published INTEGER, category INTEGER, month INTEGER);
    CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='ascii');
    INSERT INTO words(words, rank) VALUES ('rank', 'bm25({TITLE_WEIGHT}, 1.0)');
"""  # noqa: S608 - constants only
# CROSS JOIN keeps the order of tables: otherwise a filter asks the text index once a row.
_FILTER = "facts.published >= :since AND facts.published < :until"
_TOP = f"""
    SELECT articles.id, articles.title
    FROM (SELECT rowid, rank FROM words WHERE words MATCH :match ORDER BY rank LIMIT {TOP}) AS best
    CROSS JOIN articles ON articles.number = best.rowid ORDER BY best.rank
"""  # noqa: S608 - constants only
_FILTERED_TOP = f"""
    SELECT articles.id, articles.title
    FROM (SELECT words.rowid, rank FROM words CROSS JOIN facts ON facts.number = words.rowid
          WHERE words MATCH :match AND {_FILTER} AND category IN (%s) ORDER BY rank LIMIT {TOP}) AS best
    CROSS JOIN articles ON articles.number = best.rowid ORDER BY best.rank
"""  # noqa: S608 - constants only; the list is of numbers
_COUNTS = """
    SELECT category, month, count(*) FROM words CROSS JOIN facts ON facts.number = words.rowid
    WHERE words MATCH :match GROUP BY category, month
"""
_FILTERED_COUNTS = _COUNTS.replace(":match", f":match AND {_FILTER}")


class _Plan(NamedTuple):
    top: str
    counts: str
    values: dict[str, str | int | None]
    wanted: frozenset[int] | None


class SQLite:
    """One statement for the top, one for all counts."""

    name = "sqlite"
    cuts_itself = False
    _database: sqlite3.Connection
    _paths: list[CategoryPath]

    def version(self) -> str:
        """See Contender.version."""
        return sqlite3.sqlite_version

    def build(self, corpus: Corpus, articles: Iterable[CutArticle], directory: Path) -> None:  # noqa: ARG002
        """See Contender.build."""
        database = sqlite3.connect(directory / "articles.db")
        database.executescript(_TABLES)
        for number, article in enumerate(articles, start=1):
            stored = (article.id, article.title, article.url, article.source, article.body)
            words = (" ".join(article.title_tokens), " ".join(article.body_tokens))
            facts = (article.published, article.category, article.month)
            database.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)", (number, *stored))
            database.execute("INSERT INTO facts VALUES (?, ?, ?, ?)", (number, *facts))
            database.execute("INSERT INTO words(rowid, title, body) VALUES (?, ?, ?)", (number, *words))
        # One run of postings, as the other engines end up with: a third off its AND.
        database.execute("INSERT INTO words(words) VALUES ('optimize')")
        database.commit()
        database.close()

    def open(self, corpus: Corpus, directory: Path) -> None:
        """See Contender.open."""
        self._database = sqlite3.connect(directory / "articles.db")
        self._database.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        self._paths = corpus.paths

    def plan(self, question: Question) -> _Plan:
        """See Contender.plan."""
        quoted = [f'"{word}"' for word in question.words]
        if question.kind == "phrase":
            match = f'"{" ".join(question.words)}"'
        else:
            match = (" OR " if question.kind in ("or", "heavy") else " AND ").join(quoted)
        values = {"match": match, "since": question.since, "until": question.until}
        if question.category is None:
            return _Plan(_TOP, _COUNTS, values, None)
        wanted = at_or_below(self._paths, question.category)
        return _Plan(_FILTERED_TOP % ", ".join(map(str, wanted)), _FILTERED_COUNTS, values, frozenset(wanted))

    def ask(self, plan: _Plan) -> Counted:
        """See Contender.ask."""
        top = self._database.execute(plan.top, plan.values).fetchall()
        categories: Counter[int] = Counter()
        months: Counter[int] = Counter()
        total = 0
        for category, month, count in self._database.execute(plan.counts, plan.values):
            categories[category] += count
            if plan.wanted is None or category in plan.wanted:
                months[month] += count
                total += count
        return Counted(total, top, categories, months)

    def read(self, found: Counted) -> Answer:
        """See Contender.read."""
        return spelt_out(found, self._paths)

    def close(self) -> None:
        """See Contender.close."""
        self._database.close()
