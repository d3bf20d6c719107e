"""The fields that Whoosh sees.

Whoosh pickles the schema into its table of contents: module, class and field names here
are part of the format.
"""

from collections.abc import Iterator
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import Analyzer
from whoosh.analysis.acore import Token, entoken

from wxsearch.analysis.fold import fold
from wxsearch.analysis.runs import pieces

RUN_KINDS = ("letters", "digits")


class FoldAnalyzer(Analyzer):
    """A whole text as one term: folded, for any folded string can be asked for."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yields one token, or none where nothing is left."""
        folded = fold(value)
        return entoken([folded] if folded else [], **options)


class RunsAnalyzer(Analyzer):
    """The runs of letters and of digits in a text, folded."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yields a token for each run."""
        return entoken((text for kind, text in pieces(fold(value)) if kind in RUN_KINDS), **options)


def make_schema() -> fields.Schema:
    """The fields of an article; terms.py says what the terms of each are.

    What is only stored is there as in the JSON of an article.
    """
    # All terms are at hand: no coarser ones are needed for ranges.
    date = fields.DATETIME()
    date.shift_step = 0
    return fields.Schema(
        id=fields.ID(unique=True, stored=True, sortable=True),
        title=fields.TEXT(analyzer=FoldAnalyzer(), phrase=False, stored=True),
        body=fields.TEXT(analyzer=FoldAnalyzer(), phrase=False, stored=True),
        title_runs=_runs(),
        body_runs=_runs(),
        # Not KEYWORD, which would cut a path at its blanks.
        category=fields.ID(sortable=True),
        source=fields.ID(stored=True, sortable=True),
        published=fields.NUMERIC(int, bits=64, shift_step=0, stored=True, sortable=True),
        date=date,
        **{name: fields.STORED() for name in _STORED},
    )


_STORED = ("url", "precision", "breadcrumb", "author", "keywords", "previous", "next", "extra")


def _runs() -> fields.FieldType:
    return fields.FieldType(formats.Frequency(), RunsAnalyzer())
