"""What tests of the command line share."""

import json

import pytest


@pytest.fixture
def run(wxsearch, tmp_path):
    """Runs a command on the index of the test; gives its exit code its JSON, and what it said."""

    def command(*arguments, **options):
        done = wxsearch(*arguments, "--index", tmp_path / "index", "--json", **options)
        assert b"Traceback" not in done.stderr
        return done.returncode, json.loads(done.stdout or "null"), done.stderr.decode()

    return command
