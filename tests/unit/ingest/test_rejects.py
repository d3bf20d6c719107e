import os
import re

import pytest
from msgspec.structs import replace

from wxsearch.errors import NotFound, RejectsProblem
from wxsearch.ingest.intake import read_articles
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.reject_file import encoded
from wxsearch.ingest.rejects import Rejects
from wxsearch.ingest.source import Rejected


def rejected(path="/pages/a.html", place=None, code="not_an_article", reason="none", original=b"<p>"):
    return Rejected(path, place, code, reason, original)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index-rejects"


@pytest.fixture
def opened(folder, limits):
    """Opens the folder as another process would, with other limits if asked for."""

    def build(**changed):
        return Rejects(folder, replace(limits, **changed))

    return build


def test_bytes_and_reason_are_kept(opened):
    """What was rejected is there for the next process, to the last byte, with all that is known of it."""
    original = bytes(range(256)) + b'\n{"x":1}\n\n'
    name = opened().keep(rejected(place="line 3", original=original), Manner("jsonl"))
    (reject,) = opened().all()
    assert (reject.id, reject.path, reject.place) == (name, "/pages/a.html", "line 3")
    assert (reject.code, reject.reason, reject.manner) == ("not_an_article", "none", Manner("jsonl"))
    assert (reject.bytes, reject.kept, reject.tries) == (len(original), True, 1)
    assert opened().original(name) == original


def test_the_same_bytes_of_a_path_are_one_reject(opened):
    """Seen again they are one entry with its first time and the newest reason; elsewhere they are another."""
    first = opened().keep(rejected(), Manner())
    (before,) = opened().all()
    assert opened().keep(rejected(code="too_large", reason="more"), Manner()) == first
    assert opened().all() == [replace(before, code="too_large", reason="more")]
    assert opened().original(first) == b"<p>"
    others = {
        opened().keep(each, Manner()) for each in (rejected(path="/pages/b.html"), rejected(original=b"<b>"))
    }
    assert len({first, *others}) == len(opened().all()) == 3


def test_relative_paths_mean_the_same_from_everywhere(opened, tmp_path, monkeypatch):
    """A path is kept whole; standard input stays what it is."""
    monkeypatch.chdir(tmp_path)
    opened().keep(rejected(path="pages/a.html"), Manner())
    opened().keep(rejected(path="-"), Manner())
    assert {reject.path for reject in opened().all()} == {str(tmp_path / "pages/a.html"), "-"}


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/a/../../b", "x" * 5_000, "a\nb", "新闻.zip/..\\..\\页", "a.reject", "�"]
)
def test_no_path_names_a_file(opened, folder, path):
    """Whatever a source is called, its file is called after a hash, and lies in the folder."""
    name = opened().keep(rejected(path=path, place="../x"), Manner())
    (file,) = folder.parent.rglob("*.reject")
    assert file.parent == folder
    assert re.fullmatch(r"[0-9a-f]{16}\.reject", file.name)
    assert opened().original(name) == b"<p>"


@pytest.mark.limit("rejected_bytes")
def test_a_large_original_is_not_kept(opened):
    """As many bytes as are allowed are kept, of one more the reason and the size alone."""
    kept = opened(rejected_bytes=100)
    assert kept.original(kept.keep(rejected(original=b"x" * 100), Manner())) == b"x" * 100
    assert kept.original(kept.keep(rejected(original=b"x" * 101), Manner())) is None
    assert {(reject.bytes, reject.kept) for reject in opened().all()} == {(100, True), (101, False)}


