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


def test_what_was_left_out_is_said_once(wxsearch, tmp_path):
    """A note a field says of how many articles, with the first; the summary has the same as JSON."""
    rows = "".join(f"集市{number},开了。,/{number}.html,昨天\n" for number in range(3))
    (tmp_path / "a.csv").write_text(f"标题,正文,链接,时间\n{rows}晚市,散了。,,2024-06-03\n", encoding="utf-8")
    done = wxsearch("index", tmp_path / "a.csv", "--index", tmp_path / "index", "--json")
    assert done.returncode == 0
    said = done.stderr.decode().splitlines()
    assert [line.partition(";")[0] for line in said] == [
        "note [field_left_out]: url of 3 articles could not be read and was left out",
        "note [field_left_out]: published of 3 articles could not be read and was left out",
    ]
    assert "a.csv, line 2: published: '昨天' is not a time" in said[1]
    notes = json.loads(done.stdout)["notes"]
    assert [(note["code"], note["field"], note["articles"], note["place"]) for note in notes] == [
        ("field_left_out", "url", 3, "line 2"),
        ("field_left_out", "published", 3, "line 2"),
    ]
    done = wxsearch("extract", tmp_path / "a.csv", "--json")
    assert (done.returncode, done.stderr.decode().splitlines()) == (0, said)


def test_a_text_under_an_unknown_key_is_said(wxsearch, tmp_path):
    """An article without a body that has a text elsewhere is kept, and a note names the key."""
    lines = ['{"title":"集市","neirong":{"wenben":"天亮了。集市开了。"}}', '{"title":"晚市","editor":"周"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = wxsearch("extract", tmp_path / "a.jsonl", "--json")
    (said,) = done.stderr.decode().splitlines()
    assert said.startswith("note [text_without_field]: 1 article without a body")
    assert "line 1: the key 'neirong.wenben'" in said


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


def test_our_own_keys_are_taken_at_their_word(wxsearch, tmp_path):
    """A time that is none rejects an article in our own keys, and under another name leaves the field out."""
    lines = ['{"title":"集市","published":"昨天"}', '{"title":"晚市","publish_time":"昨天"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = wxsearch("extract", tmp_path / "a.jsonl", "--json")
    assert (done.returncode, json.loads(done.stdout)["title"]) == (3, "晚市")
    said = done.stderr.decode()
    assert "line 1: published" in said
    assert "note [field_left_out]: published of 1 article" in said
