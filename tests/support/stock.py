"""What is asked of wxsearch, as a query for stock Whoosh, and what Whoosh answers."""

from whoosh.query import And, Every, Not, NullQuery, Or, Prefix, Term

from wxsearch.analysis.runs import may_go_on, pieces
from wxsearch.categories import written_path
from wxsearch.query import tree

TEXTS = ("title", "body")


def askable(node):
    """The tree with those leaves quoted that are several terms of Whoosh, or a pattern.

    Whoosh counts no children and knows no precision: instead of AtLeast and Synonyms there is an
    Or, and every time is inside a span.
    """
    if isinstance(node, tree.Leaf | tree.Unranked):
        leaf = node.child if isinstance(node, tree.Unranked) else node
        return leaf if len(pieces(leaf.text)) == 1 else tree.Leaf(leaf.text, quoted=True, field=leaf.field)
    if isinstance(node, tree.InSpan):
        return tree.Everything()
    if isinstance(node, tree.AtLeast | tree.Synonyms):
        return tree.Or(tuple(map(askable, node.children)))
    if isinstance(node, tree.Not | tree.Optional):
        return type(node)(askable(node.child))
    if isinstance(node, tree.And | tree.Or):
        return type(node)(tuple(map(askable, node.children)))
    return node


def is_beginning(leaf):
    """Whether an unquoted leaf stands for all runs that begin with it."""
    ((kind, text), *_) = pieces(leaf.text)
    return not leaf.quoted and may_go_on(kind, text, prefix=leaf.prefix)


def stock_leaf(leaf):
    """A leaf of an askable tree in title or body."""
    texts = [leaf.field] if leaf.field else TEXTS
    if is_beginning(leaf):
        return Or([Prefix(f"{text}_runs", leaf.text) for text in texts])
    runs = not leaf.quoted and pieces(leaf.text)[0][0] != "ideographs"
    return Or([Term(f"{text}_runs" if runs else text, leaf.text) for text in texts])


def stock_query(node):
    """A query for just the documents that an askable tree matches."""
    if isinstance(node, tree.Leaf):
        return stock_leaf(node)
    if isinstance(node, tree.Not):
        return And([Every(), Not(stock_query(node.child))])
    if isinstance(node, tree.And | tree.Or):
        kind = And if isinstance(node, tree.And) else Or
        return kind([stock_query(each) for each in node.children if not isinstance(each, tree.Optional)])
    if isinstance(node, tree.FromSource):
        return Term("source", node.name)
    if isinstance(node, tree.InCategory):
        return Term("category", written_path(node.path))
    return Every() if isinstance(node, tree.Everything) else NullQuery


def ids(results):
    """The ids of Whoosh's hits in order."""
    return [hit["id"] for hit in results]
