"""What is drawn by chance: texts of all scripts over few characters, articles, changes, requests."""

import re

from hypothesis import strategies as st

from wxsearch.analysis.fold import fold
from wxsearch.analysis.segment import words
from wxsearch.categories import category_path, prefixes, written_path
from wxsearch.dates import read_bound, read_published
from wxsearch.models import Article
from wxsearch.query.tree import (
    And,
    AtLeast,
    FromSource,
    InCategory,
    InSpan,
    Leaf,
    Not,
    Optional,
    Or,
    Synonyms,
    Unranked,
)

# Words of jieba's dictionary that hold one another, and all that is folded, cut apart or dropped.
WORDS = [
    *("北京", "天气", "北京天气", "中华人民共和国", "人民", "共和国", "國際", "国际", "新人武部", "人武部"),
    *("的", "在", "以及", "惠山的产业", "吴建元", "碳中和", "哈哈哈哈", "哈哈", "𠮷野家", "𠀀𠀁"),
]
# What is looked for beside some of them: words, parts of one another, and a string with a separator.
SYNONYMS = """
北京 = 天气 = 北京天气
人民 => 共和国 = 新人武部
哈哈 => 哈哈哈哈 = 哈北京
国际 = 港口 = 北京，天气
said => ai = chen
吴建元 = 碳中和
"""
OTHERS = [
    *(
        "a",
        "x",
        "ai",
        "said",
        "the",
        "chenkai168",
        "chen",
        "iPhone15",
        "iPhone 15",
        "C919",
        "5G",
        "15G",
        "ＡＩ",
    ),
    *(
        "A股",
        "CHINA股",
        "B超",
        "维生素A",
        "3",
        "3.5",
        "13.5%",
        "1,000,000",
        "２．１亿",
        "２０２１",
        "21",
        "100㎡",
        "é",
        "Ⅻ",
        "C++",
        "Straße",
    ),
    *("한국", "ガンダム", "вова2", "zero\u200bwidth", "①"),
]
BETWEEN = ["", "", "", " ", "，", "。\n", "😀", "—", "\u200b", "\u3000", "-", '"', "“", "」", "\\", "(", "）"]
LETTERS = "北京天气中国人民共和的新港口一ab1２ ，。é𠮷😀-\u0301"
FEW = "哈北京的ab1 ，\n"
REPEATED = st.builds(str.__mul__, st.sampled_from(["哈", "ab", "北京", "x ", "12", "的"]), st.integers(2, 40))
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(OTHERS),
    st.text(LETTERS, max_size=6),
    st.text(FEW, max_size=9),
    REPEATED,
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(BETWEEN)), min_size=1, max_size=8).map(
    lambda parts: "".join(piece + between for piece, between in parts)
)
# A body may say first what the article was called elsewhere.
ANNOUNCED = ["", "", "", "", "原标题：", "（原題: "]
IDS = ["a", "B", "b", "9", "10", "é", "\uffee", "\U0001f600", "x/%2F y", "新", "c", "d", "e", "f"]
SOURCES = [None, "甲", "乙", "丙", "A", "a"]
BREADCRUMBS = [
    (),
    ("首页",),
    ("首页", "新闻"),
    ("新闻", "国内"),
    ("首页", "新闻", "国内"),
    ("网易首页", "新闻", "a>b"),
    ("新闻联播",),
    ("国内", "新闻"),
    ("体育", "新闻", "首页"),
]
TIMES = [
    None,
    "2021-10-19",
    "2021-10-19T00:00:00",
    "2021-10-19T23:59:59",
    "2021-10-20",
    "2021-10-19 12:30",
    "2021-12-31T16:00:00Z",
    "2021-01-01",
    "2019-02-28T12:00:00",
    "1969-12-31T23:59:59Z",
]
BOUNDS = ["2021", "2021-10", "2021-10-19", "2021-10-19T12:30:00", "2021-10-19T23:59:59Z", "2022", "1970"]


def dated(text):
    return dict(zip(("published", "precision"), read_published(text) if text else (None, None), strict=True))


@st.composite
def articles(draw, texts, ids):
    """An article whose texts may be those of others."""
    return Article(
        id=draw(ids),
        title=draw(st.sampled_from(texts)),
        body=draw(st.sampled_from(ANNOUNCED)) + draw(st.sampled_from(texts)),
        source=draw(st.sampled_from(SOURCES)),
        breadcrumb=draw(st.sampled_from(BREADCRUMBS)),
        **dated(draw(st.sampled_from(TIMES))),
    )


