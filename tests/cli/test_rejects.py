"""`wxsearch rejects`, and what `wxsearch index` puts there: real processes, real files."""

import io
import json
import os
import resource
import zipfile

import pytest

GOOD = "<html><h1>盐田收工</h1><p>木耙靠在墙边，风从海上来，盐工们收起工具，踩着石板路回家去了。</p></html>"
FEED = '<?xml version="1.0"?><rss><channel><title>源</title>'
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(50)


@pytest.fixture
def folder(tmp_path):
    """A good page, a picture named as a page, and lines of which one is broken."""
    root = tmp_path / "pages"
    root.mkdir()
    (root / "a.html").write_text(GOOD)
    (root / "b.html").write_bytes(PICTURE)
    (root / "c.jsonl").write_text('{"id":"1","title":"一"}\n{"id":"2","title":\n{"id":"3","title":"三"}\n')
    return root


def listed(run):
    code, held, _ = run("rejects", "list")
    assert code == 0
    return held


def test_an_index_run_keeps_its_rejects(run, wxsearch, folder, tmp_path):
    """They lie beside the index with path, place, code, reason, time and size, `show` prints their bytes."""
    assert listed(run) == []
    code, summary, _ = run("index", folder)
    assert (code, summary["rejected"]) == (3, 2)
    page, line = listed(run)
    assert (page["path"], page["place"], page["code"]) == (str(folder / "b.html"), None, "undecodable_text")
    assert (line["path"], line["place"], line["code"]) == (
        str(folder / "c.jsonl"),
        "line 2",
        "invalid_article",
    )
    assert (page["bytes"], page["kept"], page["tries"], page["reason"]) == (
        len(PICTURE),
        True,
        1,
        summary["rejections"][0]["reason"],
    )
    assert (tmp_path / "index-rejects").is_dir()
    where = ("--index", tmp_path / "index")
    assert wxsearch("rejects", "show", page["id"], *where).stdout == PICTURE
    assert wxsearch("rejects", "show", line["id"], *where).stdout == b'{"id":"2","title":'
    plain = wxsearch("rejects", "list", *where).stdout.decode()
    assert f"{line['id']}  invalid_article  {folder}/c.jsonl, line 2" in plain


def test_extracting_keeps_nothing(wxsearch, folder, tmp_path):
    """`extract` writes nothing, wherever it runs."""
    assert wxsearch("extract", folder, cwd=tmp_path).returncode == 3
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_the_same_rejects_again(run, folder):
    """Another run keeps each once, also where it reads everything again."""
    run("index", folder)
    before = listed(run)
    for options in ((), ("--again",), ("--rebuild",)):
        code, summary, _ = run("index", folder, *options)
        assert (code, summary["rejected"], summary["read"]) == (3, 2, 5)
        assert listed(run) == before


def test_a_file_that_reads_well_later(run, folder):
    """Its rejects leave the folder, those of others stay."""
    run("index", folder)
    (folder / "c.jsonl").write_text('{"id":"2","title":"二"}\n')
    assert run("index", folder)[0] == 3
    assert [reject["path"] for reject in listed(run)] == [str(folder / "b.html")]
    (folder / "b.html").write_text(GOOD)
    assert run("index", folder)[0] == 0
    assert listed(run) == []


def test_retrying(run, folder):
    """By today's rules a reject becomes an article under its own name, or counts a try and stays."""
    long = folder / "d.jsonl"
    long.write_text('{"id":"4","title":"很长的题目"}\n')
    run("index", folder, variables={"WXSEARCH_LIMITS_TITLE_CHARACTERS": "4"})
    assert {reject["code"] for reject in listed(run)} == {"undecodable_text", "invalid_article", "too_large"}
    long.unlink()
    code, outcome, _ = run("rejects", "retry", "--all")
    assert code == 3
    assert (outcome["tried"], outcome["succeeded"], outcome["failed"]) == (3, 1, 2)
    assert [each["path"] for each in outcome["rejections"]] == [
        str(folder / "b.html"),
        str(folder / "c.jsonl"),
    ]
    assert outcome["rejections"][1]["place"] == "line 2"
    assert [reject["tries"] for reject in listed(run)] == [2, 2]
    assert run("get", "4")[1]["title"] == "很长的题目"
    assert run("rejects", "retry", "--code", "nothing")[:2] == (
        0,
        {"tried": 0, "succeeded": 0, "failed": 0, "total": 0, "rejections": []},
    )


