"""Relaxing: a search answered with fewer of its words, where too few articles have them all."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from msgspec.structs import replace

from wxsearch.analysis.segment import Cutter
from wxsearch.models import Relaxation
from wxsearch.query.relaxed import relaxable, relaxed, typed_word
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import Node
from wxsearch.search.search import Search

# Queries whose rung is known.
_KEPT = 1_000

Key = tuple[Node, frozenset[str]]
"""A query, and the words by which its own are cut."""


class Chosen(NamedTuple):
    """What a query is answered with: a tree, and what was given up for it."""

    root: Node
    told: Relaxation | None


class Relaxer:
    """Chooses the rungs of queries over one snapshot, and keeps the last of them; safe for threads.

    A rung is chosen without the parameters' filters, so that it is the same under all of them.
    """

    def __init__(self, below: int) -> None:
        """Relaxes where fewer than `below` articles match; 0 relaxes nothing."""
        self._below = below
        self._known: OrderedDict[Key, Chosen] = OrderedDict()
        self._lock = Lock()

    def relax(
        self, request: SearchRequest, strict: Search, cutter: Cutter
    ) -> tuple[Search, Relaxation | None]:
        """The search to answer a request with instead of `strict`, and what was given up for it."""
        if request.match != "auto" or strict.matches >= self._below:
            return strict, None
        key = (request.query.root, cutter.words)
        chosen = self._get(key)
        if chosen is None:
            everywhere = replace(request, categories=(), sources=(), since=None, until=None)
            chosen, search = _choose(everywhere, strict, cutter, self._below)
            if strict.partial:
                # The time was over before the rung was known.
                return strict, None
            self._put(key, chosen)
            if chosen.told is not None and request == everywhere:
                return search, chosen.told
        if chosen.told is None:
            return strict, None
        return strict.instead(_asking(request, chosen.root)), chosen.told

    def _get(self, key: Key) -> Chosen | None:
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
            return found

    def _put(self, key: Key, chosen: Chosen) -> None:
        with self._lock:
            self._known[key] = chosen
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)


def _choose(everywhere: SearchRequest, strict: Search, cutter: Cutter, least: int) -> tuple[Chosen, Search]:
    """The rung of a request without filters, and the search at it."""
    root = everywhere.query.root
    searches: dict[Node, Search] = {}

    def count(node: Node) -> int:
        searches[node] = strict.instead(_asking(everywhere, node))
        return searches[node].matches

    rung = relaxed(root, cutter, least, count)
    if rung is None:
        return Chosen(root, None), searches[root]
    search = searches[rung.root]
    dropped = search.not_in_all(relaxable(root))
    return Chosen(rung.root, Relaxation(rung.name, tuple(map(typed_word, dropped)))), search


def _asking(request: SearchRequest, root: Node) -> SearchRequest:
    return replace(request, query=replace(request.query, root=root))
