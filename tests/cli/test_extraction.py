"""`wxsearch extract --explain`, and the rules of a site, as a person meets them."""

import json
import re
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs" / "ingest.md"
TEXT = "<p>渡口的早晨很安静，船还没有来，摆渡人在岸边补网，补了一张又一张。</p>" * 2
PAGE = f"""<link rel="canonical" href="https://news.harbour.example/7.html"><h1>渡口</h1>
<div class="headline" data-when="01.06.2024 09:05"><i>据渡口报报道</i><b>渡口的早晨</b></div>
<ul class="where"><li><a href="/">首页</a></li><li><a href="/h/">港口</a></li></ul>
<div>2024-05-31</div><div>{TEXT}</div><p>责任编辑：灯</p>"""


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


def rows(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_field_is_explained(wxsearch, page):
    """Each field has value, origin and confidence; the values are those of the article itself."""
    (explained,) = rows(wxsearch("extract", page, "--explain", "--json"))
    (article,) = rows(wxsearch("extract", page, "--json"))
    assert all(set(row) == {"value", "from", "confidence"} for row in explained.values())
    editor = explained.pop("editor")
    assert (editor["value"], article.pop("extra")) == ("灯", {"editor": "灯"})
    assert {name: row["value"] for name, row in explained.items()} == article
    assert (explained["url"]["from"], explained["source"]["from"]) == ("link canonical", None)
    assert all((row["from"] is None) == (row["confidence"] == 0) for row in explained.values())


def test_an_explanation_for_people(wxsearch, page):
    """On a terminal a field is a line, with its confidence and its origin."""
    shown = wxsearch("extract", page, "--explain").stdout.decode()
    assert re.search(r"^published +0\.75 +2024-05-31T00:00:00\+08:00 +\(text\)$", shown, re.MULTILINE)


def test_stated_fields_are_from_the_input(wxsearch, tmp_path):
    """What JSON Lines states is as it is, with confidence 1."""
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "1", "title": "题", "body": "文", "published": "2024-06-01"}\n', encoding="utf-8")
    (explained,) = rows(wxsearch("extract", file, "--explain", "--json"))
    assert explained["title"] == {"value": "题", "from": "input", "confidence": 1.0}
    assert explained["author"] == {"value": None, "from": None, "confidence": 0.0}


def test_the_rule_of_the_manual_works(wxsearch, page, tmp_path):
    """The example of docs/ingest.md, in a folder of rules, overrides the fields that it names."""
    (rule,) = re.findall(
        r"```toml\n# rules/harbour\.toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL
    )
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "harbour.toml").write_text(rule, encoding="utf-8")
    done = wxsearch(
        "extract", page, "--explain", "--json", variables={"WXSEARCH_INGEST_SITE_RULES": str(folder)}
    )
    (explained,) = rows(done)
    expected = {
        "title": "渡口的早晨",
        "published": "2024-06-01T09:05:00+08:00",
        "source": "渡口报",
        "breadcrumb": ["首页", "港口"],
    }
    assert {name: explained[name]["value"] for name in expected} == expected
    assert {explained[name]["from"] for name in expected} == {"site rule harbour.toml"}


def test_a_broken_rule_is_named(wxsearch, page, tmp_path):
    """A rule that cannot be read stops the command with its code, file and key."""
    (tmp_path / "bad.toml").write_text('hosts = ["a"]\ntitle = { select = "b[" }', encoding="utf-8")
    done = wxsearch("extract", page, variables={"WXSEARCH_INGEST_SITE_RULES": str(tmp_path)})
    assert done.returncode == 2
    assert "[invalid_settings]" in done.stderr.decode()
    assert "bad.toml: title.select" in done.stderr.decode()


def test_any_number_of_processes_shows_the_same(wxsearch, tmp_path):
    """Articles, rejections and notes come in the order of the files, read here or by others."""
    for number in range(70):
        (tmp_path / f"{number:02}.html").write_text(PAGE.replace("渡口", f"{number}号渡口"), encoding="utf-8")
    (tmp_path / "10.html").write_bytes(b"\x89PNG")
    (tmp_path / "picture.png").touch()
    seen = [wxsearch("extract", tmp_path, *more) for more in ((), ("--jobs", "1"), ("--jobs", "3"))]
    assert {done.returncode for done in seen} == {3}
    assert seen[0].stdout.count(b"\n") == 69
    assert b"rejected" in seen[0].stderr
    assert b"passed over" in seen[0].stderr
    assert len({(done.stdout, done.stderr) for done in seen}) == 1
    assert wxsearch("extract", tmp_path, "--explain", "--json").stdout.count(b"\n") == 69
