"""What a command does for the index after it has told its outcome."""

from wxsearch.cli.output import progress_bar, say
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import Busy, IndexProblem


def merge_due(engine: EmbeddedEngine) -> None:
    """Merges segments where there are too many; what was acknowledged does not depend on it."""
    try:
        with progress_bar() as progress:
            engine.merge_due(progress)
    except Busy:
        # Another process writes; it merges when it is done.
        return
    except IndexProblem as problem:
        say(f"note: segments were not merged ({problem.detail})")
