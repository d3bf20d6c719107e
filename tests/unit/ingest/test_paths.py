import os
import sys
from pathlib import Path

import pytest

from wxsearch.errors import NothingToRead
from wxsearch.ingest.formats import format_named
from wxsearch.ingest.intake import read_articles
from wxsearch.ingest.paths import displayed, find_inputs


@pytest.fixture
def folder(tmp_path):
    """A folder with articles of all formats at two levels, and much that is none."""
    root = tmp_path / "articles"
    names = (
        *("b.jsonl", "a.txt", "c.HTML", "d.json.gz", "deep/e.shtml", "deep/f.ndjson.zst", "deep/.g.txt"),
        *(".hidden/h.txt", ".DS_Store", "photo.jpg", "README.md", "page", "i.gz"),
    )
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return root


def names(inputs, root):
    return [os.path.relpath(found.path, root) for found in inputs]


def test_a_folder_gives_its_articles_in_order(folder):
    """Files of known endings, sorted, those of a folder before its subfolders, none hidden."""
    found = find_inputs([str(folder)])
    assert names(found, folder) == [
        "a.txt",
        "b.jsonl",
        "c.HTML",
        "d.json.gz",
        "deep/e.shtml",
        "deep/f.ndjson.zst",
    ]
    assert not any(each.named for each in found)


def test_what_is_passed_over_is_noted(folder):
    """A folder says once how many files of which kinds hold no articles."""
    notes = []
    find_inputs([str(folder)], on_note=notes.append)
    (note,) = notes
    assert note.text.endswith("1 × .jpg, 1 × .md, 2 × no ending")


def test_a_chosen_format_looks_at_its_own_files(folder):
    """With a format given, files of its endings and those without any are read."""
    assert names(find_inputs([str(folder)], format_named("text")), folder) == ["a.txt", "i.gz", "page"]


def test_links_stay_inside(folder, tmp_path):
    """Links to files of the folder are followed; those that lead out, or nowhere, are not."""
    (tmp_path / "outside.txt").write_text("x")
    (folder / "in.txt").symlink_to(folder / "a.txt")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    (folder / "loop").symlink_to(folder)
    found = names(find_inputs([str(folder)]), folder)
    assert "in.txt" in found
    assert not {"out.txt", "broken.txt"} & set(found)
    assert not any(name.startswith("loop") for name in found)


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_pipes_in_a_folder_are_never_opened(folder):
    """A named pipe in a folder would block whoever opens it."""
    os.mkfifo(folder / "pipe.txt")
    assert "pipe.txt" not in names(find_inputs([str(folder)]), folder)


def test_a_folder_without_articles_is_an_error(tmp_path):
    """Nothing to read is said before anything is read, with the endings that are known."""
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(NothingToRead, match=r"\.jsonl.*\.txt"):
        find_inputs(["-", str(tmp_path)])


def test_files_are_taken_as_they_are_named(tmp_path):
    """A path that is no folder is not looked at: opening it will tell."""
    path = str(tmp_path / "missing.xyz")
    assert [(found.path, found.named) for found in find_inputs([path, "-"])] == [(path, True), ("-", True)]


def test_names_that_are_no_text_can_be_shown(tmp_path):
    """A file name of any bytes is shown as text that can be printed and sent."""
    name = os.fsdecode(b"\xff\xfe.txt")
    assert displayed(str(Path(tmp_path) / name)).endswith("\ufffd\ufffd.txt")


def test_a_path_that_cannot_be_looked_at_is_rejected(limits, tmp_path):
    """A name that is too long for the system is one bad input among others, not the end."""
    (tmp_path / "a.jsonl").write_text('{"title": "题"}')
    found = list(read_articles([f"{tmp_path}/{'x' * 5_000}.jsonl", str(tmp_path / "a.jsonl")], limits))
    assert found[0].code == "unreadable"
    assert found[1].title == "题"