def test_retrying_by_its_format(run, folder):
    """What was read as a chosen format is read as that again."""
    (folder / "e.txt").write_text("盐田收工\n木耙靠在墙边。")
    small = {"WXSEARCH_LIMITS_ARTICLE_BYTES": "10"}
    run("index", folder / "e.txt", "--format", "text", variables=small)
    (reject,) = listed(run)
    assert (reject["manner"]["format"], reject["code"], reject["kept"]) == ("text", "too_large", True)
    assert run("rejects", "retry", reject["id"])[0] == 0
    assert listed(run) == []


def test_a_reject_without_its_bytes(run, wxsearch, folder, tmp_path):
    """It says so, and retrying asks for the file."""
    run("index", folder, variables={"WXSEARCH_LIMITS_REJECTED_BYTES": "20"})
    page, line = listed(run)
    assert (page["kept"], line["kept"]) == (False, True)
    shown = wxsearch("rejects", "show", page["id"], "--index", tmp_path / "index")
    assert (shown.stdout, "not kept" in shown.stderr.decode()) == (b"", True)
    code, outcome, _ = run("rejects", "retry", page["id"])
    assert (code, outcome["tried"], outcome["failed"]) == (3, 0, 1)
    assert "index the file again" in outcome["rejections"][0]["reason"]


def test_dropping(run, folder):
    """By id, by code or all; what was dropped stays away as long as its file is what it is."""
    run("index", folder)
    page, line = listed(run)
    assert run("rejects", "drop", page["id"])[:2] == (0, {"dropped": 1, "left": 1})
    assert run("index", folder)[0] == 3
    assert listed(run) == [line]
    assert run("rejects", "drop", "--code", "invalid_article")[1] == {"dropped": 1, "left": 0}
    run("index", folder, "--again")
    assert run("rejects", "drop", "--all")[1] == {"dropped": 2, "left": 0}


def test_wrong_use(run, folder):
    """An unknown id is not_found; nothing chosen, or two things, is wrong use."""
    run("index", folder)
    for command in ("retry", "drop"):
        assert run("rejects", command, "0" * 16)[0] == 1
        assert run("rejects", command)[0] == 2
        assert run("rejects", command, "--all", "--code", "x")[0] == 2
    assert len(listed(run)) == 2


def test_a_broken_folder_stops_no_run(run, folder, tmp_path):
    """What can be indexed is, a note says why rejects are not kept, and `rejects` names the trouble."""
    (tmp_path / "index-rejects").write_text("a file")
    code, summary, said = run("index", folder)
    assert (code, summary["added"], summary["rejected"]) == (3, 3, 2)
    assert said.count("rejects are not kept") == 1
    code, _, said = run("rejects", "list")
    assert (code, "rejects_problem" in said) == (1, True)


def test_another_folder(run, folder, tmp_path):
    """ingest.rejects names another place, and nothing lies beside the index."""
    elsewhere = {"WXSEARCH_INGEST_REJECTS": str(tmp_path / "elsewhere" / "deep")}
    run("index", folder, variables=elsewhere)
    assert len(run("rejects", "list", variables=elsewhere)[1]) == 2
    assert not (tmp_path / "index-rejects").exists()


def test_a_page_and_an_export_of_it(run, wxsearch, folder):
    """The same article from its page and from JSON of another spelling of its address is unchanged."""
    page = folder / "f.html"
    link = '<link rel="canonical" href="http://Salt.example:80/1.html#top">'
    page.write_text(GOOD.replace("<h1>", f"{link}<h1>"))
    exported = json.loads(wxsearch("extract", page, "--json").stdout)
    exported["url"] = "https://salt.example/1.html?utm_source=wx"
    lines = json.dumps(exported | {"id": None}).encode()
    assert run("index", page)[1]["added"] == 1
    assert run("index", "-", input=lines)[1]["unchanged"] == 1
    assert run("index", "-", input=lines.replace(b'"title": "', b'"title": "X'))[1]["updated"] == 1


