"""What narrows the documents of a collection: time, category and source."""

from msgspec import Struct

from wxsearch.categories import Path
from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.decoding import Numbers
from wxsearch.query.tree import Filter, FromSource, InCategory, InSpan
from wxsearch.search.collection import Collection


class Filters(Struct, frozen=True):
    """Filters over a collection."""

    collection: Collection

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
        collection = self.collection
        if span.is_whole:
            return documents
        if span.is_empty:
            return documents[:0]
        if span.since is None:
            inside = collection.starts.take(documents) != UNDATED
        else:
            # One without a time ends before any.
            inside = collection.ends.take(documents) > span.since
        if span.until is not None:
            inside &= collection.starts.take(documents) < span.until
        return documents.take(inside.nonzero()[0])

    def at_or_below(self, documents: Numbers, paths: tuple[Path, ...]) -> Numbers:
        """Documents at one of the category paths or below it."""
        within = self.collection.catalog.paths_within(paths)
        return documents.take(within.take(self.collection.path_codes.take(documents)).nonzero()[0])

    def of_sources(self, documents: Numbers, names: tuple[str, ...]) -> Numbers:
        """Documents of one of the sources."""
        among = self.collection.catalog.sources_among(names)
        return documents.take(among.take(self.collection.source_codes.take(documents)).nonzero()[0])
