"""The command line as people and scripts use it: real processes, real files."""

import json
import subprocess
import sys

import pytest

from support import reprints


def document(done):
    return json.loads(done.stdout)


@pytest.fixture
def lines(tmp_path):
    """A file of three articles, one of them broken off."""
    file = tmp_path / "news.jsonl"
    good = [
        {"id": str(n), "title": f"第{n}篇", "body": "港口航运", "published": "2021-10-19"} for n in (1, 2)
    ]
    text = "\n".join(json.dumps(article, ensure_ascii=False) for article in good)
    file.write_text(text + '\n{"id": "3", "title": "断', encoding="utf-8")
    return file


def test_indexing_names_what_it_rejects(wxsearch, lines, tmp_path):
    """Good articles go in, the broken line is named with its place, and the exit code is 3."""
    done = wxsearch("index", lines, "--index", tmp_path / "index", "--json")
    summary = document(done)
    assert done.returncode == 3
    assert (summary["read"], summary["added"], summary["rejected"], summary["total"]) == (3, 2, 1, 2)
    rejection = summary["rejections"][0]
    assert rejection["path"] == str(lines)
    assert "3" in rejection["place"]
    assert rejection["code"] == "invalid_article"
    plain = wxsearch("index", lines, "--index", tmp_path / "index")
    assert "2 unchanged" in plain.stdout.decode()
    assert "invalid_article" in plain.stderr.decode()


def test_searching_prints_the_http_document(wxsearch, sample_index):
    """`search --json` prints one document with the fields of the HTTP answer."""
    done = wxsearch("search", "海铁联运", "--index", sample_index, "--json", "--size", "2")
    found = document(done)
    assert done.returncode == 0
    assert found["total"] == 4
    assert len(found["hits"]) == 2
    assert {
        "hits",
        "facets",
        "query_understood",
        "relaxed",
        "did_you_mean",
        "took_ms",
        "generation",
    } <= found.keys()
    plain = wxsearch("search", "海铁联运", "--index", sample_index)
    assert "4 articles" in plain.stdout.decode()


def test_words_may_be_several_arguments(wxsearch, sample_index):
    """Words that the shell takes apart are one query, as people type them."""
    apart = document(wxsearch("search", "海铁联运", "港口", "--index", sample_index, "--json"))
    whole = document(wxsearch("search", "海铁联运 港口", "--index", sample_index, "--json"))
    assert apart["total"] == whole["total"] > 0
    assert apart["query_understood"] == whole["query_understood"]


def test_searching_offers_other_spellings(wxsearch, sample_index):
    """Where there are few hits, what else may have been meant is printed with its hits."""
    done = wxsearch("search", "海铁连运 -航空", "--index", sample_index)
    assert done.returncode == 0
    assert "did you mean: 海铁联运 -航空 (4 articles)" in done.stdout.decode()


def test_searching_tells_which_words_were_given_up(wxsearch, sample_index):
    """Where nothing has all words a line says how many are asked for, and what may be missing."""
    done = wxsearch("search", "海铁联运 zzzz", "--index", sample_index)
    line = "relaxed: too few articles have all words, so any of them are asked for; may be missing: zzzz"
    assert line in done.stdout.decode().splitlines()
    every = wxsearch("search", "海铁联运 zzzz", "--index", sample_index, "--all", "--json")
    assert len(every.stdout.splitlines()) == 4
    assert "relaxed" not in wxsearch("search", "海铁联运", "--index", sample_index).stdout.decode()


def test_filters_and_sorts(wxsearch, sample_index):
    """Category, source, dates and order mean what they mean over HTTP."""
    done = wxsearch(
        *(
            "search",
            "--index",
            sample_index,
            "--json",
            "--category",
            "首页 > 物流资讯",
            "--from",
            "2025",
            "--to",
            "2025",
        ),
        *("--sort", "oldest", "--size", "100"),
    )
    hits = document(done)["hits"]
    assert hits
    assert all(hit["breadcrumb"][1] == "物流资讯" and hit["published"][:4] == "2025" for hit in hits)
    assert hits == sorted(hits, key=lambda hit: hit["published"])


