import pytest

from wxsearch.ingest.intake import read_articles


@pytest.fixture
def read(tmp_path, limits):
    """Reads bytes as a file of a name to a list, noting what is said."""

    def run(data, name="a.zip", limits=limits, **options):
        path = tmp_path / name
        path.write_bytes(data)
        notes = []
        items = list(read_articles([str(path)], limits, on_note=notes.append, **options))
        run.notes = [note.text for note in notes]
        return [item if not hasattr(item, "path") else item_of(item, tmp_path) for item in items]

    return run


def item_of(rejection, folder):
    """The rejection with its path as from the folder of the test."""
    return type(rejection)(
        rejection.path.removeprefix(f"{folder}/"), rejection.place, rejection.code, rejection.reason
    )
