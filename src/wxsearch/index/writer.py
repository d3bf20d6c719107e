"""Writing: whole runs become one generation, by one writer at a time.

A new index, and one in place of an index that cannot be read, is made in a folder of its
own and moved in whole at the end, its table of contents last: until then whatever was
there stays as it was.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.writing import CLEAR, SegmentWriter

from wxsearch.errors import IndexCorrupt, IndexIncompatible, IndexMissing, IndexProblem, WriterLocked
from wxsearch.index.directory import FORMAT_FILE, damage_named, newest_table, open_index, refuse_file
from wxsearch.index.schema import FORMAT, document, make_schema

_BUILDING = ".building"
_LOCK = "MAIN_WRITELOCK"

Held = Mapping[str, tuple[int, bytes]]
"""For each id in an index its document number and digest."""


class Writer:
    """Holds the lock of a directory; `held` is what the index there has, empty if to be made anew."""

    def __init__(self, directory: Path, memory_mb: int, *, rebuild: bool) -> None:
        self._directory = directory
        self._memory_mb = memory_mb
        self._rebuild = rebuild
        self._index = self._readable_index()
        if self._index is not None:
            self._tidy()
        self.held: Held = {} if self._index is None or rebuild else _versions(self._index, directory)

    @property
    def exists(self) -> bool:
        """Whether there is an index that can be read."""
        return self._index is not None

    def commit(self, stored: Iterable[bytes], ids: Iterable[str], on_article: Callable[[int], None]) -> None:
        """Makes articles searchable, and takes away what is held under any of the ids.

        `on_article` hears how many articles were written. Raises IndexProblem
        where the disk fails; the index is then as it was.
        """
        try:
            if self._index is None:
                self._make(stored, on_article)
            else:
                replaced = [self.held[article_id][0] for article_id in ids if article_id in self.held]
                self._write(self._index, stored, replaced, on_article, None)
        except OSError as error:
            self._tidy()
            raise IndexProblem(
                f"{self._directory} cannot be written ({error.strerror or error}); nothing was changed"
            ) from error

    def _readable_index(self) -> FileIndex | None:
        try:
            return open_index(self._directory)
        except IndexMissing:
            return None
        except (IndexIncompatible, IndexCorrupt):
            if not self._rebuild:
                raise
            return None

    def _make(self, stored: Iterable[bytes], on_article: Callable[[int], None]) -> None:
        building = self._directory / _BUILDING
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        try:
            index = FileStorage(str(building)).create_index(make_schema())
            before = newest_table(self._directory)
            self._write(index, stored, (), on_article, before.generation + 1 if before else 1)
            self._move_in(building)
        finally:
            shutil.rmtree(building, ignore_errors=True)

    def _write(
        self,
        index: FileIndex,
        stored: Iterable[bytes],
        replaced: Iterable[int],
        on_article: Callable[[int], None],
        generation: int | None,
    ) -> None:
        writer = SegmentWriter(index, _lk=False, limitmb=self._memory_mb)
        try:
            writer.generation = generation or writer.generation
            for number in replaced:
                writer.delete_document(number)
            for count, article in enumerate(stored, start=1):
                writer.add_document(**document(article))
                on_article(count)
            writer.commit(mergetype=CLEAR if self._rebuild else None)
        except BaseException:
            with suppress(Exception):
                writer.cancel()
            raise

    def _move_in(self, building: Path) -> None:
        (building / FORMAT_FILE).write_text(json.dumps(FORMAT), encoding="utf-8")
        tables = sorted(building.glob("*.toc"))
        for file in building.glob("MAIN_*"):
            file.replace(self._directory / file.name)
        # What stood here could not be read; without a table of contents it is no index. It
        # has to go before the format file comes, which would vouch for it.
        for old in self._directory.glob("*.toc"):
            old.unlink()
        for file in (building / FORMAT_FILE, tables[-1]):
            file.replace(self._directory / file.name)
        self._tidy()

    def _tidy(self) -> None:
        """Removes what killed and failed runs left: files that the table of contents does not name."""
        for folder in (_BUILDING, "MAIN.tmp"):
            shutil.rmtree(self._directory / folder, ignore_errors=True)
        if newest_table(self._directory) is not None:
            storage = FileStorage(str(self._directory))
            with damage_named(self._directory):
                table = TOC.read(storage, "MAIN")
            clean_files(storage, "MAIN", table.generation, table.segments)


@contextmanager
def writing(directory: Path, memory_mb: int, *, rebuild: bool = False) -> Iterator[Writer]:
    """Holds the lock of an index, or of the place where one shall be.

    Raises WriterLocked where another process writes, IndexProblem where the place cannot
    be written or holds other files, and, but for a rebuild, whatever opening raises.
    """
    refuse_file(directory)
    try:
        if directory.is_dir() and newest_table(directory) is None and not _only_ours(directory):
            raise IndexProblem(f"{directory} holds other files and no index; name another place with --index")
        directory.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(directory)).lock(_LOCK)
        taken = lock.acquire()
    except OSError as error:
        raise IndexProblem(f"{directory} cannot be written ({error.strerror})") from error
    if not taken:
        raise WriterLocked(f"{directory} is being written by another process; try again when it is done")
    try:
        yield Writer(directory, memory_mb, rebuild=rebuild)
    finally:
        lock.release()


def _versions(index: FileIndex, directory: Path) -> Held:
    with damage_named(directory), index.reader() as reader:
        if reader.doc_count_all() == 0:
            return {}
        ids, digests = reader.column_reader("id"), reader.column_reader("digest")
        return {ids[number]: (number, digests[number]) for number in reader.all_doc_ids()}


def _only_ours(directory: Path) -> bool:
    names = (entry.name for entry in directory.iterdir())
    return all(name in (FORMAT_FILE, _BUILDING) or name.startswith(("MAIN", "_MAIN_")) for name in names)