def test_variants_are_chosen(wxsearch, sample_index):
    """--expand chooses what is looked for beside the words, and an empty one nothing."""
    for chosen, notes in (([], 1), (["--expand", "number"], 1), (["--expand", ""], 0)):
        done = wxsearch("search", "2024年", *chosen, "--index", sample_index, "--json")
        assert len(document(done)["query_understood"]["notes"]) == notes


def test_scores_are_explained(wxsearch, sample_index):
    """--explain prints the parts of each score below its hit, also of --all; --json has them as HTTP does."""
    asked = ("search", "海铁联运", "--explain", "--index", sample_index)
    plain = wxsearch(*asked, "--size", "1").stdout.decode().splitlines()
    assert any(line.startswith("     ") and line.endswith("海铁联运: 1 × in the title") for line in plain)
    (hit,) = document(wxsearch(*asked, "--size", "1", "--json"))["hits"]
    assert sum(part["value"] for part in hit["explanation"]) == pytest.approx(hit["score"], rel=2e-5)
    hits = [json.loads(line) for line in wxsearch(*asked, "--all", "--json").stdout.splitlines()]
    assert hits[0] == hit


def test_all_prints_every_hit(wxsearch, sample_index):
    """`--all --json` prints one hit a line, as many as the total says."""
    done = wxsearch("search", "--all", "--json", "--index", sample_index)
    hits = [json.loads(line) for line in done.stdout.splitlines()]
    assert len({hit["id"] for hit in hits}) == 76


def test_getting_deleting_counting_and_checking(wxsearch, lines, tmp_path):
    """An article can be shown and removed by id; stats and check tell what is left."""
    where = ("--index", tmp_path / "index")
    wxsearch("index", lines, *where)
    assert document(wxsearch("get", "1", *where, "--json"))["title"] == "第1篇"
    shown = wxsearch("get", "1", *where).stdout.decode().splitlines()
    # Of a day no hour is known.
    assert shown[:2] == ["第1篇", "2021-10-19"]
    gone = document(wxsearch("delete", "1", "nowhere", *where, "--json"))
    assert (gone["deleted"], gone["missing"], gone["total"]) == (1, ["nowhere"], 1)
    missing = wxsearch("get", "1", *where)
    assert missing.returncode == 1
    assert "not_found" in missing.stderr.decode()
    assert document(wxsearch("stats", *where, "--json"))["articles"] == 1
    checked = wxsearch("check", *where, "--json")
    assert checked.returncode == 0
    assert document(checked)["state"] == "sound"


def test_extraction_prints_what_can_be_indexed(wxsearch, root, tmp_path):
    """What `extract --json` prints is indexed as the very same articles."""
    extracted = wxsearch("extract", root / "sample", "--json")
    assert extracted.returncode == 0
    where = ("--index", tmp_path / "index", "--json")
    first = document(wxsearch("index", root / "sample", *where))
    again = document(wxsearch("index", "-", *where, input=extracted.stdout))
    assert first["added"] == again["unchanged"] == 76


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("search", "x"), "index_missing", 4),
        (("stats",), "index_missing", 4),
        (("search", "x", "--size", "-1"), "invalid_request", 2),
        (("search", "x", "--from", "2021-99-01"), "invalid_request", 2),
        (("search", "港" * 30_000), "limit_exceeded", 2),
    ],
)
def test_wrong_use_is_explained(wxsearch, tmp_path, arguments, code, exit_code):
    """An error is one line with a stable code, never a stack trace, and has its exit code."""
    done = wxsearch(*arguments, "--index", tmp_path / "absent")
    message = done.stderr.decode()
    assert done.returncode == exit_code
    assert f"[{code}]" in message
    assert "Traceback" not in message
    assert len(message) < 500
    assert done.stdout == b""


def test_unknown_options_and_commands_are_wrong_use(wxsearch):
    """What the command line does not know gives exit code 2 and says what there is."""
    assert wxsearch("search", "--colour").returncode == 2
    assert wxsearch("serch").returncode == 2
    assert wxsearch("index").returncode == 2