@st.composite
def corpora(draw):
    """Up to ten articles over few texts, each id once."""
    texts = [*draw(st.lists(TEXTS, min_size=1, max_size=6)), ""]
    ids = draw(st.permutations(IDS))[: draw(st.integers(1, 10))]
    return [draw(articles(texts, st.just(article_id))) for article_id in ids]


@st.composite
def histories(draw):
    """Changes one after the other, ids coming again in and between them; and all articles in them."""
    texts = [*draw(st.lists(TEXTS, min_size=1, max_size=6)), ""]
    ids = st.sampled_from(IDS)
    some = st.lists(articles(texts, ids), min_size=1, max_size=6)
    change = st.one_of(
        st.tuples(st.just("index"), some),
        st.tuples(st.just("index"), some),
        st.tuples(st.just("index"), some),
        st.tuples(st.just("delete"), st.lists(ids, min_size=1, max_size=6)),
        st.tuples(st.just("merge"), st.integers(1, 3)),
        st.tuples(st.just("rebuild"), st.lists(articles(texts, ids), max_size=4)),
    )
    # Runs of an article each, which nothing replaces: three segments are there from the beginning on in
    # most histories, and deleted articles in half of them, for some seeds draw hardly any others.
    begun = draw(st.sampled_from([("x1", "x2"), ("x1", "x2"), ()]))
    alone = [("index", [draw(articles(texts, st.just(each)))]) for each in begun]
    first = draw(some)
    gone = draw(st.sampled_from([[], [("delete", [first[0].id])]]))
    changes = [*alone, ("index", first), *gone, *draw(st.lists(change, max_size=6))]
    return changes, [a for kind, items in changes if kind in ("index", "rebuild") for a in items]


@st.composite
def operands(draw, text):
    """A part of a typed query, mostly from a text: words, slices, runs and their beginnings."""
    folded = fold(text) or "x"
    cut = [word for word, _ in words(folded)]
    runs = re.findall(r"[a-z]+|[0-9]+", folded) or ["ab1"]
    mixed = re.findall(r"[a-z]+ ?[0-9]+|[0-9]+ ?[a-z]+|\w[a-z]+|[a-z]+\w", folded) or ["A股"]
    start = draw(st.integers(0, max(len(text) - 1, 0)))
    piece = text[start : start + draw(st.integers(1, 12))] or "x"
    escaped = piece.replace("\\", r"\\").replace('"', r"\"")
    word, run = draw(st.sampled_from(cut)), draw(st.sampled_from(runs))
    return draw(
        st.sampled_from(
            [
                *(word, word, f"{word}的{draw(st.sampled_from(cut))}", "".join(cut[:3]), piece),
                *(f'"{escaped}"', f'"{escaped}"', f"“{piece}”", f"「{piece}", f'"{word}"'),
                *(run[: draw(st.integers(1, 5))], draw(st.sampled_from(mixed)).replace(" ", "")),
                *(f"{run[: draw(st.integers(1, 3))]}*", f"{draw(st.sampled_from(mixed))}*"),
                draw(PIECES),
            ]
        )
    )


@st.composite
def filters_of(draw, article):
    """A filter as it is typed: what the article has, or hardly."""
    path = written_path(category_path(article.breadcrumb)[: draw(st.integers(1, 3))]) or "首页"
    source, bound = article.source or "无", st.sampled_from(BOUNDS)
    return draw(
        st.one_of(
            st.sampled_from([f"source:{source}", f'来源："{source}"', f'category:"{path}"', f"分类:{path}"]),
            st.builds("date:{}..{}".format, st.sampled_from(["", *BOUNDS]), bound),
            st.builds("{}:{}".format, st.sampled_from(["date", "日期", "after", "before"]), bound),
        )
    )


@st.composite
def typed(draw, corpus, depth=2):
    """A query as somebody types it: parts of one article, operators and brackets."""
    chosen = draw(st.sampled_from(corpus))
    texts = [chosen.title or chosen.body, chosen.body or chosen.title]
    parts = []
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2, 2, 3]))):
        grouped = depth and draw(st.integers(0, 4)) == 0
        part = (
            f"({draw(typed(corpus, depth - 1))})" if grouped else draw(operands(draw(st.sampled_from(texts))))
        )
        if draw(st.integers(0, 5)) == 0:
            part = draw(filters_of(draw(st.sampled_from(corpus))))
        elif draw(st.integers(0, 5)) == 0:
            part = draw(st.sampled_from(["title:", "标题："])) + part
        parts += [draw(st.sampled_from(["", "", "", "-", "NOT "])) + part]
        parts.append(draw(st.sampled_from([" ", " ", " ", " OR ", " OR ", " AND ", ""])))
    return "".join(parts[:-1])


