import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.categories import category_path
from wxsearch.index.segment.columns import Columns, ColumnsWriter
from wxsearch.models import Article
from wxsearch.search.catalog import Catalog

PATHS = st.lists(st.sampled_from("甲乙丙"), max_size=3).map(tuple)
SOURCES = st.sampled_from([None, "", "一", "二", "三"])
SEGMENTS = st.lists(st.lists(st.tuples(PATHS, SOURCES), min_size=1, max_size=6), max_size=4)


def columns_of(segments):
    each = []
    for rows in segments:
        writer = ColumnsWriter()
        for number, (path, source) in enumerate(rows):
            writer.add(Article(id=str(number), breadcrumb=path, source=source))
        each.append(Columns(writer.sections(), len(rows)))
    return each


@given(SEGMENTS)
def test_segments_share_numbers(segments):
    """Each path and source has one number, whichever segments have it, and each document leads to its own."""
    each = columns_of(segments)
    catalog = Catalog(each)
    assert len(set(catalog.paths)) == len(catalog.paths)
    assert len(set(catalog.sources)) == len(catalog.sources)
    for number, (columns, rows) in enumerate(zip(each, segments, strict=True)):
        paths = catalog.path_numbers[number][columns.path_codes].tolist()
        assert [catalog.paths[path] for path in paths] == [category_path(path) for path, _ in rows]
        sources = catalog.source_numbers[number][columns.source_codes].tolist()
        assert [catalog.sources[source] for source in sources] == [source or "" for _, source in rows]


@given(SEGMENTS, st.lists(PATHS, max_size=3), st.lists(st.sampled_from(["", "一", "四"]), max_size=3))
def test_what_is_wanted_is_masked(segments, paths, sources):
    """A path is within those wanted where it begins with one; no source is the one that has no name."""
    catalog = Catalog(columns_of(segments))
    within = catalog.paths_within(tuple(paths)).tolist()
    assert within == [any(path[: len(each)] == each for each in paths) for path in catalog.paths]
    among = catalog.sources_among(tuple(sources)).tolist()
    assert among == [bool(source) and source in sources for source in catalog.sources]


@given(SEGMENTS)
def test_counts_go_up_to_the_top(segments):
    """Documents at a path count at each path above it; nothing is counted where there is none."""
    each = columns_of(segments)
    catalog = Catalog(each)
    counts = np.zeros(len(catalog.paths), np.int64)
    for numbers, columns in zip(catalog.path_numbers, each, strict=True):
        np.add.at(counts, numbers[columns.path_codes], 1)
    every = [category_path(path) for rows in segments for path, _ in rows]
    prefixes = {path[:length] for path in every for length in range(1, len(path) + 1)}
    assert catalog.path_counts(counts) == {
        prefix: sum(path[: len(prefix)] == prefix for path in every) for prefix in prefixes
    }
    assert catalog.path_counts(np.zeros_like(counts)) == {}
