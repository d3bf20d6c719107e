"""A toy index for tests of publication alone: articles as JSON, with tables that lead to them.

A segment is two files that have to agree; a deletion is a file of ids; a table of contents
names the segments. Whatever is torn, mixed or stale shows in `read`.
"""

import json

from wxsearch.index.generation import OpenGeneration, Verified, open_newest
from wxsearch.index.manifest import Contents, SegmentEntry
from wxsearch.index.names import is_table, table_name
from wxsearch.index.publication import Publisher


def _json(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


def _load(opened, name):
    return json.loads(bytes(opened.files[name]))


def _live(opened, segment):
    articles = _load(opened, segment.parts["articles"])
    assert _load(opened, segment.parts["postings"]) == sorted(articles)
    assert len(articles) == segment.documents
    dead = set(_load(opened, segment.deletions)) if segment.deletions else set()
    assert dead <= articles.keys()
    return {key: text for key, text in articles.items() if key not in dead}, dead


def read(opened: OpenGeneration) -> dict[str, str]:
    """The articles of a generation; an AssertionError where its files do not fit together."""
    manifest = opened.manifest
    articles = {}
    for segment in manifest.segments:
        live, _ = _live(opened, segment)
        assert not live.keys() & articles.keys()
        articles |= live
    assert manifest.articles == len(articles)
    tables = [name for name in manifest.names if is_table(name)]
    assert len(tables) == bool(manifest.segments)
    for table in tables:
        assert _load(opened, table) == [segment.name for segment in manifest.segments]
    return articles


def read_newest(storage) -> dict[str, str]:
    """The articles of the newest generation, every byte of it verified; it must be whole."""
    opened = open_newest(storage, verified=Verified())
    assert opened.degraded is None, opened.degraded
    return read(opened)


def _put(writer, part, value):
    with writer.create(part) as file:
        content = _json(value)
        file.write(content[:7])
        file.write(content[7:])
    return file.name


def _segment(writer, articles):
    parts = {
        "articles": _put(writer, "articles", articles),
        "postings": _put(writer, "postings", sorted(articles)),
    }
    return SegmentEntry(name=parts["articles"].split(".")[0], documents=len(articles), parts=parts)


def _without(writer, segment, gone):
    live, dead = _live(writer.opened, segment)
    if not live.keys() & gone:
        return segment
    deletions = _put(writer, "deletions", sorted(dead | (live.keys() & gone)))
    return SegmentEntry(
        name=segment.name, documents=segment.documents, deletions=deletions, parts=segment.parts
    )


def prepare(writer: Publisher, add: dict[str, str], drop: set[str], *, merge: bool = False):
    """Writes the data files of a change; gives what is then to be published."""
    if merge:
        held = read(writer.opened)
        kept = {key: text for key, text in held.items() if key not in drop} | add
        segments = [_segment(writer, kept)]
    else:
        segments = [_without(writer, each, drop | add.keys()) for each in writer.opened.manifest.segments]
        if add:
            segments.append(_segment(writer, add))
    files = [name for each in segments for name in (*each.parts.values(), each.deletions) if name]
    documents = sum(each.documents for each in segments)
    articles = len((read(writer.opened).keys() - drop) | add.keys())
    contents = Contents(
        segments=tuple(segments), files=tuple(files), articles=articles, deleted=documents - articles
    )
    return contents, {table_name(writer.generation): _json([each.name for each in segments])}


def change(storage, add=None, drop=(), *, merge=False):
    """One commit in a writer of its own; gives the manifest."""
    with Publisher(storage, verified=Verified()) as writer:
        return writer.publish(*prepare(writer, add or {}, set(drop), merge=merge))


FIRST = {"1": "海铁联运", "2": "标准箱", "3": "班列"}


def make(storage):
    """An empty index."""
    with Publisher(storage, "create") as writer:
        writer.publish(Contents())


def begin(storage):
    """An index of FIRST, in two segments and three commits."""
    make(storage)
    change(storage, {"1": "旧的", "2": "标准箱"})
    change(storage, {"1": "海铁联运", "3": "班列"})
    assert read_newest(storage) == FIRST
