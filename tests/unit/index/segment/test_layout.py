import msgspec
import pytest

from wxsearch.index.manifest import SegmentEntry
from wxsearch.index.segment.layout import ArrayFile, Parts, as_parts, parts_of

PARTS = Parts(
    postings=ArrayFile("g1-0123456789ab.postings", {"short": (64, 3, "<u2"), "low": (0, 9, "|u1")}),
    columns=ArrayFile("g1-0123456789ab.columns", {}),
    articles="g1-0123456789ab.articles",
    dictionary=None,
    trained=0,
    characters=12,
    others=False,
)


def entry(parts):
    return SegmentEntry(name="g1-0123456789ab", documents=2, parts=parts)


def test_parts_come_back_from_a_manifest():
    """What is known of a segment goes through JSON and is the same."""
    written = msgspec.json.decode(msgspec.json.encode(entry(as_parts(PARTS))), type=SegmentEntry)
    assert parts_of(written) == PARTS


def test_files_are_all_that_a_segment_needs():
    """A segment has three files, and the dictionary of its frames where there is one."""
    three = ("g1-0123456789ab.postings", "g1-0123456789ab.columns", "g1-0123456789ab.articles")
    assert PARTS.files == three
    trained = msgspec.structs.replace(PARTS, dictionary="g0-0123456789ab.dictionary")
    assert trained.files == (*three, "g0-0123456789ab.dictionary")


@pytest.mark.parametrize(
    "change",
    [
        {"articles": "../elsewhere"},
        {"dictionary": "/etc/passwd"},
        {"postings": {"file": "g1.postings", "arrays": {"short": [-64, 3, "<u2"]}}},
        {"postings": {"file": "g1.postings", "arrays": {"short": [64, -3, "<u2"]}}},
        {"postings": {"file": "g1.postings", "arrays": {"short": [64, 3, "|O8"]}}},
        {"postings": {"file": "g1.postings", "arrays": {"short": [64, 3, "<f8"]}}},
        {"postings": {"file": "g1.postings", "arrays": {"short": [64, 3]}}},
        {"characters": "many"},
    ],
)
def test_nonsense_is_no_segment(change):
    """Names that lead elsewhere, places before the file and foreign types are refused."""
    with pytest.raises(msgspec.ValidationError):
        parts_of(entry(as_parts(PARTS) | change))