@pytest.mark.limit("rejected_bytes")
def test_a_file_is_looked_at_again_up_to_the_limit(tmp_path, limits):
    """What a reader did not hold is taken from the file, if it is no more than may be kept."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'[{"title": "x"}, ' + b" " * 83)
    for most, original in ((100, path.read_bytes()), (99, None)):
        *_, item = read_articles([str(path)], replace(limits, rejected_bytes=most))
        assert item.original == original


@pytest.mark.limit("rejects_bytes")
def test_a_full_folder_keeps_reasons(opened, folder):
    """A reject that fits is kept, by one byte less its reason alone, and without room for that counted."""
    opened().keep(rejected(original=b"x" * 1_000), Manner())
    (file,) = folder.iterdir()
    size = file.stat().st_size
    (reject,) = opened().all()
    head = len(encoded(replace(reject, kept=False), None))
    for room, kept in (
        (2 * size, True),
        (2 * size - 1, False),
        (size + head, False),
        (size + head - 1, None),
    ):
        store = opened(rejects_bytes=room)
        name = store.keep(rejected(original=b"y" * 1_000), Manner())
        held = {each.id: each.kept for each in opened().all()}
        assert (held.get(name), store.omitted) == (kept, int(kept is None))
        store.drop([name])


@pytest.mark.limit("rejects_kept")
def test_a_folder_holds_so_many(opened):
    """The last that is allowed is kept, one more is counted."""
    kept = opened(rejects_kept=2)
    for number in range(3):
        kept.keep(rejected(original=b"%d" % number), Manner())
    assert (len(opened().all()), kept.omitted) == (2, 1)


def test_a_try_is_counted(opened):
    """A reject that was read again has its new reason and one try more, and the same bytes."""
    name = opened().keep(rejected(), Manner())
    store = opened()
    store.count_try(store.find(name), rejected(code="invalid_article", reason="other"))
    (reject,) = opened().all()
    assert (reject.code, reject.reason, reject.tries) == ("invalid_article", "other", 2)
    assert opened().original(name) == b"<p>"


def test_dropping(opened, folder):
    """What is dropped is gone from the disk, and what is not there is passed over."""
    store = opened()
    name = store.keep(rejected(), Manner())
    store.drop([name, "0" * 16])
    store.settle()
    assert not list(folder.iterdir())
    with pytest.raises(NotFound):
        opened().original(name)


def test_what_lies_below_a_path(opened):
    """A file has its rejects, an archive those of its members, and no neighbour those of another."""
    store = opened()
    member, page = (store.keep(rejected(path=path), Manner()) for path in ("/a/b.zip/c/d.html", "/a/b.html"))
    below = store.below()
    assert below["/a/b.zip"] == below["/a/b.zip/c/d.html"] == [member]
    assert sorted(below["/a"]) == sorted([member, page])
    assert "/a/b" not in below


def test_torn_and_foreign_files_are_passed_over(opened, folder):
    """A file that a power cut tore counts as absent and is written anew; what is not ours stays."""
    name = opened().keep(rejected(original=b"x" * 500), Manner())
    file = folder / f"{name}.reject"
    whole = file.read_bytes()
    (folder / "notes.txt").write_text("mine")
    (folder / f"{'0' * 16}.reject").write_bytes(whole)
    for cut in (0, 10, len(whole) - 1):
        file.write_bytes(whole[:cut])
        assert opened().all() == []
        assert opened().keep(rejected(original=b"x" * 500), Manner()) == name
        assert opened().original(name) == b"x" * 500
    assert (folder / "notes.txt").exists()


def test_names_of_rejects_that_are_no_files(opened, folder):
    """Folders, pipes, devices and circles of links are passed over, also under the name of a reject."""
    folder.mkdir()
    places = [folder / f"{number * 16}.reject" for number in "01234"]
    places[0].mkdir()
    os.mkfifo(places[1])
    places[2].symlink_to("/dev/zero")
    places[3].symlink_to(places[3])
    places[4].write_bytes(b'{"reject":' * 200_000)
    (folder / "mine.tmp").write_text("mine")
    name = opened().keep(rejected(), Manner())
    assert [reject.id for reject in opened().all()] == [name]
    assert (folder / "mine.tmp").read_text() == "mine"


def test_damaged_bytes_are_not_given_out(opened, folder):
    """Bytes that are not those that were kept are a problem that names the file."""
    name = opened().keep(rejected(), Manner())
    file = folder / f"{name}.reject"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(RejectsProblem, match=name):
        opened().original(name)


def test_what_a_killed_process_left(opened, folder, tmp_path):
    """An unfinished file is no reject; it goes, and if it is a link nothing is written through it."""
    folder.mkdir()
    outside = tmp_path / "outside"
    outside.write_text("untouched")
    (folder / f"{'1' * 16}.tmp").write_bytes(b"{")
    (folder / f"{'2' * 16}.tmp").symlink_to(outside)
    assert opened().all() == []
    opened().keep(rejected(), Manner())
    assert [file.suffix for file in folder.iterdir()] == [".reject"]
    assert outside.read_text() == "untouched"


def test_a_folder_that_is_none(opened, folder):
    """What cannot be read or written is a typed problem."""
    folder.write_text("a file")
    for work in (lambda: opened().all(), lambda: opened().keep(rejected(), Manner())):
        with pytest.raises(RejectsProblem, match="index-rejects"):
            work()


@pytest.mark.parametrize(
    ("name", "content", "originals"),
    [
        ("a.jsonl", b'{"title":"a"}\n{bad \n{"x":1}\n', [b"{bad ", b'{"x":1}']),
        ("a.json", b'[{"title":"a"},\n{"x": 1},{"y":2}]', [b'{"x": 1}', b'{"y":2}']),
        ("a.json", b'[{"title":"a"},\n{"x": tru]', [b'[{"title":"a"},\n{"x": tru]']),
        ("a.html", b"\x89PNG....", [b"\x89PNG...."]),
        ("a.jsonl.gz", b"no gzip", [b"no gzip"]),
        ("a.jpg", b"\xff\xd8\xff\xe0\0", [b"\xff\xd8\xff\xe0\0"]),
        ("missing.txt", None, [None]),
    ],
)
def test_the_original_is_what_was_rejected(tmp_path, limits, name, content, originals):
    """Of lines and items it is the line or item as it stood there, of anything else the whole file."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    items = read_articles([str(tmp_path / name)], limits)
    assert [item.original for item in items if isinstance(item, Rejected)] == originals
