import pytest

from wxsearch.errors import InvalidRequest, LimitExceeded, UnknownParameter
from wxsearch.query.request import PARAMETERS, read_request
from wxsearch.query.tree import Leaf, Synonyms


def test_defaults(limits, vocabulary):
    """Without parameters every article is asked for, with the facets and passages of interfaces.md."""
    request = read_request({}, limits, vocabulary)
    assert (request.size, request.offset, request.sort, request.match) == (10, 0, "relevance", "auto")
    assert request.facets == ("category", "date", "source")
    assert request.highlight
    assert not request.ranked


def test_repeated_values(limits, vocabulary):
    """Values of category and source may repeat; equal values count once, empty ones not at all."""
    request = read_request(
        {"category": ["A > B", "首页>A>B", ""], "source": [" x ", "y"]}, limits, vocabulary
    )
    assert request.categories == (("A", "B"),)
    assert request.sources == ("x", "y")


def test_facets_may_be_chosen(limits, vocabulary):
    """facets= names the counts wanted, and empty asks for none."""
    assert read_request({"facets": ["source, date"]}, limits, vocabulary).facets == ("date", "source")
    assert read_request({"facets": [""]}, limits, vocabulary).facets == ()


def test_variants_may_be_chosen(limits, vocabulary):
    """Expand is a list; absent means what the settings say, empty means none; the query is read with it."""
    for given, kinds in (
        ({}, None),
        ({"expand": [""]}, ()),
        ({"expand": ["number, regional"]}, ("regional", "number")),
    ):
        request = read_request({"q": ["软件"], **given}, limits, vocabulary)
        assert request.expand == kinds
        assert isinstance(request.query.root, Leaf if kinds == () else Synonyms)


@pytest.mark.parametrize(
    ("given", "explains"), [({}, False), ({"explain": [""]}, False), ({"explain": ["true"]}, True)]
)
def test_explanations_are_off_unless_asked_for(given, explains, limits, vocabulary):
    """Parts of scores are given where explain is true, and not where it is absent or empty."""
    assert read_request(given, limits, vocabulary).explain == explains


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"size": ["-1"]}, "size"),
        ({"size": ["1e3"]}, "size"),
        ({"size": ["１０"]}, "size"),
        ({"size": [""]}, "size"),
        ({"offset": ["x"]}, "offset"),
        ({"from": ["2021-99-01"]}, "from"),
        ({"to": ["tomorrow"]}, "to"),
        ({"sort": ["best"]}, "sort"),
        ({"match": ["some"]}, "match"),
        ({"interval": ["week"]}, "interval"),
        ({"facets": ["author"]}, "facets"),
        ({"highlight": ["yes"]}, "highlight"),
        ({"explain": ["yes"]}, "explain"),
        ({"category": ["首页"]}, "category"),
        ({"q": ["a", "b"]}, "q"),
    ],
)
def test_wrong_values_are_named(parameters, field, limits, vocabulary):
    """A value that cannot be read is refused under the name of its parameter."""
    with pytest.raises(InvalidRequest) as caught:
        read_request(parameters, limits, vocabulary)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_everything_wrong_is_named_at_once(limits, vocabulary):
    """A request with three slips says all three."""
    with pytest.raises(InvalidRequest) as caught:
        read_request({"size": ["-1"], "from": ["x"], "sort": ["y"]}, limits, vocabulary)
    assert {problem.field for problem in caught.value.problems} == {"size", "from", "sort"}


def test_unknown_parameters_are_refused(limits, vocabulary):
    """A misspelt parameter is refused by name, with those that there are."""
    with pytest.raises(UnknownParameter, match=r"catgory.*category"):
        read_request({"catgory": ["A"]}, limits, vocabulary)


@pytest.mark.limit("page_size")
def test_the_page_is_limited(limits, vocabulary):
    """limits.page_size hits may be asked for, one more not."""
    read_request({"size": [str(limits.page_size)]}, limits, vocabulary)
    with pytest.raises(LimitExceeded, match="page_size"):
        read_request({"size": [str(limits.page_size + 1)]}, limits, vocabulary)


@pytest.mark.limit("window")
def test_the_window_is_limited(limits, vocabulary):
    """The sum of offset and size may reach limits.window, and not pass it."""
    read_request({"size": ["10"], "offset": [str(limits.window - 10)]}, limits, vocabulary)
    with pytest.raises(LimitExceeded, match="window"):
        read_request({"size": ["10"], "offset": [str(limits.window - 9)]}, limits, vocabulary)
    with pytest.raises(LimitExceeded, match="window"):
        read_request({"offset": ["999999999999999999"]}, limits, vocabulary)


@pytest.mark.limit("filter_values")
@pytest.mark.limit("filter_characters")
@pytest.mark.parametrize("name", ["category", "source"])
def test_filter_values_are_limited(name, limits, vocabulary):
    """limits.filter_values values of limits.filter_characters are read; one more of either is refused."""
    most, longest = limits.filter_values, limits.filter_characters
    read_request({name: [f"v{number}" for number in range(most)]}, limits, vocabulary)
    with pytest.raises(LimitExceeded, match="filter_values"):
        read_request({name: [f"v{number}" for number in range(most + 1)]}, limits, vocabulary)
    with pytest.raises(LimitExceeded, match="filter_values"):
        read_request({name: [""] * (most + 1)}, limits, vocabulary)
    read_request({name: ["x" * longest]}, limits, vocabulary)
    with pytest.raises(LimitExceeded, match="filter_characters"):
        read_request({name: ["x" * (longest + 1)]}, limits, vocabulary)


def test_every_parameter_is_described():
    """Each parameter says what it does and of which kind it is."""
    assert all(parameter.description and parameter.schema["type"] for parameter in PARAMETERS)


def test_category_depth_is_limited(limits, vocabulary):
    """A path of limits.breadcrumb_labels labels may be asked for, a deeper one not."""
    path = [f"栏{number}" for number in range(limits.breadcrumb_labels)]
    assert read_request({"category": [" > ".join(path)]}, limits, vocabulary).categories == (tuple(path),)
    with pytest.raises(LimitExceeded, match="breadcrumb_labels"):
        read_request({"category": [" > ".join([*path, "末"])]}, limits, vocabulary)


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2025", "2024", True),
        ("2024-05-02", "2024-05-01", True),
        ("2024", "2024", False),
        ("", "2024", False),
    ],
)
def test_a_span_that_ends_before_it_begins_is_told(since, until, said, limits, vocabulary):
    """from= after to= finds nothing, and a note says why, as for date: in the query itself."""
    request = read_request({"q": ["港口 ("], "from": [since], "to": [until]}, limits, vocabulary)
    codes = [note.code for note in request.query.notes]
    assert codes == ["unpaired_bracket", *["empty_span"] * said]
    if said:
        assert request.query.notes[-1].piece == f"{since}..{until}"
