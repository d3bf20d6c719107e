from zlib import crc32

import pytest
from msgspec.structs import replace

from support.disk import ModelDisk
from support.faultfs import FaultStorage
from support.ledger import FIRST, change, read
from wxsearch.errors import IndexCorrupt, IndexIncompatible, IndexMissing, IndexProblem
from wxsearch.index import generation
from wxsearch.index.generation import Verified, open_newest
from wxsearch.index.manifest import FORMAT, Damaged, FileEntry, encode
from wxsearch.index.publication import Publisher
from wxsearch.index.storage import FileStorage


def put(disk, name, content):
    file = disk.create(name)
    file.write(content)
    file.sync()


def flip(disk, name):
    disk._find(name).content[0] ^= 1


def forge(disk, **changed):
    """Puts a newer manifest beside the newest, whole in itself."""
    manifest = open_newest(disk, verified=Verified()).manifest
    put(
        disk,
        "manifest-9.json",
        encode(replace(manifest, generation=9, previous=manifest.generation, **changed)),
    )


@pytest.mark.parametrize("there", [[], ["write.txt"], ["manifest-0.0123456789ab.tmp"]])
def test_no_index(there):
    """Without a manifest and without data there is no index, and the message says how to make one."""
    disk = ModelDisk()
    for name in there:
        put(disk, name, b"")
    with pytest.raises(IndexMissing, match="make one with: wxsearch index"):
        open_newest(disk)


def test_no_directory(tmp_path):
    """An absent directory is no index; a file in its place is a problem of its own."""
    with pytest.raises(IndexMissing):
        open_newest(FileStorage(tmp_path / "absent"))
    (tmp_path / "file").touch()
    with pytest.raises(IndexProblem) as raised:
        open_newest(FileStorage(tmp_path / "file"))
    assert raised.type is IndexProblem


def test_data_without_any_manifest_is_damage():
    """From the first generation on there is a manifest; data alone means that it was lost."""
    disk = ModelDisk()
    put(disk, "g1-0123456789ab.articles", b"{}")
    with pytest.raises(IndexCorrupt, match="lost its manifests"):
        open_newest(disk)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"format": FORMAT + 1}, f"has format {FORMAT + 1}, this version reads {FORMAT}.*--rebuild"),
        ({"fold": "other"}, "other rules.*--rebuild"),
    ],
)
def test_another_version_is_never_damage(begun, changed, message):
    """An index of another format or fold is incompatible, not corrupt, and nothing older is served."""
    forge(begun, **changed)
    for act in (open_newest, Publisher):
        with pytest.raises(IndexIncompatible, match=message):
            act(begun, verified=Verified())


def test_a_process_remembers_only_so_many_files(monkeypatch):
    """What was verified longest ago is forgotten, and read again where it is asked for."""
    monkeypatch.setattr(generation, "_REMEMBERED_FILES", 2)
    verified, disk, content = Verified(), ModelDisk(), memoryview(b"x")
    entries = [FileEntry(f"g1-{number:012}.postings", 1, crc32(content)) for number in range(3)]
    for entry in entries:
        verified.verify(disk, entry, content)
    damaged = memoryview(b"y")
    verified.verify(disk, entries[1], damaged)
    verified.verify(disk, entries[2], damaged)
    with pytest.raises(Damaged):
        verified.verify(disk, entries[0], damaged)


def test_an_index_of_before_manifests_is_of_another_version():
    """A directory with the former format file and no manifest asks for a rebuild."""
    disk = ModelDisk()
    for name in ("wxsearch.json", "_MAIN_3.toc", "MAIN_abc.seg"):
        put(disk, name, b"{}")
    with pytest.raises(IndexIncompatible, match="--rebuild"):
        open_newest(disk)


def test_a_file_is_verified_once_a_process(begun):
    """What was read once is trusted by its name; who has not read it finds the damage."""
    verified = Verified()
    newest = open_newest(begun, verified=verified).manifest
    flip(begun, newest.files[-1].name)
    assert open_newest(begun, verified=verified).degraded is None
    assert newest.files[-1].name in open_newest(begun, verified=Verified()).degraded


def test_lengths_are_compared_every_time(begun):
    """A file that was cut is noticed even where its bytes were verified before."""
    verified = Verified()
    name = open_newest(begun, verified=verified).manifest.files[-1].name
    del begun._find(name).content[-1:]
    assert f"{name}: " in open_newest(begun, verified=verified).degraded


def test_a_writer_has_verified_what_it_wrote(begun):
    """The process that publishes a file has read it back, and does not read it again."""
    verified = Verified()
    with Publisher(begun, verified=verified) as writer:
        with writer.create("part") as file:
            file.write(b"x")
        assert (begun.location, file.entry) in verified._known


def test_known_files_are_not_mapped_again(begun):
    """A newer generation takes over the maps of the files it shares with the one before."""
    known = open_newest(begun, verified=Verified())
    change(begun, {"4": "港口"})
    recorded = FaultStorage(begun)
    opened = open_newest(recorded, known=known, verified=Verified())
    mapped = {call.name for call in recorded.calls if call.kind == "map"}
    assert mapped == {"manifest-4.json"} | opened.manifest.names - known.manifest.names
    assert all(
        opened.files[name] is known.files[name] for name in opened.manifest.names & known.manifest.names
    )
    assert read(opened) == FIRST | {"4": "港口"}


def test_a_lost_newest_manifest_is_noticed(begun):
    """With the newest manifest gone the one before is served as degraded: its own predecessor is gone too."""
    begun.remove("manifest-3.json")
    opened = open_newest(begun, verified=Verified())
    assert opened.manifest.generation == 2
    assert "manifest-3.json: it is missing" in opened.degraded


def test_an_empty_generation_is_no_fallback(empty):
    """Where the very first articles are damaged nobody is told that there are none."""
    change(empty, {"1": "海铁联运"})
    flip(empty, "manifest-2.json")
    for act in (open_newest, Publisher):
        with pytest.raises(IndexCorrupt, match=r"manifest-2.json.*--rebuild"):
            act(empty, verified=Verified())


def test_a_lost_older_manifest_harms_nobody(begun):
    """With the fallback's manifest gone the newest generation is served and written on."""
    begun.remove("manifest-2.json")
    assert open_newest(begun, verified=Verified()).degraded is None
    assert change(begun, {"4": "港口"}).generation == 4


def test_nothing_whole_names_every_reason(begun):
    """Where no generation is whole, the error names a file of each and says what to do."""
    for name in ("manifest-2.json", "manifest-3.json"):
        flip(begun, name)
    with pytest.raises(IndexCorrupt, match=r"manifest-3.*manifest-2.*--rebuild"):
        open_newest(begun)
