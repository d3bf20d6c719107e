"""Snapshots to find spellings in."""

import pytest

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.index.snapshot import open_snapshot
from wxsearch.index.storage import FileStorage


@pytest.fixture(scope="session")
def snapshot_of(settings, make_article, tmp_path_factory):
    """Indexes titles, those of each list in a segment of its own, and opens what comes of it."""

    def build(*segments):
        directory = tmp_path_factory.mktemp("suggestions") / "index"
        engine = EmbeddedEngine(directory, settings)
        for number, titles in enumerate(segments):
            engine.index(make_article(f"{number}-{place}", title) for place, title in enumerate(titles))
        return open_snapshot(FileStorage(directory))

    return build
