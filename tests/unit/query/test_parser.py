import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.errors import LimitExceeded
from wxsearch.query.parser import parse
from wxsearch.query.tree import And, Everything, Leaf, Not, Nothing, Or


def word(text):
    return Leaf(text)


def quoted(text):
    return Leaf(text, quoted=True)


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("", Everything()),
        ("港口", word("港口")),
        ("港口航运", And((word("港口"), word("航运")))),
        ("港口 港口", word("港口")),
        ('"港口 航运"', quoted("港口 航运")),
        ("“港口”", quoted("港口")),
        ("「港口」", quoted("港口")),
        ('"港口', quoted("港口")),
        (r'"a\"b\\c"', quoted("a b c")),
        ('"a“b”c"', quoted("a b c")),
        ("港口 -航运", And((word("港口"), Not(word("航运"))))),
        ("-航运", And((Everything(), Not(word("航运"))))),
        ('港口 -"航运"', And((word("港口"), Not(quoted("航运"))))),
        ("-港口航运", And((Everything(), Not(And((word("港口"), word("航运"))))))),
        ("F-16", And((word("f"), word("16")))),
        ("港口 - 航运", And((word("港口"), word("航运")))),
        ("！？", Nothing()),
        ("   ", Nothing()),
        ('""', Nothing()),
        ("-", Nothing()),
    ],
)
def test_reads(typed, root, limits):
    """Words, quoted strings and a minus at the start of a word are understood; the rest is text."""
    assert parse(typed, limits).root == root


def test_any_asks_for_one_leaf_and_still_leaves_out(limits):
    """match=any turns the wanted leaves into alternatives and keeps what is unwanted out."""
    root = parse("港口 航运 -铁路", limits, match_any=True).root
    assert root == And((Or((word("港口"), word("航运"))), Not(word("铁路"))))


def test_a_query_of_signs_says_why_it_finds_nothing(limits):
    """A query that folds to nothing carries a note."""
    assert parse("！？", limits).notes
    assert not parse("港口", limits).notes


@pytest.mark.limit("query_characters")
def test_length_is_limited(limits):
    """limits.query_characters are read, one more is refused."""
    parse("字" * limits.query_characters, limits)
    with pytest.raises(LimitExceeded, match="query_characters"):
        parse("字" * (limits.query_characters + 1), limits)


@pytest.mark.limit("query_leaves")
def test_words_are_limited(limits):
    """limits.query_leaves are read, one more is refused."""
    few = msgspec.structs.replace(limits, query_leaves=5)
    assert len(parse("1 2 3 4 -5", few).root.children) == 5
    with pytest.raises(LimitExceeded, match="query_leaves"):
        parse("1 2 3 4 -5 6", few)


@given(st.text(alphabet=st.sampled_from('港口航运ab1 -"“”「」\\，'), max_size=40))
def test_any_text_is_a_query(limits, typed):
    """Whatever is typed is read, and only what holds no letter or digit finds nothing."""
    query = parse(typed, limits)
    assert isinstance(query.root, Nothing) == (query.understood == "" and typed != "")


@given(
    st.lists(st.text(alphabet="港口航运ab1", min_size=1, max_size=5), min_size=1, max_size=5), st.booleans()
)
def test_quoted_strings_print_as_they_read(limits, strings, minus):
    """Quoted strings printed back are a query that means the same."""
    typed = " ".join(f'"{string}"' for string in strings) + (' -"x"' if minus else "")
    query = parse(typed, limits)
    assert parse(query.understood, limits).root == query.root


def test_what_was_understood_shows_the_words(limits):
    """The query printed back names each leaf, so that one sees how it was cut."""
    assert parse('港口航运 "两个市场" -铁路', limits).understood == '港口 航运 "两个市场" -铁路'
