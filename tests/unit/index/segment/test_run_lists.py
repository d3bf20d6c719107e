import re
from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from support.postings import told
from wxsearch.analysis.fold import fold
from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.index.segment.run_lists import KEY_BYTES, count_runs, find_runs, run_key

RUN = re.compile("[0-9]+|[a-zжа-я가]+")
PIECES = st.one_of(
    st.text("ab1жя中 ，", max_size=8),
    st.sampled_from(["abcdefgh", "abcdefghi", "12345678", "123456789", "вова", "вовав", "вовa", "a" * 40]),
)
DOCUMENTS = st.lists(st.tuples(PIECES, st.lists(PIECES, max_size=4).map(" ".join)), min_size=1, max_size=8)


def found_in(batches):
    """By run, then document: occurrences in title and body."""
    found, first = [], 0
    for documents in batches:
        texts = [text for pair in documents for text in pair]
        folded = fold_texts(texts)
        text = np.repeat(np.arange(first, first + len(texts), dtype=np.uint32), folded.lengths + 1)
        found.append(find_runs(folded.codes, text))
        first += len(texts)
    lists = count_runs(found)
    short = [key.to_bytes(KEY_BYTES, "big").rstrip(b"\0") for key in lists.short.tolist()]
    assert short == sorted(short)
    assert lists.long == sorted(lists.long)
    names = [name.decode() for name in (*short, *lists.long)]
    counted = [documents for each in lists.counted for _, documents in sorted(told(each).items())]
    return dict(zip(names, counted, strict=True))


def brute_force(documents):
    lists = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for document, pair in enumerate(documents):
        for field, text in enumerate(map(fold, pair)):
            for run in RUN.findall(text):
                lists[run][document][field] += 1
    return {run: {document: tuple(n) for document, n in found.items()} for run, found in lists.items()}


@given(DOCUMENTS, st.integers(0, 8))
def test_all_runs_are_counted(documents, cut):
    """Maximal letters and maximal digits, of any script and length, in whichever batches they come."""
    batches = [batch for batch in (documents[:cut], documents[cut:]) if batch]
    assert found_in(batches) == brute_force(documents)


@given(st.lists(st.text("abz019жé", min_size=1, max_size=8).filter(lambda run: len(run.encode()) <= 8)))
def test_keys_sort_as_runs_do(runs):
    """A short run is its own key: equal keys are equal runs, and their order is that of the bytes."""
    names = sorted({run.encode() for run in runs})
    keys = [run_key(name) for name in names]
    assert keys == sorted(set(keys))


def test_texts_without_runs_have_no_lists():
    """Where nothing is a letter or digit, there is nothing, and that can be counted too."""
    assert found_in([[("，", "中国"), ("", "")]]) == {}
