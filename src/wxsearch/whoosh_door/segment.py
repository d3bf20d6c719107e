"""What Whoosh's table of contents holds of the index: one segment, for a whole generation.

Whoosh pickles it: module and class names here are part of the format.
"""

from typing import Any, Never

from whoosh.codec.base import Codec, Segment
from whoosh.index import _DEF_INDEX_NAME
from whoosh.writing import IndexingError

from wxsearch.errors import IndexProblem
from wxsearch.whoosh_door.documents import Documents
from wxsearch.whoosh_door.finding import Finder
from wxsearch.whoosh_door.opening import open_generation
from wxsearch.whoosh_door.per_document import PerDocument
from wxsearch.whoosh_door.terms import Terms


class WritingRefused(IndexProblem, IndexingError):
    """Whoosh was asked to write to an index that only wxsearch writes."""

    def __init__(self) -> None:
        super().__init__("this index is written by wxsearch; use `wxsearch index` and `wxsearch delete`")


class WholeIndex(Segment):
    """All segments of ours as one of Whoosh's; it says which generation the table was made for.

    Whoosh's own writer is refused when it asks how many documents there are, which it does
    first, before it writes anything but its lock; readers ask elsewhere.
    """

    def __init__(self, generation: int) -> None:
        # Not Segment's: the name would be another one at each call.
        self.indexname = _DEF_INDEX_NAME
        self.segid = str(generation)
        self.compound = False
        self.generation = generation

    def codec(self) -> "DoorCodec":
        """A codec for one reader."""
        return DoorCodec()

    def doc_count_all(self) -> Never:
        """Raises WritingRefused."""
        raise WritingRefused

    def set_doc_count(self, doccount: int) -> Never:  # noqa: ARG002 - Whoosh's signature
        """Raises WritingRefused."""
        raise WritingRefused

    def delete_document(self, docnum: int, delete: bool = True) -> Never:  # noqa: ARG002 - Whoosh's signature
        """Raises WritingRefused."""
        raise WritingRefused


class DoorCodec(Codec):
    """Readers over one generation, which is opened with the first of them."""

    def __init__(self) -> None:
        self._finder: Finder | None = None

    def finder(self, storage: Any, segment: WholeIndex) -> Finder:
        """What finds terms in the generation. Raises what open_generation does."""
        if self._finder is None:
            self._finder = Finder(Documents(open_generation(storage, segment.generation)))
        return self._finder

    def terms_reader(self, storage: Any, segment: WholeIndex) -> Terms:
        """See Codec."""
        return Terms(self.finder(storage, segment))

    def per_document_reader(self, storage: Any, segment: WholeIndex) -> PerDocument:
        """See Codec."""
        return PerDocument(self.finder(storage, segment).documents)

    def per_document_writer(self, *_: Any) -> Never:
        """Raises WritingRefused."""
        raise WritingRefused

    def field_writer(self, *_: Any) -> Never:
        """Raises WritingRefused."""
        raise WritingRefused

    def new_segment(self, *_: Any) -> Never:
        """Raises WritingRefused."""
        raise WritingRefused