@st.composite
def trees(draw, corpus, depth=2):
    """A query tree of the same, as a program may build it."""
    kinds = ["leaf", "leaf", "synonyms", "piece", "filter", "and", "or", "at least", "not"]
    kind = draw(st.sampled_from(kinds)) if depth else "leaf"
    if kind == "not":
        return Not(draw(trees(corpus, depth - 1)))
    if kind == "leaf":
        return draw(leaves_of(draw(st.sampled_from(corpus))))
    if kind in ("piece", "synonyms"):
        term = (leaves_of if kind == "piece" else synonyms_of)(draw(st.sampled_from(corpus)))
        return Unranked(draw(term)) if kind == "piece" else draw(term)
    if kind == "filter":
        return draw(filter_nodes(draw(st.sampled_from(corpus))))
    children = [draw(trees(corpus, depth - 1)) for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        asides = st.one_of(
            st.sampled_from([Leaf("的"), Leaf("哈")]), leaves_of(draw(st.sampled_from(corpus)))
        )
        children.insert(draw(st.integers(0, len(children))), Optional(draw(asides)))
    if kind == "at least":
        return AtLeast(draw(st.integers(0, 4)), tuple(children))
    return (And if kind == "and" else Or)(tuple(children))


@st.composite
def filter_nodes(draw, article):
    """A filter that an article passes, or hardly."""
    instant = st.sampled_from([None, *(read_bound(bound, upper=False) for bound in BOUNDS)])
    return draw(
        st.one_of(
            st.just(FromSource(article.source or "无")),
            st.just(InCategory(category_path(article.breadcrumb)[:2] or ("无",))),
            st.builds(InSpan, instant, instant),
        )
    )


@st.composite
def leaves_of(draw, article):
    """A leaf that stands in an article, or hardly."""
    folded = fold(draw(st.sampled_from([article.title, article.body]))) or "哈"
    start = draw(st.integers(0, len(folded) - 1))
    piece = folded[start : start + draw(st.integers(1, 8))]
    field = draw(st.sampled_from(["", "", "title"]))
    if draw(st.booleans()):
        return Leaf(piece.strip() or "x", quoted=True, field=field)
    if (numbers := re.findall("[0-9]+(?: [0-9]+)+[亿的]?", folded)) and draw(st.booleans()):
        return Leaf(draw(st.sampled_from(numbers)), field=field, prefix=draw(st.booleans()))
    return Leaf(piece.split()[0] if piece.split() else "x", field=field, prefix=draw(st.booleans()))


@st.composite
def synonyms_of(draw, article):
    """A leaf with variants; some of them may be the same, or hold one another."""
    children = draw(st.lists(leaves_of(article), min_size=2, max_size=4))
    return Synonyms(tuple(children))


def sometimes(strategy):
    return st.one_of(st.none(), st.none(), st.none(), st.none(), st.none(), strategy)


@st.composite
def requests(draw, corpus):
    """Parameters of a request, filters taken mostly from what the corpus holds; and at times a tree."""
    paths = [p for a in corpus for p in prefixes(category_path(a.breadcrumb))] + [("新闻", "无")]
    sources = [a.source for a in corpus if a.source] + ["无"]
    parameters = {
        "q": draw(typed(corpus)),
        "match": draw(st.sampled_from(["auto", "all", "any", "any"])),
        "sort": draw(st.sampled_from(["relevance", "relevance", "relevance", "newest", "oldest"])),
        "size": str(draw(st.sampled_from([0, 1, 3, 100, 100]))),
        "offset": str(draw(st.sampled_from([0, 0, 0, 1, 5]))),
        "category": draw(sometimes(st.lists(st.sampled_from(paths).map(written_path), max_size=2))) or [],
        "source": draw(sometimes(st.lists(st.sampled_from(sources), max_size=2))) or [],
        "explain": draw(st.sampled_from(["", "", "true"])),
        "interval": draw(st.sampled_from(["", "", "", "year", "month", "day"])),
        "from": draw(sometimes(st.sampled_from(BOUNDS))) or "",
        "to": draw(sometimes(st.sampled_from(BOUNDS))) or "",
    }
    return parameters, draw(sometimes(trees(corpus)))
