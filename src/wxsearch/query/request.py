"""The search request: one model, read from the same parameters by HTTP and command line.

`PARAMETERS` is the only list of them: it checks names and makes openapi.json; a test
compares the table in docs/http-api.md with it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, cast, get_args

from msgspec import Struct
from msgspec.structs import replace

from wxsearch.analysis.vocabulary import Kind, Vocabulary
from wxsearch.categories import Path, read_path
from wxsearch.dates import read_bound
from wxsearch.errors import InvalidRequest, LimitExceeded, Problem, UnknownParameter
from wxsearch.limits import Limits
from wxsearch.models import Interval
from wxsearch.query.notes import Note
from wxsearch.query.parser import parse
from wxsearch.query.tree import Query, leaves

Sort = Literal["relevance", "newest", "oldest"]
Match = Literal["auto", "all", "any"]
Collapse = Literal["family"]
Facet = Literal["category", "date", "source", "family"]

FACETS: tuple[Facet, ...] = ("category", "date", "source")
"""What is counted where nothing is said of facets."""

_ALL_FACETS: tuple[Facet, ...] = get_args(Facet)
_KINDS: tuple[Kind, ...] = get_args(Kind)


class SearchRequest(Struct, frozen=True, kw_only=True):
    """What is asked of an engine. Instants are seconds since 1970, `until` exclusive.

    `expand` has the kinds of variants that the query was read with, None for all of the settings.
    """

    query: Query
    categories: tuple[Path, ...] = ()
    sources: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    sort: Sort = "relevance"
    match: Match = "auto"
    expand: tuple[Kind, ...] | None = None
    collapse: Collapse | None = None
    size: int = 10
    offset: int = 0
    facets: tuple[Facet, ...] = FACETS
    interval: Interval | None = None
    highlight: bool = True
    explain: bool = False

    @property
    def ranked(self) -> bool:
        """Whether hits have scores: something is wanted, and relevance orders them."""
        return self.sort == "relevance" and bool(leaves(self.query.root))


class Parameter(NamedTuple):
    """A parameter as users see it; `schema` is JSON Schema for one value of it."""

    name: str
    description: str
    schema: dict[str, Any]
    repeats: bool = False


def _text(**schema: Any) -> dict[str, Any]:
    return {"type": "string", **schema}


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("q", "What to search for; empty or absent asks for every article, newest first.", _text()),
    Parameter(
        "category", "A category path such as `物流资讯 > 行业新闻`, with all below it.", _text(), repeats=True
    ),
    Parameter("source", "A source, exactly as the source facet names it.", _text(), repeats=True),
    Parameter("from", "From this instant, date, month or year on.", _text()),
    Parameter("to", "Before this instant, or to the end of this date, month or year.", _text()),
    Parameter(
        "sort", "Order of the hits.", _text(enum=["relevance", "newest", "oldest"], default="relevance")
    ),
    Parameter(
        "match", "Whether all words must be there.", _text(enum=["auto", "all", "any"], default="auto")
    ),
    Parameter(
        "expand",
        "Which of regional, character, number, synonym to look for beside the words, of those that the "
        "settings allow; all by default, empty for none.",
        _text(default=",".join(_KINDS)),
    ),
    Parameter(
        "collapse",
        "`family` lists of near-copies of one article only the first in the order of the hits.",
        _text(enum=["family"]),
    ),
    Parameter("size", "Hits to return.", {"type": "integer", "minimum": 0, "default": 10}),
    Parameter("offset", "Hits to skip.", {"type": "integer", "minimum": 0, "default": 0}),
    Parameter(
        "facets",
        "Which of category, date, source, family to count; the first three by default, empty for none.",
        _text(default=",".join(FACETS)),
    ),
    Parameter(
        "interval",
        "Width of the date buckets; chosen from the span if absent.",
        _text(enum=["year", "month", "day"]),
    ),
    Parameter(
        "highlight", "Whether to return marked passages.", _text(enum=["true", "false"], default="true")
    ),
    Parameter(
        "explain",
        "Whether to say of each hit which parts its score has.",
        _text(enum=["true", "false"], default="false"),
    ),
)
_BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}


def read_request(
    parameters: Mapping[str, Sequence[str]], limits: Limits, vocabulary: Vocabulary
) -> SearchRequest:
    """Reads a request from parameters and their values, its query with the vocabulary.

    Raises UnknownParameter, LimitExceeded or InvalidRequest; an InvalidRequest names
    everything that is wrong, not just the first.
    """
    if unknown := [name for name in parameters if name not in _BY_NAME]:
        known = ", ".join(_BY_NAME)
        raise UnknownParameter(
            f"there is no parameter {unknown[0]!r}; there are {known}",
            tuple(Problem(name, "unknown parameter") for name in unknown),
        )
    reader = _Reader(parameters, limits)
    match = cast("Match", reader.choice("match", "auto"))
    expand = cast("tuple[Kind, ...] | None", reader.several("expand", _KINDS))
    if expand is not None:
        vocabulary = vocabulary.limited_to(expand)
    facets = reader.several("facets", _ALL_FACETS)
    fields: dict[str, Any] = {
        "query": parse(reader.one("q") or "", limits, vocabulary, match_any=match == "any"),
        "match": match,
        "expand": expand,
        "categories": tuple(reader.each("category", read_path)),
        "sources": tuple(reader.each("source", str.strip)),
        "since": reader.read("from", lambda text: read_bound(text, upper=False)),
        "until": reader.read("to", lambda text: read_bound(text, upper=True)),
        "sort": reader.choice("sort", "relevance"),
        "collapse": reader.choice("collapse", None),
        "size": reader.number("size", 10),
        "offset": reader.number("offset", 0),
        "facets": FACETS if facets is None else facets,
        "interval": reader.choice("interval", None),
        "highlight": reader.choice("highlight", "true") == "true",
        "explain": reader.choice("explain", "false") == "true",
    }
    if reader.problems:
        first = reader.problems[0]
        raise InvalidRequest(f"{first.field}: {first.detail}", tuple(reader.problems))
    if (span := _empty_span(fields["since"], fields["until"], reader)) is not None:
        query = fields["query"]
        fields["query"] = replace(query, notes=(*query.notes, Note("empty_span", span)))
    _check_depth(fields["categories"], limits)
    _check_window(fields["size"], fields["offset"], limits)
    return SearchRequest(**fields)


def _empty_span(since: int | None, until: int | None, reader: "_Reader") -> str | None:
    """The span that ends before it begins, as a query would write it; None where there is none."""
    if since is None or until is None or since < until:
        return None
    return f"{reader.one('from')}..{reader.one('to')}"


def _check_depth(categories: Sequence[Path], limits: Limits) -> None:
    if any(len(path) > limits.breadcrumb_labels for path in categories):
        raise LimitExceeded(
            f"a category has more than {limits.breadcrumb_labels} labels (limits.breadcrumb_labels)",
            (Problem("category", f"at most {limits.breadcrumb_labels} labels"),),
        )


def _check_window(size: int, offset: int, limits: Limits) -> None:
    if size > limits.page_size:
        raise LimitExceeded(
            f"size is {size}; {limits.page_size} is allowed (limits.page_size)",
            (Problem("size", f"at most {limits.page_size}"),),
        )
    if offset + size > limits.window:
        raise LimitExceeded(
            f"offset + size is {offset + size}; {limits.window} is allowed (limits.window); "
            "narrow the search by date or category, or export with wxsearch search --all",
            (Problem("offset", f"offset + size at most {limits.window}"),),
        )


class _Reader:
    """Takes single parameters apart and gathers what is wrong with them."""

    def __init__(self, parameters: Mapping[str, Sequence[str]], limits: Limits) -> None:
        self._parameters = parameters
        self._limits = limits
        self.problems: list[Problem] = []

    def one(self, name: str) -> str | None:
        values = self._parameters.get(name, ())
        if len(values) > 1:
            self.problems.append(Problem(name, "is given more than once"))
        return values[0] if values else None

    def read(self, name: str, convert: Callable[[str], Any]) -> Any:
        text = self.one(name)
        return None if text is None or text == "" else self._converted(name, text, convert)

    def each(self, name: str, convert: Callable[[str], Any]) -> list[Any]:
        given = self._parameters.get(name, ())
        # A form sends its empty fields too: they ask for nothing.
        values = [value for value in given if value.strip()]
        limits = self._limits
        if len(given) > limits.filter_values:
            raise LimitExceeded(
                f"{name} has {len(given)} values; {limits.filter_values} are allowed (limits.filter_values)",
                (Problem(name, f"at most {limits.filter_values} values"),),
            )
        if any(len(value) > limits.filter_characters for value in values):
            raise LimitExceeded(
                f"a {name} has more than {limits.filter_characters} characters (limits.filter_characters)",
                (Problem(name, f"at most {limits.filter_characters} characters"),),
            )
        converted = [self._converted(name, value, convert) for value in values]
        return list(dict.fromkeys(value for value in converted if value is not None))

    def choice(self, name: str, default: str | None) -> str | None:
        text = self.one(name)
        if not text:
            return default
        choices = _BY_NAME[name].schema["enum"]
        if text not in choices:
            self.problems.append(Problem(name, f"{text!r} is none of {', '.join(choices)}"))
        return text

    def number(self, name: str, default: int) -> int:
        text = self.one(name)
        if text is None:
            return default
        # isdecimal alone would let other scripts' digits through.
        if not (text.isascii() and text.isdecimal() and len(text) <= 18):
            self.problems.append(Problem(name, f"{text!r} is not a whole number of 0 or more"))
            return default
        return int(text)

    def several(self, name: str, choices: Sequence[str]) -> tuple[str, ...] | None:
        """Those of the choices that a list names, in their order; None where it is absent."""
        text = self.one(name)
        if text is None:
            return None
        named = [each.strip() for each in text.split(",") if each.strip()]
        if unknown := [each for each in named if each not in choices]:
            self.problems.append(Problem(name, f"{unknown[0]!r} is none of {', '.join(choices)}"))
        return tuple(each for each in choices if each in named)

    def _converted(self, name: str, text: str, convert: Callable[[str], Any]) -> Any:
        try:
            return convert(text)
        except ValueError as error:
            self.problems.append(Problem(name, str(error)))
            return None
