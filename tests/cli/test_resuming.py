"""Runs over folders that are killed, and runs that come after others: real processes, real kills."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wxsearch.engines.embedded import EmbeddedEngine

PAGES = 400


def page(number):
    text = f"盐田{number}号今天收工，木耙靠在墙边，风从海上来，工人们收起工具，踩着石板路回家去了。"
    return f"<html><h1>盐田{number}号</h1><p>{text}</p></html>"


@pytest.fixture
def folder(tmp_path):
    """Pages of which each is an article, written a while ago."""
    root = tmp_path / "pages"
    root.mkdir()
    old = time.time() - 3_600
    for number in range(PAGES):
        path = root / f"{number:04}.html"
        path.write_text(page(number))
        os.utime(path, (old, old))
    return root


@pytest.fixture
def run(run):
    """Runs a command on the index of the test; gives its JSON."""
    return lambda *arguments, **options: run(*arguments, **options)[1]


@pytest.fixture
def started(environment, tmp_path):
    """Starts a command on the index of the test, in a group of its own; what runs at the end is killed."""
    processes = []

    def start(*arguments, **variables):
        command = [sys.executable, "-m", "wxsearch", *map(str, arguments), "--index", str(tmp_path / "index")]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        # Who runs the tests behind a shell has Ctrl-C ignored, and all that is started inherits that.
        heard = signal.signal(signal.SIGINT, signal.default_int_handler)
        process = subprocess.Popen(
            command, env=environment | variables, cwd=tmp_path, start_new_session=True, **pipes
        )
        signal.signal(signal.SIGINT, heard)
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def counts(summary):
    return {key: summary[key] for key in ("read", "added", "updated", "unchanged", "rejected", "skipped")}


def expected(**changed):
    return {"read": PAGES, "added": 0, "updated": 0, "unchanged": 0, "rejected": 0, "skipped": 0} | changed


def published(index):
    """The number of the newest generation, however far its writer is."""
    numbers = [int(path.stem.partition("-")[2]) for path in index.glob("manifest-*.json")]
    return max(numbers, default=0)


def children(process):
    """The numbers of the processes that a process has started."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return [int(number) for number in listed.split()]


def is_running(number):
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.005)


def test_a_second_run_skips_what_was_read(run, folder):
    """Nothing is read twice, and the summary is that of reading everything."""
    assert counts(run("index", folder)) == expected(added=PAGES)
    again = run("index", folder)
    assert counts(again) == expected(unchanged=PAGES, skipped=PAGES)
    assert again["total"] == PAGES
    (folder / "0007.html").write_text(page("七"))
    (folder / "new.html").write_text(page("新"))
    (folder / "0008.html").touch()
    more = {"read": PAGES + 1, "added": 1, "unchanged": PAGES - 1, "updated": 0, "skipped": PAGES - 1}
    found = counts(run("index", folder))
    # Without an address a page is another article when its text is.
    assert found == expected(**more | {"added": 2})


@pytest.mark.parametrize("option", ["--again", "--rebuild"])
def test_reading_all_again(run, folder, option):
    """--again and --rebuild skip nothing, and the run after them skips all."""
    run("index", folder)
    found = counts(run("index", folder, option))
    assert found == expected(**{"added" if option == "--rebuild" else "unchanged": PAGES})
    assert run("index", folder)["skipped"] == PAGES


def test_a_rebuild_is_published_at_once(run, folder):
    """However large it is: a first part would replace everything by itself."""
    before = run("index", folder)["generation"]
    found = run("index", folder, "--rebuild", variables={"WXSEARCH_INGEST_PUBLISH_ARTICLES": "40"})
    assert found["generation"] == before + 1


