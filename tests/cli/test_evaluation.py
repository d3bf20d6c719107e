"""`wxsearch evaluate` as people and scripts use it."""

import json

import pytest


@pytest.fixture
def collection(tmp_path):
    """A folder with three documents, two queries and their judgements."""
    folder = tmp_path / "few"
    folder.mkdir()
    texts = {"a": "港口吞吐量创新高", "b": "铁路货运班列", "c": "港口与铁路联运"}
    lines = (json.dumps({"id": name, "text": text}, ensure_ascii=False) for name, text in texts.items())
    (folder / "docs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "queries.tsv").write_text("1\t-港口 吞吐量\n2\t班列\n", encoding="utf-8")
    (folder / "qrels.txt").write_text("1 0 a 1\n2 0 b 1\n", encoding="utf-8")
    return folder


def test_json_is_one_document(wxsearch, collection):
    """`evaluate --json` prints the measures with their intervals, counts and times, and nothing else."""
    done = wxsearch("evaluate", collection, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    document = json.loads(done.stdout)
    counts = [document[key] for key in ("collection", "documents", "queries", "judged")]
    assert counts == ["few", 3, 2, 2]
    assert list(document["measures"]) == ["nDCG@10", "MRR@10", "R@100", "P@10"]
    assert document["measures"]["nDCG@10"] == {"mean": 1.0, "low": 1.0, "high": 1.0}
    assert set(document["milliseconds_a_query"]) == {"p50", "p95"}
    assert document["seconds"] > 0
    assert "against" not in document


def test_a_run_is_written_and_compared_with(wxsearch, collection, tmp_path):
    """`--run` writes what `--against` reads; nothing has changed, and the index is used again."""
    where = ("--index", tmp_path / "kept")
    first = wxsearch("evaluate", collection, *where, "--run", tmp_path / "run")
    assert first.returncode == 0
    assert "indexed in" in first.stdout.decode()
    rows = [line.split() for line in (tmp_path / "run").read_text(encoding="utf-8").splitlines()]
    assert [row[:4] for row in rows] == [["1", "Q0", "a", "1"], ["1", "Q0", "c", "2"], ["2", "Q0", "b", "1"]]
    again = wxsearch("evaluate", collection, *where, "--against", tmp_path / "run").stdout.decode()
    assert "index used again" in again
    assert "+0.0000" in again
    document = json.loads(
        wxsearch("evaluate", collection, *where, "--against", tmp_path / "run", "--json").stdout
    )
    assert document["against"]["measures"]["nDCG@10"]["equal"] == 2


def test_the_table_names_all(wxsearch, collection):
    """People see each measure with its interval, by each file of judgements, and notes apart from it."""
    (collection / "qrels-dup.txt").write_text("1 0 c 1\n", encoding="utf-8")
    (collection / "qrels.txt").write_text("1 0 a 1\n", encoding="utf-8")
    done = wxsearch("evaluate", collection)
    shown = done.stdout.decode()
    assert "few: 3 documents, 2 queries, 1 of them judged" in shown
    assert shown.count("nDCG@10") == 2
    assert "by qrels-dup: 1 judged" in shown
    assert "note: 1 of the queries without a judgement" in done.stderr.decode()


def test_an_ablation_is_printed(wxsearch, collection):
    """`--ablation` gives a report a variant, by name."""
    done = wxsearch("evaluate", collection, "--ablation", "--json")
    reports = json.loads(done.stdout)
    assert list(reports)[:2] == ["as it is", "words only"]
    assert reports["no title"]["against"]["run"] == "as it is"
    assert "no title" in wxsearch("evaluate", collection, "--ablation").stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nowhere",), "invalid_collection"),
        (("few", "--against", "nowhere"), "invalid_collection"),
        (("few", "--run", "nowhere/run"), ""),
        (("few", "--ablation", "--run", "run"), ""),
        ((), ""),
    ],
)
def test_wrong_use_ends_with_2(wxsearch, collection, arguments, code):
    """What is no collection, and options that do not go together, end with 2 and one sentence."""
    done = wxsearch("evaluate", *arguments, cwd=collection.parent)
    assert done.returncode == 2
    assert code in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""
