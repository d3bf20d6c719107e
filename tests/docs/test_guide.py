"""What the guide shows works."""

import json
import re
import subprocess
import sys
from ast import literal_eval


def test_the_snippet_for_whoosh(root, environment, sample_index):
    """The example of the guide runs over the sample, and finds what it asks for."""
    guide = (root / "docs" / "guide.md").read_text(encoding="utf-8")
    (snippet,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", snippet],
        cwd=sample_index.parent,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    *hits, groups = done.stdout.decode().splitlines()
    assert sum("海铁联运" in hit for hit in hits) >= 2
    assert sum(literal_eval(groups).values()) >= 3


def test_the_article_can_be_saved_as_it_is_shown(root, wxsearch, tmp_path):
    """The article that the guide shows, in a file as it stands there, is read."""
    guide = (root / "docs" / "guide.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```json\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "article.json").write_text(shown, encoding="utf-8")
    done = wxsearch("extract", tmp_path / "article.json", "--json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["id"] == json.loads(shown)["id"]