def test_a_beginning_of_nothing_but_rejects(run, wxsearch, tmp_path):
    """A ledger alone is no reason to take a directory for somebody else's."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_bytes(b"\x89PNG")
    for skipped in (0, 1):
        found = run("index", tmp_path / "pages")
        assert (found["rejected"], found["total"], found["skipped"]) == (1, 0, skipped)
    plain = wxsearch("index", tmp_path / "pages", "--index", tmp_path / "index")
    assert "not merged" not in plain.stderr.decode()
    (tmp_path / "pages" / "b.html").write_text(page(1))
    assert run("index", tmp_path / "pages")["total"] == 1


def test_a_rebuild_from_elsewhere(run, folder, tmp_path):
    """What a rebuild took out of the index is not taken for done."""
    run("index", folder)
    (tmp_path / "one.jsonl").write_text('{"title":"一"}')
    assert run("index", tmp_path / "one.jsonl", "--rebuild")["total"] == 1
    assert counts(run("index", folder)) == expected(added=PAGES)


@pytest.mark.parametrize(("broken", "skipped"), [(0, 1), (1, 1), (100, 1), (101, 0)])
def test_rejections_are_remembered(run, tmp_path, broken, skipped):
    """A file with few of them is skipped and named all the same, one with many is read again."""
    (tmp_path / "lines").mkdir()
    (tmp_path / "lines" / "a.jsonl").write_text('{"title":"一"}\n' + "{bad\n" * broken)
    first = run("index", tmp_path / "lines")
    again = run("index", tmp_path / "lines")
    assert (first["rejected"], first["skipped"], again["skipped"]) == (broken, 0, skipped)
    assert again["rejections"] == first["rejections"]
    assert (again["read"], again["unchanged"]) == (broken + 1, 1)


def test_what_may_pass_is_not_remembered(run, tmp_path):
    """A file that could not be read to its end is read again the next time."""
    (tmp_path / "lines").mkdir()
    (tmp_path / "lines" / "a.jsonl.gz").write_bytes(gzip.compress(b'{"title":"x"}\n')[:-4])
    for _ in range(2):
        found = run("index", tmp_path / "lines")
        assert (found["rejected"], found["skipped"]) == (1, 0)


def test_what_was_named_is_read(run, folder):
    """A file that is named itself is read, whatever was read before."""
    run("index", folder)
    assert run("index", folder / "0001.html")["skipped"] == 0


def test_what_was_deleted_stays_away(run, folder):
    """A skipped page does not bring its article back; reading it again does."""
    run("index", folder)
    gone = json.loads(json.dumps(run("search", "盐田7号", "--match", "all")))["hits"][0]["id"]
    run("delete", gone)
    assert run("index", folder)["total"] == PAGES - 1
    assert run("index", folder, "--again")["added"] == 1


def test_a_ledger_goes_with_its_index(run, folder, tmp_path):
    """Where the index was removed, or is another one, everything is read."""
    run("index", folder)
    for file in (tmp_path / "index").iterdir():
        file.unlink()
    (tmp_path / "index").rmdir()
    assert counts(run("index", folder)) == expected(added=PAGES)


def test_a_damaged_ledger(run, folder, tmp_path):
    """It costs reading everything once, and nothing else; the index is sound throughout."""
    run("index", folder)
    (tmp_path / "index" / "sources.ledger").write_bytes(b"nonsense")
    assert counts(run("index", folder)) == expected(unchanged=PAGES)
    assert run("check")["notes"] == []
    run("index", folder)
    assert run("index", folder)["skipped"] == PAGES


def test_a_restored_index_forgets_what_was_read(run, wxsearch, folder, tmp_path):
    """What the generation that is left may lack is read again."""
    run("index", folder / "0001.html")
    run("index", folder)
    newest = published(tmp_path / "index")
    (damaged, *_) = (tmp_path / "index").glob(f"g{newest}-*.postings")
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    assert wxsearch("check", "--index", tmp_path / "index").returncode == 4
    found = run("index", folder)
    assert (found["skipped"], found["added"], found["unchanged"]) == (0, PAGES - 1, 1)


def test_what_cannot_be_opened_forgets_nothing(run, wxsearch, folder, tmp_path):
    """What `check` may not open is no damage, and what was read is not read again."""
    run("index", folder)
    gate = tmp_path / "index" / "gate.lock"
    gate.unlink()
    gate.symlink_to("elsewhere")
    done = wxsearch("check", "--index", tmp_path / "index", "--json")
    assert (done.returncode, done.stdout) == (4, b"")
    assert "[index_problem]" in done.stderr.decode()
    gate.unlink()
    assert run("index", folder)["skipped"] == PAGES


def wait_for_a_part(process, index):
    """Until the process has published one more generation, or has ended."""
    before = published(index)
    wait_until(lambda: published(index) > before or process.poll() is not None)


@pytest.mark.parametrize("parts", [2, 5])
def test_a_run_that_is_killed(run, started, folder, tmp_path, parts):
    """What was published before the kill is there and is not read again; the rest is, and nothing twice."""
    run_in_parts = {"WXSEARCH_INGEST_PUBLISH_ARTICLES": "40"}
    process = started("index", folder, "--jobs", "2", **run_in_parts)
    wait_until(lambda: published(tmp_path / "index") > parts)
    workers = children(process)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert len(workers) == 2
    wait_until(lambda: not any(map(is_running, workers)))
    held = run("stats")["articles"]
    assert held >= 40 * (parts - 1)
    assert run("check")["state"] == "sound"
    found = counts(run("index", folder))
    assert found["skipped"] in (held, held - 40), "one part may have been published and not noted"
    assert found == expected(added=PAGES - held, unchanged=held, skipped=found["skipped"])
    assert run("stats")["articles"] == PAGES


def test_kills_at_any_time(run, started, folder, tmp_path):
    """However often and whenever a run is killed, in the end every article is there once."""
    run_in_parts = {"WXSEARCH_INGEST_PUBLISH_ARTICLES": "20"}
    skipped = 0
    for turn in range(4):
        process = started("index", folder, **run_in_parts)
        wait_for_a_part(process, tmp_path / "index")
        time.sleep(turn * 0.03)
        process.kill()
        process.wait()
        found = run("stats")["articles"]
        assert found >= skipped
        skipped = found
    run("index", folder)
    assert counts(run("index", folder)) == expected(unchanged=PAGES, skipped=PAGES)
    assert run("stats")["articles"] == PAGES
    assert run("check", "--full")["state"] == "sound"


def test_a_run_that_is_stopped(started, folder, tmp_path):
    """Ctrl-C ends it at once, with code 1, and leaves no process and no file of its own."""
    os.mkfifo(tmp_path / "wait")
    process = started("index", folder, tmp_path / "wait", "--jobs", "2")
    wait_until(lambda: len(children(process)) == 2)
    workers = children(process)
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert time.monotonic() - began < 5
    assert process.returncode == 1
    assert b"interrupted" in said
    assert not any(map(is_running, workers))
    left = {path.name for path in tmp_path.rglob("*") if path.is_file() and path.parent != folder}
    assert left <= {"write.lock", "gate.lock"}


def test_a_summary_of_parts_is_that_of_one(run, folder, tmp_path, wxsearch):
    """Published at once or in parts, with any number of processes, a run tells and holds the same."""
    (folder / "0100.html").write_bytes(b"\x89PNG")
    whole = run("index", folder, "--jobs", "1")
    hits = wxsearch("search", "--all", "--json", "--index", tmp_path / "index").stdout
    parted = tmp_path / "parted"
    done = wxsearch(
        *("index", folder, "--jobs", "3", "--index", parted, "--json"),
        variables={"WXSEARCH_INGEST_PUBLISH_ARTICLES": "30"},
    )
    found = json.loads(done.stdout)
    assert found["generation"] > whole["generation"]
    same = ("read", "added", "updated", "unchanged", "rejected", "total", "rejections")
    assert [found[key] for key in same] == [whole[key] for key in same]
    assert wxsearch("search", "--all", "--json", "--index", parted).stdout == hits


def test_a_part_ends_with_a_file(run, tmp_path, settings):
    """A file is published whole: so many articles are reached, then the file is read to its end."""
    folder = tmp_path / "lines"
    folder.mkdir()
    for name in "abc":
        lines = "".join(f'{{"id":"{name}{number}","title":"{name}"}}\n' for number in range(30))
        (folder / f"{name}.jsonl").write_text(lines)
    found = run("index", folder, variables={"WXSEARCH_INGEST_PUBLISH_ARTICLES": "31"})
    # The first generation of an index is empty.
    assert found["generation"] == 2 + 1
    engine = EmbeddedEngine(tmp_path / "index", settings)
    assert engine.statistics().articles == 90


def test_rules_of_a_site_reach_the_workers(run, tmp_path):
    """Pages of folders are read by them, and once they change every page is read again."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "rules").mkdir()
    marked = page(1).replace("<p>", '<b class="own">来自规则的来源</b><p>', 1)
    (tmp_path / "pages" / "a.html").write_text(marked)
    told = {
        "WXSEARCH_INGEST_SITE_RULES": str(tmp_path / "rules"),
        "WXSEARCH_INGEST_HOST": "salt.example",
    }
    run("index", tmp_path / "pages", variables=told)
    rule = 'hosts = ["salt.example"]\n[source]\nselect = "b.own"\n'
    (tmp_path / "rules" / "salt.toml").write_text(rule)
    assert run("index", tmp_path / "pages", variables=told)["skipped"] == 0
    assert run("search", "--source", "来自规则的来源")["total"] == 1
    assert run("index", tmp_path / "pages", variables=told)["skipped"] == 1
