import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from wxsearch.ingest.nesting import is_deeper


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<div></ul>",
        "<div></b></table>",
        "<div><table></div>",
        "<div><table><td></div>",
        "<div><object></div>",
        "<div><!--</div>-->",
        "<div><!--><div><!-- </div></div> -->",
        "<div><script>'</div>'</script>",
        "<div title='</div>'>",
        '<DIV a = "></DIV>">',
        "<svg><title><div></title>",
        "<span>",
        "<xyz/>",
    ],
)
def test_depth_is_counted_whatever_seems_to_close(unit):
    """A page that the parser nests deeper and deeper is found, and so quickly."""
    began = time.process_time()
    assert is_deeper(unit * 40_000, 2_000)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "unit",
    [
        "<div>文</div>",
        "<ul><li>文<div><b>文</ul>",
        "<p>文<br><img src=x>",
        "<table><tr><td><div>文</table>",
        "<table><tr><td><object>文</table>",
        "<svg><path d='m'/><g><path/></g></svg>",
        "<script>'<div>'</script><!-- <div> -->",
        "<a title='<div>'>文",
        "</div>文",
    ],
)
def test_what_is_closed_does_not_count(unit):
    """A long page of elements that are closed, expressly or by what follows, is not deep."""
    assert not is_deeper(unit * 3_000, 2_000)


@pytest.mark.parametrize("text", ["<a ", "<", "<!--", "<script", '<a b="', "<a b='\"", "</", "<a = "])
def test_broken_markup_takes_linear_time(text):
    """Tags, comments and quotes that nothing ends are not searched for again and again."""
    began = time.process_time()
    is_deeper(text * 200_000, 2_000)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("depth", [1, 50, 400])
def test_depth_is_that_of_the_parser(depth):
    """Plainly nested elements count one each, as in the tree."""
    page = "<div>" * depth + "文"
    node, found = LexborHTMLParser(page).css_first("div"), 0
    while node is not None and node.tag == "div":
        node, found = node.child, found + 1
    assert found == depth
    assert is_deeper(page, depth - 1)
    assert not is_deeper(page, depth)
