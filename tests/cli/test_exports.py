"""Exports, feeds and archives from the command line."""

import io
import json
import zipfile

import pytest


@pytest.fixture
def export(tmp_path):
    """A table whose columns have names of their own, and the map for it."""
    table = tmp_path / "export.csv"
    table.write_text("题,文\n集市,开了。\n晚市\n", encoding="utf-8")
    columns = tmp_path / "map.toml"
    columns.write_text('columns = {title = "题", body = "文"}', encoding="utf-8")
    return table, columns


def test_a_table_by_a_map(wxsearch, export, tmp_path):
    """Both commands read a table by `--columns`, and name a bad row with its line."""
    table, columns = export
    done = wxsearch("extract", table, "--columns", columns, "--json")
    assert (done.returncode, json.loads(done.stdout)["title"]) == (3, "集市")
    assert "export.csv, line 3" in done.stderr.decode()
    done = wxsearch("index", table, "--columns", columns, "--index", tmp_path / "index", "--json")
    assert (done.returncode, json.loads(done.stdout)["added"]) == (3, 1)


def test_a_bad_map_ends_the_run(wxsearch, export, tmp_path):
    """A map with a slip in it is refused before anything is read or made."""
    table, columns = export
    columns.write_text('columns = {titel = "题"}', encoding="utf-8")
    for command in (("extract", table), ("index", table, "--index", tmp_path / "index")):
        done = wxsearch(*command, "--columns", columns)
        assert done.returncode not in (0, 3)
        assert "columns.titel" in done.stderr.decode()
        assert "Traceback" not in done.stderr.decode()
    assert not (tmp_path / "index").exists()


def test_an_archive_of_a_feed(wxsearch, tmp_path):
    """An archive goes in from a pipe, its members named by their place in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.rss", "<rss><channel><item><title>集市</title></item></channel></rss>")
        archive.writestr("b.rss", "<rss><channel><item>")
    done = wxsearch("extract", "-", "--json", input=stream.getvalue())
    assert json.loads(done.stdout)["title"] == "集市"
    assert "-/b.rss" in done.stderr.decode()
