import msgspec
import pytest

from wxsearch.errors import LimitExceeded
from wxsearch.query.parser import parse
from wxsearch.query.tree import And, Everything, FromSource, Leaf, Not, Nothing, Optional, Or, leaves


def word(text):
    return Leaf(text)


def quoted(text):
    return Leaf(text, quoted=True)


def aside(text):
    return Optional(Leaf(text))


def without(*nodes):
    return And((Everything(), *map(Not, nodes)))


A, B, C, D = map(Leaf, "abcd")


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("", Everything()),
        ("港口", word("港口")),
        ("港口航运", And((word("港口"), word("航运")))),
        ("港口 港口", word("港口")),
        ("吴建元", word("吴建元")),
        ("维生素A", word("维生素a")),
        ("iPhone15 C919", And((word("iphone15"), word("c919")))),
        ('"港口 航运"', quoted("港口 航运")),
        ("“港口”", quoted("港口")),
        ("「港口」", quoted("港口")),
        ('"港口', quoted("港口")),
        ('港口"航运"中心', And((word("港口"), quoted("航运"), word("中心")))),
        (r'"a\"b\\c"', quoted("a b c")),
        ('"a\\', quoted("a")),
        ('"a“b”c"', quoted("a b c")),
        ('"(a OR b)"', quoted("a or b")),
        ("！？", Nothing()),
        ("   ", Nothing()),
        ('""', Nothing()),
    ],
)
def test_reads_words_and_strings(typed, root, limits, vocabulary):
    """Stretches are cut into words, quoted strings stay whole, and signs are nothing."""
    assert parse(typed, limits, vocabulary).root == root


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("惠山的产业", And((word("惠山"), aside("的"), word("产业")))),
        ("在港口", And((aside("在"), word("港口")))),
        ("港口，的", And((word("港口"), aside("的")))),
        ("的", word("的")),
        ("的了", And((word("的"), word("了")))),
        ("港口 的", And((word("港口"), aside("的")))),
        ("惠山的 的", And((word("惠山"), aside("的")))),
        ("的 惠山的", And((aside("的"), word("惠山")))),
        ("的 了", And((word("的"), word("了")))),
        ("的 -港口 惠山", And((aside("的"), word("惠山"), Not(word("港口"))))),
        ('的 "港口" 惠山', And((aside("的"), quoted("港口"), word("惠山")))),
        ("的 AND a*", And((aside("的"), Leaf("a", prefix=True)))),
        ("港口 OR 的", Or((word("港口"), word("的")))),
        ("(的) 港口", And((word("的"), word("港口")))),
        ("(的 OR 的) 港口 的", And((word("的"), word("港口")))),
        ("(港口 OR 惠山) 的", And((Or((word("港口"), word("惠山"))), word("的")))),
        ("港口 -的", And((word("港口"), Not(word("的"))))),
        ('港口 "的"', And((word("港口"), quoted("的")))),
        ('"港口" 的', And((quoted("港口"), word("的")))),
        ("港口 source:的 的", And((word("港口"), FromSource("的"), aside("的")))),
        ('"惠山的"', quoted("惠山的")),
        ("-惠山的", without(And((word("惠山"), aside("的"))))),
    ],
)
def test_reads_function_words(typed, root, limits, vocabulary):
    """A function word beside others, with blanks or not, is not required; alone or quoted it is."""
    assert parse(typed, limits, vocabulary).root == root


def titled(text):
    return Leaf(text, field="title")


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("港口在哪里", And((word("港口"), aside("在")))),
        ("港口 在哪里", And((word("港口"), aside("在")))),
        ("港口 在 哪里", And((word("港口"), aside("在")))),
        ("什么 港口", word("港口")),
        ("什么", word("什么")),
        ("什么 的", And((word("什么"), word("的")))),
        ("港口 OR 什么", Or((word("港口"), word("什么")))),
        ("(什么) 港口", And((word("什么"), word("港口")))),
        ('港口 "什么"', And((word("港口"), quoted("什么")))),
        ("港口 -什么", And((word("港口"), Not(word("什么"))))),
        ("title:(港口 什么) 什么", And((titled("港口"), word("什么")))),
        ("title:什么 港口", And((titled("什么"), word("港口")))),
        ("title:什么 title:港口", titled("港口")),
        ("港口什么时候开放", And((word("港口"), aside("时候"), word("开放")))),
        ("港口怎么办", word("港口")),
        ("港口有没有开放", And((word("港口"), word("开放")))),
    ],
)
def test_leaves_question_words_out(typed, root, limits, vocabulary):
    """A question word beside others, with blanks or not, is left out; alone or quoted it is not."""
    assert parse(typed, limits, vocabulary).root == root