def test_wrong_settings_are_named(wxsearch, tmp_path):
    """A misspelt variable stops every command with its name."""
    done = wxsearch("stats", "--index", tmp_path, variables={"WXSEARCH_SERVICE_WORKRES": "2"})
    assert done.returncode == 2
    assert "WXSEARCH_SERVICE_WORKRES" in done.stderr.decode()


def test_an_absent_index_is_a_state(wxsearch, tmp_path):
    """`check` tells an index that is absent from one that is damaged."""
    done = wxsearch("check", "--index", tmp_path / "absent", "--json")
    assert done.returncode == 4
    assert document(done)["state"] == "absent"


@pytest.mark.parametrize(
    "name", ["index", "search", "get", "delete", "stats", "check", "merge", "extract", "serve"]
)
def test_every_command_has_help(wxsearch, name):
    """Each command explains itself."""
    done = wxsearch(name, "--help")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("Usage:")


def test_all_takes_no_page(wxsearch, sample_index):
    """`--all` with a size or an offset is refused, since it would not keep to them."""
    assert wxsearch("search", "--all", "--size", "2", "--index", sample_index).returncode == 2


def test_a_damaged_index_is_named_by_every_command(wxsearch, lines, tmp_path):
    """Reading and writing commands end with the code of damage and no stack trace."""
    where = ("--index", tmp_path / "index")
    wxsearch("index", lines, *where)
    for postings in (tmp_path / "index").glob("*.postings"):
        postings.write_bytes(postings.read_bytes()[:200])
    for arguments in (
        ("search", "港口"),
        ("search", "港口", "--all"),
        ("get", "1"),
        ("index", lines),
        ("delete", "1"),
    ):
        done = wxsearch(*arguments, *where)
        assert (done.returncode, b"[index_corrupt]" in done.stderr) == (4, True), done.stderr.decode()
        assert b"Traceback" not in done.stderr
    assert wxsearch("index", lines, *where, "--rebuild").returncode == 3
    assert document(wxsearch("check", *where, "--json"))["state"] == "sound"


def test_check_makes_a_degraded_index_writable(wxsearch, lines, tmp_path):
    """After damage writing is refused until `check` has run, which names the file and what it restored."""
    where = ("--index", tmp_path / "index")
    wxsearch("index", lines, *where)
    wxsearch("delete", "1", *where)
    (damaged,) = (tmp_path / "index").glob("g*.deletions")
    damaged.write_bytes(b"?")
    assert document(wxsearch("search", *where, "--json"))["total"] == 2
    refused = wxsearch("delete", "2", *where)
    assert refused.returncode == 4
    assert b"wxsearch check" in refused.stderr
    checked = wxsearch("check", "--full", *where)
    assert checked.returncode == 4
    assert damaged.name in checked.stderr.decode()
    assert "restored: generation" in checked.stderr.decode()
    assert wxsearch("check", "--full", *where).returncode == 0
    assert wxsearch("delete", "2", *where).returncode == 0


def test_a_rebuild_without_paths(wxsearch, lines, tmp_path):
    """`index --rebuild` alone indexes the stored articles anew; without an index it says what to do."""
    where = ("--index", tmp_path / "index")
    absent = wxsearch("index", "--rebuild", *where)
    assert (absent.returncode, b"index_missing" in absent.stderr) == (4, True)
    wxsearch("index", lines, *where)
    wxsearch("delete", "1", *where)
    rebuilt = wxsearch("index", "--rebuild", *where, "--json")
    assert rebuilt.returncode == 0
    assert (document(rebuilt)["read"], document(rebuilt)["total"]) == (1, 1)
    assert document(wxsearch("get", "2", *where, "--json"))["title"] == "第2篇"


def test_segments_are_merged_after_the_outcome_is_told(wxsearch, tmp_path):
    """The tenth run of a size merges, and a deletion of most, and what is told of both is that of the run."""
    where = ("--index", tmp_path / "index", "--json")
    for number in range(10):
        line = json.dumps({"id": str(number), "title": f"第{number}篇"}).encode()
        told = document(wxsearch("index", "-", *where, input=line))
    held = document(wxsearch("stats", *where))
    assert (told["total"], held["articles"], held["segments"]) == (10, 10, 1)
    assert held["generation"] == told["generation"] + 1
    told = document(wxsearch("delete", *map(str, range(6)), *where))
    held = document(wxsearch("stats", *where))
    assert (told["total"], held["articles"]) == (4, 4)
    assert held["generation"] == told["generation"] + 1


