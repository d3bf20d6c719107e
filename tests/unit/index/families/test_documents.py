import numpy as np

from support.memory import peak_of
from support.segments import snapshot_of
from wxsearch.analysis.likeness import bodies_of
from wxsearch.index.families.documents import Documents
from wxsearch.models import Article


def test_bodies_take_no_room_for_what_stands_beside_them():
    """Of articles that hold whole pages under `extra`, their bodies alone are held together."""
    body = "港口的货轮今天靠港，𠀀号泊位开始装卸。" * 5
    articles = [Article(id=str(n), body=f"{n}{body}", extra={"page": "x" * 500_000}) for n in range(20)]
    documents = Documents([each.segment for each in snapshot_of(articles[:9], articles[9:]).segments])
    found, peak = peak_of(lambda: documents.bodies(np.arange(20)))
    assert peak < 10_000_000
    for body, article in zip(found, articles, strict=True):
        (wanted,) = bodies_of([article.body], [None])
        assert body.length == wanted.length
        assert np.array_equal(body.stretches, wanted.stretches)
