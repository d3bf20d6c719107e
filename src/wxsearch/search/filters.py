"""What narrows the documents of one segment: time, category and source."""

from msgspec import Struct

from wxsearch.categories import Path
from wxsearch.index.segment.columns import UNDATED, Columns
from wxsearch.index.segment.decoding import Numbers
from wxsearch.query.tree import Filter, FromSource, InCategory, InSpan
from wxsearch.search.catalog import Catalog


class Filters(Struct, frozen=True):
    """Filters over the segment that is number `number` of the catalog."""

    columns: Columns
    catalog: Catalog
    number: int

    def kept(self, documents: Numbers, wanted: Filter) -> Numbers:
        """Those of some documents that a filter of the query lets through."""
        if isinstance(wanted, InSpan):
            return self.in_span(documents, wanted)
        if isinstance(wanted, InCategory):
            return self.at_or_below(documents, (wanted.path,))
        assert isinstance(wanted, FromSource)
        return self.of_sources(documents, (wanted.name,))

    def in_span(self, documents: Numbers, span: InSpan) -> Numbers:
        """Documents whose time, as wide as its precision, is inside in part at least."""
        columns = self.columns
        if span.since is None and span.until is None:
            return documents
        if span.is_empty:
            return documents[:0]
        if span.since is not None:
            documents = documents[columns.ends[documents] > span.since]
        if span.until is not None:
            documents = documents[columns.starts[documents] < span.until]
        return documents[columns.starts[documents] != UNDATED]

    def at_or_below(self, documents: Numbers, paths: tuple[Path, ...]) -> Numbers:
        """Documents at one of the category paths or below it."""
        within = self.catalog.paths_within(paths)[self.catalog.path_numbers[self.number]]
        return documents[within[self.columns.path_codes[documents]]]

    def of_sources(self, documents: Numbers, names: tuple[str, ...]) -> Numbers:
        """Documents of one of the sources."""
        among = self.catalog.sources_among(names)[self.catalog.source_numbers[self.number]]
        return documents[among[self.columns.source_codes[documents]]]
