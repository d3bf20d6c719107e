"""What the contract suite runs over: each engine, empty, and builders of what it is asked."""

from contextlib import ExitStack, closing
from itertools import count

import pytest
from msgspec.structs import replace

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.engines.memory import MemoryEngine
from wxsearch.query.request import read_request


def make_memory(directory, settings):
    return MemoryEngine(settings.limits, settings.ranking, settings.query.relax_below)


def make_embedded(directory, settings):
    engine = EmbeddedEngine(directory, settings)
    engine.index([])
    return engine


ENGINES = {"memory": make_memory, "embedded": make_embedded}


@pytest.fixture(scope="session")
def make_engine(settings, tmp_path_factory):
    """Makes an empty engine by its name; ranking and limits can be changed. All are closed at the end.

    It relaxes no query unless it is told to.
    """
    with ExitStack() as stack:

        def make(name, ranking=None, relax_below=0, **changed):
            own = replace(
                settings,
                limits=replace(settings.limits, **changed),
                ranking=replace(settings.ranking, **(ranking or {})),
                query=replace(settings.query, relax_below=relax_below),
            )
            engine = ENGINES[name](tmp_path_factory.mktemp(name) / "index", own)
            return stack.enter_context(closing(engine))

        yield make


@pytest.fixture(params=ENGINES)
def new_engine(request, make_engine):
    """Makes an empty engine of the kind that the suite is run over."""

    def new(*items, ranking=None, relax_below=0, **changed):
        engine = make_engine(request.param, ranking, relax_below, **changed)
        engine.index(items)
        return engine

    return new


@pytest.fixture
def article(make_article):
    """Builds an article from title, body and other fields; ids are a, b, c ... unless given."""
    letters = count(ord("a"))
    return lambda title="", body="", **fields: make_article(
        fields.pop("id", None) or chr(next(letters)), title, body, **fields
    )


@pytest.fixture(scope="session")
def request_for(limits, vocabulary):
    """Reads a request from parameters as HTTP names them; `from_` is from."""

    def build(q="", **parameters):
        given = {name.rstrip("_"): value for name, value in {"q": q, **parameters}.items()}
        return read_request(
            {k: [v] if isinstance(v, str) else v for k, v in given.items()}, limits, vocabulary
        )

    return build


@pytest.fixture(scope="session")
def ask(request_for):
    """Asks an engine with parameters as HTTP names them."""
    return lambda engine, q="", **parameters: engine.search(request_for(q, **parameters))


@pytest.fixture(scope="session")
def ids(ask):
    """The ids of the hits, in order, as one string where ids are single letters."""
    return lambda engine, q="", **parameters: " ".join(hit.id for hit in ask(engine, q, **parameters).hits)
