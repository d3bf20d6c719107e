import msgspec
import pytest

from support.disk import ModelDisk
from support.ledger import FIRST, change, make, read, read_newest
from wxsearch.errors import IndexCorrupt, IndexIncompatible, IndexMissing
from wxsearch.index.generation import Verified, open_newest
from wxsearch.index.manifest import FORMAT, encode
from wxsearch.index.storage import FileStorage
from wxsearch.index.verification import Finding, check, restore


def flip(disk, name):
    disk._find(name).content[-1] ^= 1


def newest(disk):
    return open_newest(disk, verified=Verified()).manifest


def test_a_sound_index(begun):
    """Nothing is found, and the bytes of both generations were read, each file once."""
    report = check(begun)
    assert report.sound
    assert (report.generation, report.findings, report.leftovers, report.unknown) == (3, (), (), ())
    names = {name for name in begun.names() if not name.startswith("manifest")}
    assert report.bytes == sum(len(begun.map(name)) for name in names)


def test_everything_wrong_is_listed_at_once(begun):
    """Damage in either generation, gaps, leftovers and strangers all stand in one report."""
    manifest = newest(begun)
    first, second, *_ = [entry.name for entry in manifest.files]
    flip(begun, first)
    begun.remove(second)
    flip(begun, "_MAIN_2.toc")
    for name in ("g9-0123456789ab.x", "notes"):
        begun.create(name)
    report = check(begun)
    assert not report.sound
    assert set(report.findings) == {
        Finding(first, "damaged", "its checksum is wrong"),
        Finding("_MAIN_2.toc", "damaged", "its checksum is wrong"),
        Finding(second, "missing", "it is missing"),
    }
    assert (report.leftovers, report.unknown) == (("g9-0123456789ab.x",), ("notes",))


def test_check_does_not_trust_what_was_verified(begun):
    """A file that this process has verified before is read again."""
    flip(begun, newest(begun).files[0].name)
    assert not check(begun).sound


def test_manifests_above_the_newest_whole_one_are_findings(begun):
    """A damaged newest manifest is named, and the one before is what is checked."""
    flip(begun, "manifest-3.json")
    report = check(begun)
    assert [finding.file for finding in report.findings] == ["manifest-3.json"]
    assert report.generation == 2


def test_no_manifest_whole(begun):
    """Where no manifest can be read the report says so of each, instead of raising."""
    for name in ("manifest-2.json", "manifest-3.json"):
        flip(begun, name)
    report = check(begun)
    assert [finding.file for finding in report.findings] == ["manifest-3.json", "manifest-2.json"]
    assert report.generation is None


def test_nothing_to_check(begun):
    """No index, lost manifests and another format are errors, each of its kind."""
    with pytest.raises(IndexMissing):
        check(ModelDisk())

    class Foreign(msgspec.Struct):
        format: int = FORMAT + 1

    begun.create("manifest-9.json").write(encode(Foreign()))
    with pytest.raises(IndexIncompatible):
        check(begun)
    for name in [name for name in begun.names() if name.startswith("manifest")]:
        begun.remove(name)
    with pytest.raises(IndexCorrupt, match="lost its manifests"):
        check(begun)


def test_a_report_is_json_whatever_the_names(tmp_path):
    """Names that are no UTF-8 are printed with a replacement character."""
    storage = FileStorage.make(tmp_path / "index")
    make(storage)
    (tmp_path / "index").joinpath("a\udcff").touch()
    assert msgspec.json.decode(msgspec.json.encode(check(storage)))["unknown"] == ["a\ufffd"]


def test_restoring_a_whole_index_changes_nothing(begun):
    """Where nothing is damaged the newest generation stays the newest."""
    assert restore(begun).generation == 3
    assert newest(begun).generation == 3


def test_restoring_reads_every_byte_first(begun):
    """A generation is not made the newest again if it is damaged itself."""
    manifest = open_newest(begun).manifest
    flip(begun, "manifest-3.json")
    shared = next(entry.name for entry in manifest.files if entry.name.startswith("g2-"))
    flip(begun, shared)
    with pytest.raises(IndexCorrupt, match=shared):
        restore(begun)


def test_a_restored_generation_has_a_number_of_its_own(begun):
    """No number means two things: the restored one is newer than the damaged."""
    flip(begun, "manifest-3.json")
    before = read(open_newest(begun, verified=Verified()))
    manifest = restore(begun)
    assert (manifest.generation, manifest.previous) == (4, 2)
    assert read_newest(begun) == before != FIRST
    assert begun.names() >= {"manifest-2.json", "manifest-4.json"}
    change(begun, {"4": "港口"})
    assert read_newest(begun) == before | {"4": "港口"}
