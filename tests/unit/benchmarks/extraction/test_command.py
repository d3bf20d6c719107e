"""The command behind make pages, on pages of our own."""

import io
import json
import tarfile

import pytest
import zstandard
from click.testing import CliRunner

from wxsearch.benchmarks.extraction.__main__ import extraction
from wxsearch.errors import InvalidRequest, StartProblem

PAGE = """<html><head><title>北港新码头开航_北港网</title></head><body>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/y">要闻</a> &gt; 正文</div>
<h1>北港新码头开航</h1><div>2024-06-01 09:05 来源：北港日报</div>
<div><p>北港的新码头今天上午开航，第一艘货轮载着两千个集装箱驶出港池，码头工人在岸边挥手送行。</p>
<p>港务局说，年内还有两个泊位要投入使用，届时吞吐能力将增加三成。</p></div></body></html>"""
BODY = (
    "北港的新码头今天上午开航，第一艘货轮载着两千个集装箱驶出港池，码头工人在岸边挥手送行。\n"
    "港务局说，年内还有两个泊位要投入使用，届时吞吐能力将增加三成。"
)
RIGHT = {"title": "北港新码头开航", "published": "2024-06-01T09:05", "source": "北港日报"}


@pytest.fixture
def judge(tmp_path, monkeypatch):
    """Makes the folder of WXSEARCH_CORPORA with one page and what it is said to say."""

    def make(**fields):
        files = {
            "pages/gold.jsonl": json.dumps({"file": "own/1.html", **RIGHT, **fields}).encode(),
            "pages/own/1.html": PAGE.encode(),
        }
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as tar:
            for name, content in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
        (tmp_path / "pages.tar.zst").write_bytes(zstandard.compress(packed.getvalue()))
        monkeypatch.setenv("WXSEARCH_CORPORA", str(tmp_path))

    return make


def run(*options):
    """The command's outcome with our reader alone."""
    return CliRunner().invoke(extraction, ["--readers", "wxsearch", "--rounds", "1", *options])


def test_figures_of_pages_that_are_read_right(judge, tmp_path):
    """Every judged field counts, one that nobody judged does not, and the figures land in the file."""
    judge(body=BODY)
    outcome = run("--gate", "--json", str(tmp_path / "pages.json"))
    assert outcome.exit_code == 0, outcome.output
    figures = json.loads((tmp_path / "pages.json").read_bytes())["wxsearch"]
    assert figures["right"] == {"title": 1, "published": 1, "source": 1, "breadcrumb": 0}
    assert figures["judged"]["breadcrumb"] == 0
    assert figures["bodies"] == [1.0]
    assert figures["failed"] == 0


def test_a_miss_is_named_and_fails_the_gate(judge):
    """What a person reads otherwise is told with both readings, and the gate ends with 1."""
    judge(source="南港日报", breadcrumb=["首页", "要闻"])
    outcome = run("--gate", "--misses")
    assert outcome.exit_code == 1
    assert "source is '北港日报', a person reads '南港日报'" in outcome.output
    assert "missed: source is 0.000, required is 0.93" in outcome.output
    assert "breadcrumb" not in outcome.output.partition("missed")[2]


def test_readers_and_pages_that_are_not_there(judge, monkeypatch):
    """An unknown reader, one that is not installed and a folder without pages are said so."""
    judge()
    with pytest.raises(InvalidRequest, match=r"'boilerpipe'.*wxsearch, gne, trafilatura"):
        run_directly("boilerpipe")
    monkeypatch.setattr("wxsearch.benchmarks.extraction.readers.find_spec", lambda _: None)
    with pytest.raises(StartProblem, match="make pages"):
        run_directly("gne")
    monkeypatch.delenv("WXSEARCH_CORPORA")
    with pytest.raises(StartProblem, match="WXSEARCH_CORPORA"):
        run_directly("wxsearch")


def run_directly(names):
    """The command without a runner between, so that its errors are seen."""
    extraction.main(["--readers", names], standalone_mode=False)
