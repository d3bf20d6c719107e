"""Writing: whole runs become one generation, by one writer at a time."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from tempfile import gettempdir

from whoosh.index import FileIndex, LockError
from whoosh.writing import CLEAR, SegmentWriter

from wxsearch.errors import IndexProblem, WriterLocked
from wxsearch.index.schema import document


def held_versions(index: FileIndex) -> dict[str, tuple[int, bytes]]:
    """For each id in the index its document number and digest."""
    if index.doc_count_all() == 0:
        return {}
    with index.reader() as reader:
        ids, digests = reader.column_reader("id"), reader.column_reader("digest")
        return {ids[number]: (number, digests[number]) for number in reader.all_doc_ids()}


@contextmanager
def writing(index: FileIndex, memory_mb: int) -> Iterator[SegmentWriter]:
    """A writer that holds the lock; whatever is not committed is dropped at the end.

    Raises WriterLocked where another process writes, IndexProblem where the disk fails.
    """
    try:
        writer = SegmentWriter(index, limitmb=memory_mb)
    except LockError:
        raise WriterLocked(
            f"{index.storage.folder} is being written by another process; try again when it is done"
        ) from None
    try:
        yield writer
    except OSError as error:
        raise IndexProblem(
            f"{index.storage.folder} or {gettempdir()} cannot be written ({error.strerror}); nothing changed"
        ) from error
    finally:
        if not writer.is_closed:
            writer.cancel()


def write(
    writer: SegmentWriter,
    stored: Iterable[bytes],
    replaced: Iterable[int],
    *,
    rebuild: bool,
    on_article: Callable[[int], None],
) -> int:
    """Commits articles and the deletion of the documents they replace.

    With `rebuild` nothing of before remains. Returns the new generation.
    """
    for number in replaced:
        writer.delete_document(number)
    for count, article in enumerate(stored, start=1):
        writer.add_document(**document(article))
        on_article(count)
    writer.commit(mergetype=CLEAR if rebuild else None)
    return int(writer.generation)