def zipped(members):
    """The bytes of a zip archive of names and contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "original"),
    [
        (
            "a.zip",
            zipped({"p/a.html": GOOD, "p/长.txt": "很长的题目\n正文在这里。"}),
            "很长的题目\n正文在这里。",
        ),
        (
            "a.csv",
            "标题,正文\n短,文\n很长的题目,正文\n短,文\n",
            "标题,正文\n很长的题目,正文\n",
        ),
        (
            "a.rss",
            f"{FEED}<item><title>短</title></item><item><title>很长的题目</title></item></channel></rss>",
            f"{FEED}<item><title>很长的题目</title></item></rss>",
        ),
        (
            "a.json",
            '{"version":"https://jsonfeed.org/version/1","title":"源","items":[{"title":"短"},{"title":"很长的题目"}]}',
            '{"version":"https://jsonfeed.org/version/1","title":"源","items":[{"title":"很长的题目"}]}',
        ),
    ],
)
def test_members_rows_and_entries(run, wxsearch, tmp_path, name, content, original):
    """What is rejected of an archive, a table or a feed is kept so that it can be read again alone."""
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    small = {"WXSEARCH_LIMITS_TITLE_CHARACTERS": "4"}
    assert run("index", tmp_path / name, variables=small)[1]["rejected"] == 1
    (reject,) = listed(run)
    shown = wxsearch("rejects", "show", reject["id"], "--index", tmp_path / "index").stdout.decode()
    assert shown == original
    code, outcome, _ = run("rejects", "retry", reject["id"])
    assert (code, outcome["succeeded"]) == (0, 1)
    assert run("search", "很长的题目", "--match", "all")[1]["total"] == 1
    assert listed(run) == []


def test_a_member_that_reads_well_later(run, tmp_path):
    """The rejects of an archive are those of its last reading."""
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({"a.html": PICTURE, "b.html": PICTURE + b"2"}))
    run("index", archive)
    assert len(listed(run)) == 2
    archive.write_bytes(zipped({"a.html": GOOD, "b.html": PICTURE + b"2"}))
    run("index", archive)
    assert [reject["path"] for reject in listed(run)] == [f"{archive}/b.html"]


def test_a_row_is_retried_by_its_columns(run, tmp_path):
    """What the columns of a table are is kept with what was rejected of it."""
    (tmp_path / "map.toml").write_text(
        '[columns]\ntitle = 2\nbody = 1\n[dialect]\nheader = false\nencoding = "gbk"\n'
    )
    (tmp_path / "a.csv").write_bytes("文,很长的题目\n".encode("gbk"))
    small = {"WXSEARCH_LIMITS_TITLE_CHARACTERS": "4"}
    run("index", tmp_path / "a.csv", "--columns", tmp_path / "map.toml", variables=small)
    (reject,) = listed(run)
    assert run("rejects", "retry", reject["id"])[0] == 0
    assert run("search", "很长的题目", "--match", "all")[1]["total"] == 1


def test_a_disk_that_is_full(run, tmp_path):
    """A reject that finds no room leaves no part of a file, and is kept by the next run that has room."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_text(GOOD)
    (folder / "b.html").write_bytes(PICTURE + bytes(3_000_000))

    def narrow():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    code, found, said = run("index", folder, preexec_fn=narrow)
    assert (code, found["added"], said.count("rejects are not kept")) == (3, 1, 1)
    assert list((tmp_path / "index-rejects").iterdir()) == []
    _, found, said = run("index", folder)
    assert (found["skipped"], said.count("rejects are not kept")) == (1, 0)
    assert [reject["bytes"] for reject in run("rejects", "list")[1]] == [3_000_000 + len(PICTURE)]


def test_a_rebuild_beside_a_ledger_that_stays(run, folder, tmp_path):
    """It is refused before anything is replaced."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "sources.ledger").mkdir()
    code, found, said = run("index", folder, "--rebuild")
    assert (code, found) == (4, None)
    assert "error [index_problem]" in said


def test_names_that_would_steer_a_terminal(wxsearch, tmp_path):
    """Line breaks, escapes and bytes that are no text are shown as blanks and U+FFFD, also in errors."""
    empty = tmp_path / os.fsdecode(b"a\x1b[31m\n\xff")
    empty.mkdir()
    for command in ("index", "extract"):
        done = wxsearch(command, empty, "--format", "html")
        assert done.stderr.count(b"\n") == 1
        assert "[31m \ufffd: no article files" in done.stderr.decode()
        assert b"\x1b" not in done.stderr
