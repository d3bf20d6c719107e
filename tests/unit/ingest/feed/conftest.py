"""Reading a feed that is a text."""

import pytest

from wxsearch.ingest.feed.reading import read


@pytest.fixture
def items(source):
    """Reads a feed to a list of its items."""

    def run(text, codec="utf-8", **options):
        return list(read(source(text.encode(codec) if isinstance(text, str) else text, **options)))

    return run
