"""Which engines there are, by name."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from wxsearch.benchmarks.contender import Contender
from wxsearch.errors import InvalidRequest, StartProblem

_CLASSES = {"wxsearch": "Wxsearch", "tantivy": "Tantivy", "sqlite": "SQLite", "whoosh": "Whoosh"}
ENGINES = tuple(_CLASSES)


def contender(name: str) -> Contender:
    """A new instance of the engine of this name."""
    module = import_module(f"wxsearch.benchmarks.contenders.{name}")
    return cast("Contender", getattr(module, _CLASSES[name])())


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """The named engines, each once; raises InvalidRequest or StartProblem."""
    for name in names:
        if name not in _CLASSES:
            raise InvalidRequest(f"there is no engine {name!r}; there are {', '.join(ENGINES)}")
    if "tantivy" in names and find_spec("tantivy") is None:
        raise StartProblem(
            "tantivy is not installed; it comes with the test requirements (make .venv/test); "
            "or leave it out: --engines wxsearch,sqlite,whoosh"
        )
    return tuple(dict.fromkeys(names))
