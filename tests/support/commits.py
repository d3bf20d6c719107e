"""The embedded engine over any storage: real commits of each kind, and every door to what they made."""

from pathlib import Path
from tempfile import gettempdir

import numpy as np
from msgspec.structs import replace

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.index.snapshot import open_snapshot
from wxsearch.index.verification import check
from wxsearch.models import Article
from wxsearch.query.request import read_request
from wxsearch.settings import load_settings

SETTINGS = load_settings({"WXSEARCH_INDEX_REFRESH_SECONDS": "0"})


def engine_over(storage, **index):
    """An engine on a storage, seeing each generation at once unless `index` has other settings."""
    # The only file calls beside the storage make this directory, where there is none.
    directory = Path(storage.location) if Path(storage.location).is_absolute() else Path(gettempdir())
    settings = replace(SETTINGS, index=replace(SETTINGS.index, **index))
    return EmbeddedEngine(directory, settings, storage)


def articles_of(texts):
    """An article for each id and its text; the title is the text, the body is made from it."""
    return [
        Article(id=key, title=text, body=f"正文说的是{text}。", breadcrumb=("新闻", key), source=f"来源{key}")
        for key, text in texts.items()
    ]


def change(storage, add=None, drop=(), *, merge=False, begin=False):
    """Begins an empty index, adds, deletes and merges, each where it is asked for; gives the engine."""
    engine = engine_over(storage)
    if add or begin:
        engine.index(articles_of(add or {}))
    if drop:
        engine.delete(sorted(drop))
    if merge:
        engine.merge()
    return engine


def by_engine(storage):
    """What the engine shows: every hit, and each article found by its title and by its id."""
    # One generation from beginning to end, whatever is written meanwhile.
    engine = engine_over(storage, refresh_seconds=3600)
    found = {}
    for hit in engine.scan(read_request({}, SETTINGS.limits, engine.vocabulary())):
        words = read_request({"q": [f'"{hit.title}"']}, SETTINGS.limits, engine.vocabulary())
        assert hit.id in [other.id for other in engine.search(words).hits]
        found[hit.id] = (hit.title, engine.get(hit.id).body)
    assert engine.degraded() is None, engine.degraded()
    assert engine.statistics().articles == len(found)
    return found


def by_stored_articles(storage):
    """What the frames hold of each live document, as the columns name it."""
    found = {}
    snapshot = open_snapshot(storage)
    for live in snapshot.segments:
        ids = live.segment.columns.ids()
        for document in np.flatnonzero(live.mask).tolist():
            article = live.segment.article(document)
            assert article.id == ids[document].decode()
            assert article.id not in found
            found[article.id] = (article.title, article.body)
    assert snapshot.manifest.articles == len(found)
    return found


DOORS = (by_engine, by_stored_articles)
"""All ways to what an index holds, from a storage to {id: (title, body)}; they have to agree."""


def read(storage):
    """The articles by every door, as {id: text}; an AssertionError where two doors disagree."""
    first, *others = [door(storage) for door in DOORS]
    for other in others:
        assert other == first
    assert all(body == f"正文说的是{title}。" for title, body in first.values())
    return {key: title for key, (title, _) in first.items()}


# One of each kind: what a commit does, and what the articles are after it.
FIRST = {"1": "海铁联运", "2": "标准箱", "3": "班列"}
STEPS = {
    "append": ({"add": {"4": "港口", "5": "吞吐量"}}, FIRST | {"4": "港口", "5": "吞吐量"}),
    "update": ({"add": {"1": "新的海铁联运", "6": "口岸"}}, FIRST | {"1": "新的海铁联运", "6": "口岸"}),
    "delete": ({"drop": {"2", "3"}}, {"1": "海铁联运"}),
    "merge": ({"merge": True}, FIRST),
}


def state(storage):
    """What tells before from after, for a merge too: the articles, and in how many segments."""
    return read(storage), engine_over(storage).statistics().segments


def goes_on(storage, articles):
    """Asserts that the next commit works, and that nothing is left of one that broke."""
    change(storage, {"9": "后来"})
    assert read(storage) == articles | {"9": "后来"}
    report = check(storage)
    assert (report.findings, report.leftovers, report.unknown) == ((), (), ())


def numbered(number):
    """A batch whose articles all say its number."""
    return dict.fromkeys(("a", "b", "c"), f"第{number}批")


def number_of(found):
    """The number of the batch among what a door gave; an AssertionError where it is torn."""
    (said,) = {found[key][0] if key in found else "第0批" for key in ("a", "b", "c")}
    return int(said[1:-1])


def begin(storage):
    """An index of FIRST: two segments, with a document of the first deleted."""
    change(storage, {"1": "旧的", "2": "标准箱"})
    change(storage, {"1": "海铁联运", "3": "班列"})
    assert read(storage) == FIRST
