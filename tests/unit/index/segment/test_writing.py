import pytest

from support.disk import ModelDisk
from wxsearch.index.manifest import SegmentEntry
from wxsearch.index.publication import Publisher
from wxsearch.index.segment.layout import parts_of
from wxsearch.index.segment.writing import TrainedDictionary, files_of, unwritten, write_segment
from wxsearch.models import Article


def articles(count):
    return [Article(id=str(n), title=f"第{n}号", body="港口" * 5) for n in range(count)]


@pytest.mark.parametrize(("most_characters", "counts"), [(10**9, [4_500]), (1, [2_000, 2_000, 500])])
def test_segments_are_as_many_as_the_articles_need(most_characters, counts):
    """A segment takes what memory allows, the next begins where it ends, and progress is told."""
    heard = []
    documents = []
    for segment in unwritten(articles(4_500), None, most_characters, heard.append):
        with segment.frames:
            documents.append(segment.built.documents)
    assert documents == counts
    assert heard == [2_000, 4_000, 4_500]


def test_no_articles_are_no_segment():
    """Where nothing is to be written there is no segment, and no file."""
    assert list(unwritten([], None, 10**9, print)) == []


def test_a_segment_is_three_files_and_a_dictionary():
    """The entry of a segment names its files, synced and read back, and says what is in them."""
    disk = ModelDisk()
    dictionary = TrainedDictionary(b"7\xa40\xec" + bytes(300), 1_000)
    with Publisher(disk, "create") as writer:
        stored = dictionary.stored(writer.create)
        assert stored.stored(writer.create) is stored
        (segment,) = unwritten(articles(3), None, 10**9, bool)
        with segment.frames:
            entry = write_segment(writer.create, segment, stored)
        parts = parts_of(entry)
        assert set(parts.files) == disk.names()
        assert bytes(disk.map(parts.dictionary)) == dictionary.content
        assert (entry.documents, parts.trained) == (3, 1_000)
        assert parts.characters == 6 + 3 * (3 + 10)
        assert all(file.synced == len(file.content) for file in disk.files)


def test_files_of_segments_are_named_once():
    """A dictionary that segments share is one file, and deletions are files too."""
    disk = ModelDisk()
    with Publisher(disk, "create") as writer:
        shared = TrainedDictionary(b"7\xa40\xec" + bytes(300), 1_000).stored(writer.create)
        entries = []
        for _ in range(2):
            (segment,) = unwritten(articles(1), None, 10**9, bool)
            with segment.frames:
                entries.append(write_segment(writer.create, segment, shared))
    deleted = SegmentEntry(
        name=entries[1].name, documents=1, deletions="g1.deletions", parts=entries[1].parts
    )
    names = files_of([entries[0], deleted], parts_of)
    assert len(names) == len(set(names)) == 8
    assert "g1.deletions" in names
