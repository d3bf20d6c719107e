"""A writer that dies at any call leaves both doors, ours and stock Whoosh's, with the same generation."""

import pytest
from whoosh.index import open_dir

from support.commits import FIRST, STEPS, change, read, state
from support.faultfs import FaultStorage, Killed, kill_at
from wxsearch.index.storage import FileStorage

pytestmark = pytest.mark.crash


def through_whoosh(storage):
    """The articles that Whoosh shows, as {id: title}."""
    with open_dir(storage.location).reader() as reader:
        return {fields["id"]: fields["title"] for fields in reader.all_stored_fields()}


@pytest.mark.parametrize("step", STEPS)
def test_every_call_of_a_commit(step, new_copy, tally):
    """Killed before any call, or in the middle of any write: both doors show what was before, or after."""
    storage = new_copy()
    before = state(storage)
    whole = FaultStorage(storage)
    change(whole, **STEPS[step][0])
    after = state(storage)
    assert through_whoosh(storage) == STEPS[step][1]
    seen = []
    for point, call in enumerate(whole.calls):
        for half in (False, True)[: 1 + (call.kind == "write")]:
            storage = new_copy()
            with pytest.raises(Killed):
                change(FaultStorage(storage, kill_at(point, half=half)), **STEPS[step][0])
            seen.append(state(storage))
            assert seen[-1] in (before, after)
            assert through_whoosh(storage) == seen[-1][0]
    assert before in seen
    assert after in seen
    tally("kills", len(seen), {"append": 58, "update": 64, "delete": 64, "merge": 78}[step])


def test_every_call_of_the_beginning(tmp_path, tally):
    """Killed while an index is first made: what wxsearch opens, Whoosh does, if only the empty index."""
    whole = FaultStorage(FileStorage.make(tmp_path / "recorded"))
    change(whole, FIRST)
    seen = []
    for point in range(len(whole.calls)):
        storage = FileStorage.make(tmp_path / str(point))
        with pytest.raises(Killed):
            change(FaultStorage(storage, kill_at(point)), FIRST)
        if any(name.startswith("manifest-") and name.endswith(".json") for name in storage.names()):
            seen.append(len(read(storage)))
            assert through_whoosh(storage) == read(storage)
    assert set(seen) == {0, len(FIRST)}
    tally("kills", len(seen), 37)