@pytest.mark.parametrize("typed", ["港口在哪里", "港口 在哪里", "在 港口 哪里", "哪里，在，港口"])
def test_small_words_are_no_wording_beside_others(typed, limits, vocabulary):
    """Where small words are not asked for, they are no part of the wording, however they were typed."""
    assert parse(typed, limits, vocabulary).wording == ("港口",)


def test_small_words_alone_are_the_wording(limits, vocabulary):
    """Small words that are asked for are the wording, in the order typed, brackets or not."""
    assert parse("什么 (港口) 在", limits, vocabulary).wording == ("什么", "港口", "在")


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("港口 -航运", And((word("港口"), Not(word("航运"))))),
        ("-航运 港口", And((word("港口"), Not(word("航运"))))),
        ("-航运", without(word("航运"))),
        ('港口 -"航运"', And((word("港口"), Not(quoted("航运"))))),
        ("-港口航运", without(And((word("港口"), word("航运"))))),
        ("a NOT b", And((A, Not(B)))),
        ("NOT (a b)", without(And((A, B)))),
        ("a -(b OR c) -(b OR c)", And((A, Not(Or((B, C)))))),
        ("a(-b)", And((A, Not(B)))),
        ("-(-a)", without(without(A))),
        ("F-16", And((word("f"), word("16")))),
        ("港口 - 航运", And((word("港口"), word("航运")))),
        ("(a -)", A),
        ("a) -b", And((A, Not(B)))),
        ("(-a", A),
        ('-"" a', A),
        ("NOT -a", And((word("not"), Not(A)))),
        ("NOT NOT a", And((word("not"), Not(A)))),
        ("a NOT", And((A, word("not")))),
        ("-", Nothing()),
        ("-()", Nothing()),
    ],
)
def test_reads_what_is_unwanted(typed, root, limits, vocabulary):
    """A minus where a word may begin, and NOT before something, take away; elsewhere they are text."""
    assert parse(typed, limits, vocabulary).root == root


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("a OR b", Or((A, B))),
        ("a b OR c d", Or((And((A, B)), And((C, D))))),
        ("a AND b OR c AND d", Or((And((A, B)), And((C, D))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("（a OR b)c", And((Or((A, B)), C))),
        ("a (b (c d))", And((A, B, C, D))),
        ("a OR (b OR (c OR d))", Or((A, B, C, D))),
        ("a OR b OR a", Or((A, B))),
        ("(a OR a) b a", And((A, B))),
        ("(a b OR a b) c", And((A, B, C))),
        ("a OR -b", Or((A, without(B)))),
        ("a OR NOT b", Or((A, without(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a OR ！ b", Or((A, B))),
        ('"a"OR b', And((quoted("a"), word("or"), B))),
        ("OR a", And((word("or"), A))),
        ("a OR", And((A, word("or")))),
        ("a OR )", And((A, word("or")))),
        ("OR OR", word("or")),
        ("a OR OR b", Or((And((A, word("or"))), B))),
        ("(OR a) AND b", And((word("or"), A, B))),
        ("a or b", And((A, word("or"), B))),
        ("AND OR NOT", Or((word("and"), word("not")))),
        ("((a", A),
        ("a)) (b", And((A, B))),
        ("维生素)A", And((word("维生素"), A))),
        ("()", Nothing()),
        ("(()) ()", Nothing()),
        ("a () ( ) OR b", Or((A, B))),
        ("(-_-) a", A),
    ],
)
def test_reads_operators_and_brackets(typed, root, limits, vocabulary):
    """AND binds tighter than OR, brackets group; what has no place as operator is text."""
    assert parse(typed, limits, vocabulary).root == root


def test_any_asks_for_one_leaf_and_still_leaves_out(limits, vocabulary):
    """match=any turns the wanted leaves into alternatives and keeps what is unwanted out."""
    root = parse("港口 航运 -铁路", limits, vocabulary, match_any=True).root
    assert root == And((Or((word("港口"), word("航运"))), Not(word("铁路"))))


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("惠山的产业", Or((word("惠山"), aside("的"), word("产业")))),
        ("惠山的 的", Or((word("惠山"), aside("的")))),
        ("惠山 (的)", Or((word("惠山"), word("的")))),
        ("(a b OR c) d", Or((A, B, C, D))),
        ("(a -b) OR c -d", Or((A, C))),
        ("(a OR b) -c -(d a)", And((Or((A, B)), Not(C), Not(And((D, A)))))),
        ("a -b", And((A, Not(B)))),
        ("a OR -b", Or((A, without(B)))),
        ("-b", without(B)),
        ("a", A),
        ("！", Nothing()),
    ],
)
def test_any_takes_structure_away(typed, root, limits, vocabulary):
    """With match=any the wanted leaves are choices, and what the whole query takes away stays away."""
    assert parse(typed, limits, vocabulary, match_any=True).root == root


def test_a_query_of_signs_says_why_it_finds_nothing(limits, vocabulary):
    """A query that folds to nothing carries a note."""
    assert parse("！？", limits, vocabulary).notes
    assert not parse("港口", limits, vocabulary).notes


@pytest.mark.limit("query_characters")
def test_length_is_limited(limits, vocabulary):
    """limits.query_characters are read, one more is refused."""
    parse("字" * limits.query_characters, limits, vocabulary)
    with pytest.raises(LimitExceeded, match="query_characters"):
        parse("字" * (limits.query_characters + 1), limits, vocabulary)


@pytest.mark.limit("query_leaves")
def test_words_are_limited(limits, vocabulary):
    """limits.query_leaves are read, one more is refused."""
    few = msgspec.structs.replace(limits, query_leaves=5)
    assert len(parse("1 2 3 4 -5", few, vocabulary).root.children) == 5
    with pytest.raises(LimitExceeded, match="query_leaves"):
        parse("1 2 3 4 -5 6", few, vocabulary)


@pytest.mark.limit("query_depth")
@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("（a OR ", "）"), ("-(b ", ")")])
def test_brackets_are_limited(limits, vocabulary, opening, closing):
    """limits.query_depth brackets inside each other are read, one more is refused."""

    def nested(depth):
        return opening * depth + "c" + closing * depth

    assert leaves(parse(nested(limits.query_depth), limits, vocabulary).root, wanted=True)
    with pytest.raises(LimitExceeded, match="query_depth"):
        parse(nested(limits.query_depth + 1), limits, vocabulary)


def test_brackets_that_are_text_have_no_depth(limits, vocabulary):
    """Brackets without a partner, empty ones and those in quotes do not count as nesting."""
    many = limits.query_depth + 1
    for typed in ("(" * many + "a", "(" * many + ")" * many + "a", '"' + "(" * many + 'a"'):
        parse(typed, limits, vocabulary)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ('港口航运 "两个市场" -铁路', '港口 航运 "两个市场" -铁路'),
        ("惠山的产业", "惠山 的 产业"),
        ("在惠山，产业", "在 惠山 产业"),
        ("港口在哪里", "港口 在"),
        ("-惠山的产业", "-惠山/的/产业"),
        ("(在) 港口", "(在) 港口"),
        ("(港口) 在", "港口 (在)"),
        ("title:(在) 港口", "title:在 港口"),
        ("-港口航运 港口", "港口 -港口/航运"),
        ("(港口 OR (铁路 OR 公路)) AND “海运” NOT (a b)", '(港口 OR 铁路 OR 公路) "海运" -(a b)'),
        ("((港口 OR 铁路))", "港口 OR 铁路"),
        ("港口 OR", "港口 or"),
    ],
)
def test_what_was_understood_shows_the_words(limits, vocabulary, typed, understood):
    """The query printed back names each leaf, so that one sees how it was cut."""
    assert parse(typed, limits, vocabulary).understood == understood
