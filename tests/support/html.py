"""What stands in the HTML of an answer."""

from selectolax.lexbor import LexborHTMLParser as HTMLParser

PAGE = {"Accept": "text/html"}
"""The headers with which a browser asks for a page."""


def texts(answer, selector):
    """The text of each element that a selector finds."""
    return [found.text(strip=True) for found in HTMLParser(answer.text).css(selector)]


def hrefs(answer, selector):
    """Where each link that a selector finds leads."""
    return [found.attributes["href"] for found in HTMLParser(answer.text).css(selector)]
