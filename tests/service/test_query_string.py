"""Query strings are read strictly."""

import pytest

from wxsearch.errors import InvalidRequest
from wxsearch.service.query_string import read_parameters


@pytest.mark.parametrize(
    ("query_string", "parameters"),
    [
        ("", {}),
        ("q=a,b", {"q": ["a,b"]}),
        ("q=a&q=b", {"q": ["a", "b"]}),
        ("q=&&size", {"q": [""], "size": [""]}),
        ("q=a+b%2Bc", {"q": ["a b+c"]}),
        ("q=a=b", {"q": ["a=b"]}),
        ("q=%E6%96%B0%00", {"q": ["新\0"]}),
        ("q=" + "新".encode().decode("latin-1"), {"q": ["新"]}),
        ("%71=1", {"q": ["1"]}),
    ],
)
def test_what_is_well_formed_is_read(query_string, parameters):
    """Blank values stay, names may repeat, commas split nothing, raw UTF-8 is taken."""
    assert read_parameters(query_string) == parameters


@pytest.mark.parametrize("value", ["%", "%4", "%zz", "100%&size=1", "%ff", "%E6%96", "%ED%A0%80", "\xff"])
def test_what_cannot_be_decoded_is_refused_by_name(value):
    """Broken escapes, bytes that are not UTF-8 and lone surrogates name the parameter."""
    with pytest.raises(InvalidRequest) as refused:
        read_parameters(f"size=1&q={value}")
    assert [problem.field for problem in refused.value.problems] == ["q"]


def test_a_name_that_cannot_be_decoded_is_refused():
    """A broken name is blamed on the query string, and every fault is named."""
    with pytest.raises(InvalidRequest) as refused:
        read_parameters("%ff=1&q=%zz")
    assert [problem.field for problem in refused.value.problems] == ["query string", "q"]
