"""The element of a page that holds the paragraphs of its article."""

from selectolax.lexbor import LexborNode

from wxsearch.ingest.rendering import BLOCKS, children, is_visible

# Blocks that are a paragraph of the element around them; other blocks hold paragraphs.
_PARAGRAPHS = frozenset(["p", "h2", "h3", "h4", "h5", "h6", "blockquote", "li", "pre", "center"])
# A link is navigation, and the rest is beside the article.
_ASIDE = frozenset(["a", "aside", "nav", "footer", "form"])
_LEAST_CHARACTERS = 12


def find_container(body: LexborNode) -> LexborNode | None:
    """The element with most text in its own paragraphs; None where there is hardly any.

    Text counts for the element around its paragraph and half for the one around that,
    so that paragraphs in wrappers of their own still find together.
    """
    weights: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}

    def credit(node: LexborNode | None, weight: float) -> None:
        if node is not None and node.is_element_node:
            weights[node.mem_id] = weights.get(node.mem_id, 0) + weight
            nodes[node.mem_id] = node

    stack: list[tuple[LexborNode, LexborNode]] = [(body, body)]
    while stack:
        node, block = stack.pop()
        if node.is_text_node:
            size = len((node.text_content or "").strip())
            if size >= _LEAST_CHARACTERS:
                holder = block.parent if block.tag in _PARAGRAPHS else block
                credit(holder, size)
                if holder is not None:
                    credit(holder.parent, size / 2)
            continue
        if node.tag in _ASIDE or not is_visible(node):
            continue
        own = node if node.tag in BLOCKS and node.tag != "br" else block
        stack += [(child, own) for child in reversed(children(node))]
    if not weights:
        return None
    best = max(weights, key=weights.__getitem__)
    return _known_around(nodes[best]) or nodes[best]


def _known_around(node: LexborNode) -> LexborNode | None:
    """An <article> close around, which also holds what the paragraphs' element leaves out."""
    around: LexborNode | None = node
    for _ in range(4):
        if around is None or not around.is_element_node:
            return None
        if around.tag == "article" or around.attributes.get("itemprop") == "articleBody":
            return around
        around = around.parent
    return None
