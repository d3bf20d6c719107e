"""A running service reads queries with the words that its files have now."""

import time
from urllib.parse import quote

import pytest

QUERY = "新质生产力论坛"
CUT, WHOLE = "新质 生产力 论坛", "新质生产力 论坛"


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    """A user dictionary that has no word yet."""
    path = tmp_path_factory.mktemp("words") / "words.txt"
    path.write_text("", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def variables(words):
    """The settings that name it."""
    return {"WXSEARCH_QUERY_DICTIONARY": str(words)}


@pytest.fixture(scope="module")
def service(serve, variables):
    """A real service with two workers over it."""
    return serve(variables=variables)


def understood(service, settings):
    """How all workers read the query, once they have looked at the files again."""
    time.sleep(settings.index.refresh_seconds + 0.2)
    answers = [service.get(f"/api/v1/search?size=0&q={quote(QUERY)}").json for _ in range(12)]
    return {answer["query_understood"]["query"] for answer in answers}


def test_a_changed_dictionary_is_followed(service, variables, wxsearch, settings):
    """`wxsearch dictionary` changes how queries are cut within the time of a refresh."""
    assert understood(service, settings) == {CUT}
    assert wxsearch("dictionary", "add", "新质生产力", variables=variables).returncode == 0
    assert understood(service, settings) == {WHOLE}
    assert wxsearch("dictionary", "remove", "新质生产力", variables=variables).returncode == 0
    assert understood(service, settings) == {CUT}


def test_a_broken_dictionary_is_told(service, words, settings):
    """/readyz stays 200 and names the line, not the folder; queries are cut as before."""
    words.write_text("新质生产力\n单\n", encoding="utf-8")
    assert understood(service, settings) == {CUT}
    answer = service.get("/readyz")
    assert (answer.status, answer.json["status"]) == (200, "degraded")
    assert answer.json["reason"].startswith("words.txt, line 2")
    words.write_text("新质生产力\n", encoding="utf-8")
    assert understood(service, settings) == {WHOLE}
    assert service.get("/readyz").json["status"] == "ready"


def test_the_command_line_reads_the_same_files(wxsearch, index, words, variables):
    """`wxsearch search` cuts by the dictionary of the settings, and refuses one that is broken."""
    words.write_text("新质生产力\n", encoding="utf-8")
    done = wxsearch("search", "--json", QUERY, "--index", index, variables=variables)
    assert f'"{WHOLE}"'.encode() in done.stdout
    words.write_text("单\n", encoding="utf-8")
    done = wxsearch("search", "--json", QUERY, "--index", index, variables=variables)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"words.txt, line 1" in done.stderr
