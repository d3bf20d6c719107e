"""Every command of the README does what the README says."""

import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.parse import quote

import pytest


@pytest.fixture(scope="module")
def readme(root):
    """The README's text."""
    return (root / "README.md").read_text(encoding="utf-8")


def commands(text):
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


def test_make_commands_are_targets(readme, root):
    """The make commands of the README are targets of the Makefile."""
    targets = re.findall(r"^(\w+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = re.findall(r"make (\w+)", "\n".join(commands(readme)))
    assert named == ["run", "test"]
    assert set(named) <= set(targets)


def test_the_search_prints_what_the_readme_shows(readme, wxsearch, sample_index):
    """The example's output is the real output, but for the time it took."""
    command = next(line for line in commands(readme) if "wxsearch search" in line)
    shown = readme.split(command)[1].split("```")[2].strip("\n")
    done = wxsearch(*shlex.split(command)[1:], "--index", sample_index)
    took = r"\(\d+ ms\)"
    assert re.sub(took, "", shown) == re.sub(took, "", done.stdout.decode().strip("\n"))


def test_own_articles_are_indexed_and_served(readme, wxsearch, environment, root, tmp_path):
    """The commands for one's own articles work on articles with those names."""
    index, serve = (line for line in commands(readme) if "my-index" in line)
    (tmp_path / "my-articles.jsonl").write_bytes((root / "sample" / "articles.jsonl").read_bytes())
    (tmp_path / "pages").symlink_to(root / "sample" / "pages")
    done = wxsearch(*shlex.split(index)[1:], cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    curl = next(line for line in commands(readme) if line.startswith("curl"))
    path = shlex.split(curl)[1].partition("8000")[2]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-m", "wxsearch", *shlex.split(serve)[1:], "--bind", f"127.0.0.1:{port}"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        assert server.stderr is not None
        assert f"listens at http://127.0.0.1:{port}/" in server.stderr.readline().decode()
        address = f"http://127.0.0.1:{port}{quote(path, safe='/?=&+')}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.status == 200
            assert "海铁联运" in answer.read().decode()
    finally:
        server.terminate()
        deadline = time.monotonic() + 20
        while server.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        server.stderr.close()
    assert server.returncode == 0
