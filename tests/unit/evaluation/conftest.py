"""A collection of a few documents, written where a test wants it."""

import json

import pytest

FILES = {
    "docs.jsonl": [
        {"id": "a", "title": "港口", "text": "港口吞吐量创新高", "meta": "x"},
        {"id": "b", "text": "铁路货运班列"},
        {"id": "c", "text": "港口与铁路联运"},
        {"id": "d", "title": "", "text": ""},
    ],
    "queries.tsv": ["1\t港口 吞吐量", "2\t-铁路 班列", "3\t航空"],
    "qrels.txt": ["1 0 a 2", "1\t0\tc\t1", "2 0 b 1", "2 0 a 0"],
}


@pytest.fixture
def write_collection(tmp_path):
    """Writes the files of a collection, some of them with other lines, and gives their folder."""

    def write(**others):
        files = FILES | {name.replace("_", "."): lines for name, lines in others.items()}
        folder = tmp_path / "few"
        folder.mkdir(exist_ok=True)
        for name, lines in files.items():
            texts = [
                line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
            ]
            (folder / name).write_text("\n".join(texts) + "\n", encoding="utf-8", newline="")
        return folder

    return write