def test_segments_are_merged_when_asked_to_be(wxsearch, tmp_path):
    """`merge` leaves as few segments as asked for and every live article; again, it does nothing."""
    where = ("--index", tmp_path / "index")
    for number in range(5):
        line = json.dumps({"id": str(number), "title": f"第{number}篇"}).encode()
        wxsearch("index", "-", *where, input=line)
    wxsearch("delete", "4", *where)
    told = document(wxsearch("merge", "--segments", "2", *where, "--json"))
    assert (told["segments"], told["articles"]) == (2, 4)
    assert told["segments_before"] >= 4
    done = wxsearch("merge", *where)
    assert (done.returncode, done.stdout.decode().split(" (")[0]) == (
        0,
        "2 segments before, 1 now, with 4 articles",
    )
    held = document(wxsearch("stats", *where, "--json"))
    again = document(wxsearch("merge", *where, "--json"))
    assert (held["segments"], again["segments"], again["generation"]) == (1, 1, held["generation"])
    assert document(wxsearch("search", "第3篇", *where, "--json"))["total"] == 1
    assert wxsearch("merge", "--segments", "0", *where).returncode == 2
    assert wxsearch("merge", "--index", tmp_path / "absent").returncode == 4


def test_articles_do_not_steer_the_terminal(wxsearch, tmp_path):
    """Control characters of a title and a body are shown as blanks."""
    file = tmp_path / "news.jsonl"
    file.write_text(
        json.dumps({"id": "1", "title": "题\x1b]0;owned\x07", "body": "段\x1b[2J\n二"}), encoding="utf-8"
    )
    where = ("--index", tmp_path / "index")
    wxsearch("index", file, *where)
    for arguments in (("search", "题", *where), ("get", "1", *where), ("extract", file)):
        shown = wxsearch(*arguments).stdout
        assert "题".encode() in shown
        assert not set(shown) & (set(range(0x20)) - {0x0A})


def test_notes_are_printed_plain(wxsearch, sample_index):
    """What was read as text is said above the hits, without the control characters typed in it."""
    done = wxsearch("search", "港口 date:昨\x1b]0;owned\x07天", "--index", sample_index)
    assert done.returncode == 0
    assert "is no date" in done.stdout.decode().splitlines()[0]
    assert b"\x1b" not in done.stdout


def test_searching_collapses_copies(wxsearch, tmp_path):
    """`--collapse family` lists one of each family and says how many others there are."""
    text = reprints.body(3)
    copies = [("1", "港口开放", text), ("2", "港口消息", reprints.with_tail(text)), ("3", "港口", "别的事情")]
    file = tmp_path / "news.jsonl"
    lines = (json.dumps({"id": n, "title": title, "body": body}) for n, title, body in copies)
    file.write_text("\n".join(lines), encoding="utf-8")
    assert wxsearch("index", file, "--index", tmp_path / "index").returncode == 0
    done = wxsearch("search", "港口", "--collapse", "family", "--index", tmp_path / "index")
    assert "2 articles" in done.stdout.decode()
    assert "other copies: 1" in done.stdout.decode()
    each = wxsearch("search", "港口", "--index", tmp_path / "index").stdout.decode()
    assert "3 articles" in each
    assert each.count("other copies: 1") == 2
    assert wxsearch("search", "港口", "--collapse", "x", "--index", tmp_path / "index").returncode == 2


def test_a_search_loads_no_reader_of_pages(root):
    """The readers take a tenth of a second to import, which a search in a fresh process would pay."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, wxsearch.cli.search; print(*sys.modules)"],
        capture_output=True, text=True, check=True, cwd=root,
    ).stdout.split()  # fmt: skip
    assert "wxsearch.engines.embedded" in loaded
    assert [name for name in loaded if name.startswith("wxsearch.ingest.")] == ["wxsearch.ingest.notes"]
