"""What docs/ingest.md and the guide show can be typed: every command, in its order."""

import json
import re
import shlex

import pytest

TEXT = "木耙靠在墙边，风从海上来，工人们收起工具，踩着石板路回家去了。"
PAGE = f"<html><h1>盐田收工</h1><div>2024-06-01 09:05 来源：海风报</div><p>{TEXT}</p><p>{TEXT}</p></html>"
ARTICLE = {"id": "news-1", "title": "港口", "body": "海铁联运班列开进港口。", "published": "2025-03-01"}


def commands(text):
    """The commands of a document, with those variables of the environment that stand before them."""
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            place = next(number for number, word in enumerate(words) if word.rpartition("/")[2] == "wxsearch")
            arguments = words[place + 1 :]
            if ">" in arguments:
                arguments = arguments[: arguments.index(">")]
            yield arguments, dict(word.split("=", 1) for word in words[:place])


@pytest.fixture
def shown(root):
    return lambda name: (root / "docs" / name).read_text(encoding="utf-8")


def test_every_command_of_ingest(shown, wxsearch, tmp_path):
    """Tables by the map that is shown, folders and rejects: each command does its work on such files."""
    document = shown("ingest.md")
    (columns,) = re.findall(r"```toml\n(\[columns\].*?)```", document, re.DOTALL)
    (tmp_path / "map.toml").write_text(columns, encoding="utf-8")
    table = f"题名;导语;正文;日期;时刻;频道;词\n集市;{TEXT};二。;01.06.2024;09:05;首页-市井;鱼+虾\n"
    (tmp_path / "export.csv").write_text(table, encoding="gb18030")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "pages" / "b.html").write_bytes(b"\x89PNG" + bytes(9))
    said = []
    for arguments, variables in commands(document):
        if shown_id := next((word for word in arguments if re.fullmatch("[0-9a-f]{16}", word)), None):
            held = json.loads(wxsearch("rejects", "list", "--json", cwd=tmp_path).stdout)
            arguments[arguments.index(shown_id)] = held[0]["id"]
        done = wxsearch(*arguments, cwd=tmp_path, variables=variables)
        assert done.returncode in {0, 3}, (arguments, done.stderr.decode())
        said.append((" ".join(arguments[:2]), done.returncode, done.stdout.decode(errors="replace")))
    assert [code for command, code, _ in said] == [0, 0, 3, 0, 0, 3, 0]
    outputs = {command: text for command, _, text in said}
    assert outputs["extract export.csv"].startswith("2024-06-01T09:05:00+08:00  江滩时报  首页 > 市井  集市")
    assert "1 added, 0 updated, 0 unchanged, 1 rejected; 2 articles" in outputs["index pages/"]
    assert "undecodable_text" in outputs["rejects list"]
    assert "PNG" in outputs["rejects show"]
    assert "0 read well and indexed, 1 rejected again" in outputs["rejects retry"]
    assert outputs["rejects drop"] == "1 reject dropped, 0 left\n"


def test_every_command_of_the_guide(shown, wxsearch, tmp_path, root):
    """From the sample to a collection of judgements; `serve`, which does not end, is the README's."""
    (tmp_path / "sample").symlink_to(root / "sample")
    (tmp_path / "everything").mkdir()
    line = json.dumps(ARTICLE, ensure_ascii=False) + "\n"
    for name in ("more.jsonl", "everything/all.jsonl"):
        (tmp_path / name).write_text(line, encoding="utf-8")
    (tmp_path / "DIR").mkdir()
    document = {"id": "d", "title": "港口", "text": TEXT}
    (tmp_path / "DIR" / "docs.jsonl").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "DIR" / "queries.tsv").write_text("q\t港口\n", encoding="utf-8")
    (tmp_path / "DIR" / "qrels.txt").write_text("q 0 d 1\n", encoding="utf-8")
    run = 0
    for arguments, variables in commands(shown("guide.md")):
        if arguments[0] == "serve":
            continue
        done = wxsearch(*arguments, cwd=tmp_path, variables=variables)
        assert done.returncode == 0, (arguments, done.stderr.decode())
        run += 1
    assert run == 16
