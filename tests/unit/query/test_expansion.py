"""What is looked for beside the leaves of a query, and how the answer names it."""

import pytest
from msgspec.structs import replace

from wxsearch.errors import LimitExceeded
from wxsearch.query.parser import parse
from wxsearch.query.tree import And, Everything, Leaf, Not, Optional, Or, Synonyms, leaves, size, terms

SOFTWARE = Synonyms((Leaf("软件"), Leaf("软体")))
TITLED = Synonyms((Leaf("软件", field="title"), Leaf("软体", field="title")))


@pytest.fixture(scope="module")
def vocabulary(vocabulary):
    """One with a synonym that holds a blank."""
    return vocabulary._replace(synonyms={"航运": ("海上 运输",), "港口": ("码头", "港区")})


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("软件", SOFTWARE),
        ("軟體", Synonyms((Leaf("软体"), Leaf("软件")))),
        ("软件 无锡", And((SOFTWARE, Leaf("无锡")))),
        ("软件 OR 无锡", Or((SOFTWARE, Leaf("无锡")))),
        ("-软件", And((Everything(), Not(SOFTWARE)))),
        ("无锡 -(软件 惠山)", And((Leaf("无锡"), Not(And((SOFTWARE, Leaf("惠山"))))))),
        ("title:软件", TITLED),
        ("标题:(软件 OR 无锡)", Or((TITLED, Leaf("无锡", field="title")))),
        ("软件的无锡", And((SOFTWARE, Optional(Leaf("的")), Leaf("无锡")))),
        ("航运", Synonyms((Leaf("航运"), Leaf("海上 运输", quoted=True)))),
        (
            "title:航运",
            Synonyms((Leaf("航运", field="title"), Leaf("海上 运输", quoted=True, field="title"))),
        ),
        ("二零二四年", Synonyms((Leaf("二零二四年"), Leaf("2024年"), Leaf("二〇二四年")))),
        ("2024年", Synonyms((Leaf("2024年"), Leaf("二〇二四年"), Leaf("二零二四年")))),
        ("软件 软件", SOFTWARE),
    ],
)
def test_leaves_are_read_with_their_variants(typed, root, limits, vocabulary):
    """A required leaf stands with its variants wherever it is, unwanted or in a field too."""
    assert parse(typed, limits, vocabulary).root == root


@pytest.mark.parametrize("typed", ['"软件"', "“软件”", "2024*", "a软件*b", "新软件"])
def test_what_is_taken_literally_has_no_variants(typed, limits, vocabulary):
    """Quoted strings, runs that go on, and words that only hold such a word are asked for as they are."""
    query = parse(typed, limits, vocabulary)
    assert all(isinstance(term, Leaf) for term in terms(query.root))
    assert not any(note.code.endswith("_variants") for note in query.notes)


def test_function_words_have_no_variants(limits, vocabulary):
    """Each of them is a leaf alone, so that an Optional holds just that."""
    for word in vocabulary.small.function:
        assert parse(word, limits, vocabulary).root == Leaf(word)


def test_variants_are_named(limits, vocabulary):
    """There is a note for each leaf and reason, once, in the order typed, behind those on the reading."""
    query = parse("OR -港口 软件 软件", limits, vocabulary)
    assert [tuple(note) for note in query.notes] == [
        ("operator_as_text", "OR"),
        ("synonym_variants", "港口 → 码头, 港区"),
        ("regional_variants", "软件 → 软体"),
    ]


def test_only_what_was_typed_is_printed(limits, vocabulary):
    """The printed query has no variants, and is read with the same."""
    query = parse("航运 -title:软件 2024年", limits, vocabulary)
    assert query.understood == "航运 2024年 -title:软件"
    assert parse(query.understood, limits, vocabulary).root == query.root


def test_variants_are_switched_by_kind(limits, vocabulary):
    """A vocabulary that is limited to some kinds gives no others, and none that was not wanted."""
    only = vocabulary.limited_to(["synonym"])
    assert parse("软件 港口", limits, only).root.children[0] == Leaf("软件")
    assert isinstance(parse("港口", limits, only).root, Synonyms)
    assert only.limited_to(["regional", "synonym"]).kinds == {"synonym"}
    assert only.limited_to([]).kinds == frozenset()


@pytest.mark.limit("query_leaves")
def test_words_are_counted_as_typed(limits, vocabulary):
    """Variants use up nothing of the words that a query may have."""
    few = replace(limits, query_leaves=2)
    assert size(parse("港口 软件", few, vocabulary).root) == 2
    with pytest.raises(LimitExceeded, match="query_leaves"):
        parse("港口 软件 无锡", few, vocabulary)


def test_a_term_is_one_and_all_of_it_is_marked(limits, vocabulary):
    """For the rank a leaf and its variants are one; to be marked, each of them."""
    root = parse("软件 无锡 -港口", limits, vocabulary).root
    assert terms(root) == [SOFTWARE, Leaf("无锡")]
    assert leaves(root) == [Leaf("软件"), Leaf("软体"), Leaf("无锡")]
    assert leaves(root, wanted=False) == [Leaf("港口"), Leaf("码头"), Leaf("港区")]
