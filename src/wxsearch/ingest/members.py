"""A source to its items: by the row of its format, and in an archive each member by its own."""

from collections import Counter
from collections.abc import Iterator

from wxsearch.errors import IngestProblem, UnsupportedFormat
from wxsearch.ingest.formats import Format, format_of, suffix_of
from wxsearch.ingest.source import Item, Source
from wxsearch.ingest.unpacking import PACKED_SUFFIXES


def read_source(source: Source, row: Format) -> Iterator[Item]:
    """The items; what is wrong with a member rejects that member. Raises IngestProblem."""
    passed: Counter[str] = Counter()
    for found in row.read(source):
        if not isinstance(found, Source):
            yield found
        elif _is_hidden(found.path):
            continue
        elif own := format_of(found.path):
            yield from _read_member(found, own)
        else:
            passed[suffix_of(found.path) or "no ending"] += 1
    if passed:
        kinds = ", ".join(f"{count} × {ending}" for ending, count in sorted(passed.items()))
        source.note(f"files that hold no articles were passed over: {kinds}")


def _is_hidden(path: str) -> bool:
    """As in folders; archives of macOS have a hidden file beside each."""
    return path.rpartition("/")[2].startswith(".")


def _read_member(member: Source, row: Format) -> Iterator[Item]:
    try:
        if row.is_archive:
            raise UnsupportedFormat("is an archive inside an archive; unpack the outer one first")
        if member.path.lower().endswith(PACKED_SUFFIXES):
            raise UnsupportedFormat("is compressed inside an archive; unpack the archive first")
        yield from row.read(member)  # type: ignore[misc] # only archives yield sources
    except IngestProblem as problem:
        yield member.rejection(problem)
