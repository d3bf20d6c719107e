"""From articles to the files of segments: as many segments as the articles need."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from wxsearch.index.access import DataFile
from wxsearch.index.manifest import SegmentEntry
from wxsearch.index.segment.building import Builder, Built, batches, write_arrays
from wxsearch.index.segment.layout import Parts, as_parts
from wxsearch.models import Article

_COPIED_AT_ONCE = 1 << 20


class TrainedDictionary(NamedTuple):
    """A dictionary of frames: its content, how many articles it was trained for, and its
    file, None as long as it has none.
    """

    content: bytes
    articles: int
    file: str | None = None

    def stored(self, create: Callable[[str], DataFile]) -> "TrainedDictionary":
        """The same with a file; raises IndexProblem."""
        if self.file is not None:
            return self
        with create("dictionary") as file:
            file.write(self.content)
        return self._replace(file=file.name)


class Unwritten(NamedTuple):
    """A segment that is no file of the index yet: arrays in memory, frames in a temporary file."""

    built: Built
    frames: IO[bytes]


def unwritten(
    articles: Iterable[Article],
    dictionary: bytes | None,
    most_characters: int,
    on_article: Callable[[int], None],
) -> Iterator[Unwritten]:
    """Builds segments one by one; `on_article` hears how many articles went in.

    The caller takes a segment before the next is built, and closes its frames.
    """
    builder: Builder | None = None
    frames: IO[bytes] | None = None
    done = 0
    try:
        for batch in batches(articles):
            if builder is None or frames is None:
                frames = TemporaryFile()  # noqa: SIM115 - closed by who takes the segment
                builder = Builder(dictionary, frames.write, most_characters)
            builder.add(batch)
            done += len(batch)
            on_article(done)
            if builder.full:
                segment = Unwritten(builder.finished(), frames)
                builder = frames = None
                yield segment
                # The next one needs the memory.
                del segment
        if builder is not None and frames is not None:
            segment = Unwritten(builder.finished(), frames)
            frames = None
            yield segment
    finally:
        if frames is not None:
            frames.close()


def write_segment(
    create: Callable[[str], DataFile], segment: Unwritten, dictionary: TrainedDictionary | None
) -> SegmentEntry:
    """Writes the files of a segment, synced; raises IndexProblem."""
    built, frames = segment
    frames.seek(0)
    with create("articles") as stored:
        while piece := frames.read(_COPIED_AT_ONCE):
            stored.write(piece)
    with create("columns") as file:
        columns = write_arrays(file, built.columns)
    with create("postings") as file:
        postings = write_arrays(file, built.postings)
    parts = Parts(
        postings=postings,
        columns=columns,
        articles=stored.name,
        dictionary=None if dictionary is None else dictionary.file,
        trained=0 if dictionary is None else dictionary.articles,
        characters=built.characters,
        others=built.others,
    )
    # The random part of the name makes it one of its own for good.
    return SegmentEntry(
        name=stored.name.removesuffix(".articles"), documents=built.documents, parts=as_parts(parts)
    )


def files_of(entries: Sequence[SegmentEntry], parts: Callable[[SegmentEntry], Parts]) -> tuple[str, ...]:
    """The names of all files that segments need, their deletions included, each once."""
    names: dict[str, None] = {}
    for entry in entries:
        names.update(dict.fromkeys(parts(entry).files))
        if entry.deletions is not None:
            names[entry.deletions] = None
    return tuple(names)
