"""What is asked of wxsearch, as a query for stock Whoosh, and what Whoosh answers."""

from whoosh.query import And, Every, Not, NullQuery, Or, Prefix, Term

from wxsearch.analysis.runs import PREFIX_LETTERS, pieces
from wxsearch.query import tree

TEXTS = ("title", "body")


def askable(node):
    """The tree with those leaves quoted that are several terms of Whoosh, or a pattern."""
    if isinstance(node, tree.Leaf):
        kinds = {kind for kind, _ in pieces(node.text)}
        return node if len(kinds) == 1 and len(pieces(node.text)) == 1 else tree.Leaf(node.text, quoted=True)
    if isinstance(node, tree.Not):
        return tree.Not(askable(node.child))
    if isinstance(node, tree.Optional):
        return tree.Optional(askable(node.child))
    if isinstance(node, tree.And | tree.Or):
        return type(node)(tuple(map(askable, node.children)))
    return node


def is_beginning(leaf):
    """Whether an unquoted leaf stands for all runs that begin with it."""
    ((kind, text), *_) = pieces(leaf.text)
    return not leaf.quoted and kind == "letters" and len(text) >= PREFIX_LETTERS


def stock_leaf(leaf):
    """A leaf of an askable tree in title or body."""
    if is_beginning(leaf):
        return Or([Prefix(f"{text}_runs", leaf.text) for text in TEXTS])
    runs = not leaf.quoted and pieces(leaf.text)[0][0] != "ideographs"
    return Or([Term(f"{text}_runs" if runs else text, leaf.text) for text in TEXTS])


def stock_query(node):
    """A query for just the documents that an askable tree matches."""
    if isinstance(node, tree.Leaf):
        return stock_leaf(node)
    if isinstance(node, tree.Not):
        return And([Every(), Not(stock_query(node.child))])
    if isinstance(node, tree.And | tree.Or):
        kind = And if isinstance(node, tree.And) else Or
        return kind([stock_query(each) for each in node.children if not isinstance(each, tree.Optional)])
    return Every() if isinstance(node, tree.Everything) else NullQuery


def ids(results):
    """The ids of Whoosh's hits in order."""
    return [hit["id"] for hit in results]
