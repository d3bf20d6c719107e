"""Addresses of pages: the parameters a search page has, and the addresses one step away.

Nothing here is escaped for HTML; the templates do that.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs, quote, urlencode

from wxsearch.addresses import is_web_address
from wxsearch.query.request import PARAMETERS

# The page always counts all facets and marks what matched.
SEARCH_PARAMETERS = tuple(item.name for item in PARAMETERS if item.name not in ("facets", "highlight"))
_KEPT = (*SEARCH_PARAMETERS, "lang")
# What narrows or orders the list; q, size and lang are no conditions.
CONDITIONS = ("category", "source", "from", "to", "sort", "match", "collapse", "interval")

Change = str | Iterable[str] | None


class Address:
    """Where the reader is; every method gives an address to go from there."""

    def __init__(self, prefix: str, parameters: Mapping[str, tuple[str, ...]]) -> None:
        self.prefix = prefix
        self.parameters = parameters
        # A page has hundreds of links, and most parameters are the same in each.
        self._encoded = {name: _encoded(name, values) for name, values in parameters.items()}

    def search(self, changes: Mapping[str, Change] | None = None) -> str:
        """This search with some parameters replaced; None leaves one out.

        Another search begins on its first page.
        """
        changed = {name: _encoded(name, _values(change)) for name, change in (changes or {}).items()}
        return f"{self.prefix}/" + _joined({**self._encoded, "offset": "", **changed}, _KEPT)

    def cleared(self, *names: str) -> str:
        """This search without some parameters, or without all conditions."""
        return self.search(dict.fromkeys(names or CONDITIONS))

    def article(self, article_id: str) -> str:
        """The copy of an article, with the query whose words it should mark."""
        return f"{self.prefix}/articles/{quote(article_id, safe='')}" + _joined(self._encoded, ("q", "lang"))

    def start(self, **parameters: str) -> str:
        """A new search with nothing kept but the language."""
        kept = {name: self.parameters[name] for name in ("lang",) if name in self.parameters}
        return Address(self.prefix, kept).search(parameters)

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """The parameters that a form has to carry along."""
        left = [name for name in _KEPT if name not in without and name != "offset"]
        return [(name, value) for name in left for value in self.parameters.get(name, ())]

    def one(self, name: str) -> str:
        """The first value of a parameter, or nothing."""
        return next(iter(self.parameters.get(name, ())), "")


def read_address(prefix: str, query_string: str) -> Address:
    """Reads the part of an address after the question mark.

    Unknown parameters are ignored and empty ones ask for nothing: a form sends all its fields.
    """
    # WSGI passes bytes as Latin-1; a hand-typed address has UTF-8 that is not percent-encoded.
    query_string = query_string.encode("latin-1", "replace").decode("utf-8", "replace")
    given = parse_qs(query_string, keep_blank_values=True, errors="replace")
    parameters = {name: tuple(value for value in given.get(name, ()) if value.strip()) for name in _KEPT}
    return Address(prefix, {name: values for name, values in parameters.items() if values})


def outward(url: str | None) -> str | None:
    """The address of another page if it may be linked to, else None."""
    return url if url and is_web_address(url) else None


def _encoded(name: str, values: Iterable[str]) -> str:
    return urlencode([(name, value) for value in values])


def _joined(encoded: Mapping[str, str], names: Iterable[str]) -> str:
    """What stands after the path: the encoded parameters that are there, in the order of the names."""
    query = "&".join(filter(None, (encoded.get(name) for name in names)))
    return f"?{query}" if query else ""


def _values(change: Change) -> tuple[str, ...]:
    if change is None or change == "":
        return ()
    return (change,) if isinstance(change, str) else tuple(change)
