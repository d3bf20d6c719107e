"""Which generation Whoosh gets to see, and when it gets none."""

import shutil
import subprocess
import sys

import pytest
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.index import create_in, open_dir
from whoosh.query import Every

from support.stock import ids
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import Busy, IndexCorrupt, IndexProblem
from wxsearch.index.names import manifest_name, table_name
from wxsearch.index.publication import Publisher
from wxsearch.index.storage import FileStorage
from wxsearch.index.verification import restore
from wxsearch.whoosh_door.segment import WholeIndex
from wxsearch.whoosh_door.table import tables


def everything(index):
    with index.searcher() as searcher:
        return "".join(sorted(ids(searcher.search(Every(), limit=None))))


@pytest.mark.parametrize("part", ["postings", "columns", "articles"])
def test_the_files_are_those_that_wxsearch_serves(engine, index, part):
    """With one of them taken away Whoosh finds nothing any more, and says which is missing."""
    assert everything(index) == "ab"
    taken = min(engine.directory.glob(f"g*.{part}"))
    taken.unlink()
    with pytest.raises(IndexCorrupt, match=taken.name):
        everything(index)


def test_damage_is_told_and_not_passed_over(engine, index):
    """Where wxsearch serves the generation before and says so, Whoosh, which cannot say it, is refused."""
    newest = engine.directory / manifest_name(engine.generation())
    newest.write_bytes(newest.read_bytes()[:-1])
    with pytest.raises(IndexCorrupt, match=newest.name):
        everything(index)
    assert EmbeddedEngine(engine.directory, engine._settings).statistics().articles == 3
    assert restore(FileStorage(engine.directory)).articles == 3
    assert everything(index) == "abc"


def test_a_searcher_follows(engine, index, make_article):
    """A searcher stays with its generation, knows when there is a newer one, and refreshes to it."""
    searcher = index.searcher()
    engine.index([make_article("d", "新")])
    engine.merge()
    engine.delete(["a"])
    assert "".join(sorted(ids(searcher.search(Every())))) == "ab"
    assert not searcher.up_to_date()
    searcher = searcher.refresh()
    assert searcher.up_to_date()
    assert "".join(sorted(ids(searcher.search(Every())))) == "bd"
    assert searcher.refresh() is searcher
    searcher.close()


@pytest.fixture
def orphan(engine):
    """A table of contents whose writer was killed before it published the manifest."""
    ((name, content),) = tables(engine.generation() + 1).items()
    path = engine.directory / name
    path.write_bytes(content)
    return path


def test_a_table_of_a_killed_writer(engine, index, orphan, make_article):
    """It leads to the newest generation that was published; the next writer removes it."""
    assert index.latest_generation() == engine.generation() + 1
    assert everything(index) == "ab"
    engine.index([make_article("d", "新")])
    assert not orphan.exists()
    assert index.latest_generation() == engine.generation()
    assert everything(index) == "abd"


def test_a_table_before_its_manifest(engine, index, orphan, make_article):
    """While a writer is at work its generation may come any moment: Whoosh waits, then is told so."""
    hidden = orphan.rename(orphan.with_suffix(".hidden"))
    with Publisher(FileStorage(engine.directory)):
        hidden.rename(orphan)
        with pytest.raises(Busy, match="being published"):
            everything(index)
    assert not orphan.exists()
    assert everything(index) == "ab"


def test_a_half_written_table_has_another_name(engine, index):
    """What a writer leaves that was killed while it wrote the table is not found by Whoosh."""
    (engine.directory / f"{table_name(9)}.0123456789ab.tmp").write_bytes(b"half")
    assert index.latest_generation() == engine.generation()
    assert everything(index) == "ab"


def test_an_index_is_opened_where_it_is(engine, tmp_path):
    """A copy of the directory opens as well; what is no directory does not."""
    copy = tmp_path / "copy"
    shutil.copytree(engine.directory, copy)
    shutil.rmtree(engine.directory)
    assert everything(open_dir(str(copy))) == "ab"
    with pytest.raises(IndexProblem, match="from its directory"):
        WholeIndex(1).codec().terms_reader(RamStorage(), WholeIndex(1))


@pytest.mark.parametrize("command", ["search 发展", "check", "stats"])
def test_reading_does_not_load_whoosh(engine, environment, command):
    """The commands that read do without Whoosh, which unpickles what it opens."""
    code = (
        "import sys; from wxsearch.cli.main import main\n"
        "try: main()\n"
        "finally: assert 'whoosh' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command.split(), "--index", str(engine.directory)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_an_index_of_whoosh_itself_is_left_alone(settings, tmp_path, make_article):
    """Where stock Whoosh keeps an index of its own, nothing is written, and Whoosh goes on reading it."""
    schema = Schema(id=ID(stored=True), text=TEXT(stored=True))
    with create_in(str(tmp_path), schema).writer() as writer:
        writer.add_document(id="1", text="harbour")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.stat().st_size}
    for rebuild in (False, True):
        with pytest.raises(IndexProblem, match="holds other files and no index"):
            EmbeddedEngine(tmp_path, settings).index([make_article("a", "港口")], rebuild=rebuild)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert open_dir(str(tmp_path)).doc_count() == 1
