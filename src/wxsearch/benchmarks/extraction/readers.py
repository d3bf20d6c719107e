"""Those who read pages: wxsearch, and two libraries that are asked for the same fields.

A field that a reader does not know at all is absent from what it found, one that it looked
for in vain is None.
"""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from wxsearch.errors import InvalidRequest, StartProblem
from wxsearch.ingest import html
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.source import Source
from wxsearch.models import Article
from wxsearch.settings import load_settings

Found = dict[str, Any]
ReadPage = Callable[[bytes], Found]

# What is imported to have it, and what its distribution is called.
_LIBRARIES = {"gne": "gne", "trafilatura": "trafilatura"}
READERS = ("wxsearch", *_LIBRARIES)


def readers(names: Sequence[str]) -> dict[str, tuple[ReadPage, str]]:
    """The named readers and their versions; raises InvalidRequest or StartProblem."""
    for name in names:
        if name not in READERS:
            raise InvalidRequest(f"there is no reader {name!r}; there are {', '.join(READERS)}")
        if name in _LIBRARIES and find_spec(name) is None:
            raise StartProblem(f"{name} is not installed; make pages does it, or leave it out: --readers")
    opened = {"wxsearch": _wxsearch, "gne": _gne, "trafilatura": _trafilatura}
    return {name: (opened[name](), version(_LIBRARIES.get(name, "wxsearch"))) for name in names}


def _wxsearch() -> ReadPage:
    # The defaults, whatever the environment says.
    limits = load_settings({}).limits

    def read(data: bytes) -> Found:
        (article,) = html.read(Source("page", iter((data,)), limits))
        if not isinstance(article, Article):
            return {}
        return {
            "title": article.title,
            "published": article.published,
            "source": article.source,
            "breadcrumb": list(article.breadcrumb),
            "body": article.body,
        }

    return read


def _gne() -> ReadPage:
    from gne import GeneralNewsExtractor

    extractor = GeneralNewsExtractor()

    def read(data: bytes) -> Found:
        found = extractor.extract(decode(data))
        return {"title": found["title"], "published": found["publish_time"], "body": found["content"]}

    return read


def _trafilatura() -> ReadPage:
    from trafilatura import bare_extraction

    # Without the format it gives days alone.
    times = {"original_date": True, "outputformat": "%Y-%m-%dT%H:%M:%S", "extensive_search": True}

    def read(data: bytes) -> Found:
        document = bare_extraction(data, with_metadata=True, date_extraction_params=times)
        if document is None:
            return {"title": None, "published": None, "source": None, "body": None}
        return {
            "title": document.title,
            "published": document.date,
            "source": document.sitename,
            "body": document.text,
        }

    return read
