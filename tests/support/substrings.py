"""Pieces of articles drawn by chance, sent as quoted queries, and a plain scan that knows what holds them.

The scan looks for folded text in folded text and shares nothing else with an engine. Texts
are (title, body) by id, as they were before anything read or folded them.
"""

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from msgspec.structs import replace

from wxsearch.analysis.fold import fold
from wxsearch.query.request import read_request


class Piece(NamedTuple):
    """A piece of an article's title or body, unaltered."""

    article_id: str
    text: str


def texts_of(articles):
    """The texts of articles."""
    return {article.id: (article.title, article.body) for article in articles}


def drawn_pieces(texts, count, chance, longest=40):
    """Pieces of 1 to `longest` code points, evenly over all places, each with a letter or digit."""
    fields = [(article_id, text) for article_id, pair in texts.items() for text in pair if text]
    ends = list(accumulate(len(text) for _, text in fields))
    drawn = []
    while len(drawn) < count:
        length, place = chance.randint(1, longest), chance.randrange(ends[-1])
        article_id, text = fields[number := bisect_right(ends, place)]
        start = place - (ends[number] - len(text))
        piece = text[start : start + length]
        if len(piece) == length and fold(piece):
            drawn.append(Piece(article_id, piece))
    return drawn


def asked_for(engine, text, limits):
    """The request for a string as someone would type it: in quotes."""
    typed = '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
    parameters = {"q": [typed], "size": ["100"], "facets": [""], "highlight": ["false"]}
    return read_request(parameters, limits, engine.vocabulary())


def missed(engine, pieces, limits):
    """The pieces whose article is not among the hits, however many those are."""

    def is_found(piece):
        request = asked_for(engine, piece.text, limits)
        result = engine.search(request)
        hits = result.hits if result.total <= request.size else engine.scan(replace(request, sort="newest"))
        return any(hit.id == piece.article_id for hit in hits)

    return [piece for piece in pieces if not is_found(piece)]


def differing_totals(engine, pieces, texts, limits):
    """(text, total, what the plain scan counts) of the pieces where the two are not equal."""
    folded = [(fold(title), fold(body)) for title, body in texts.values()]

    def counted(text):
        sought = fold(text)
        return sum(sought in title or sought in body for title, body in folded)

    both = (
        (piece.text, engine.search(asked_for(engine, piece.text, limits)).total, counted(piece.text))
        for piece in pieces
    )
    return [each for each in both if each[1] != each[2]]


def mixed(articles, chance):
    """Other versions of the articles: the title of another, parts of two bodies in another order."""
    others = chance.sample(articles, len(articles))
    return [
        replace(article, title=other.title, body=article.body[cut:] + other.body[: 2 * cut])
        for article, other in zip(articles, others, strict=True)
        for cut in [chance.randint(0, len(article.body))]
    ]
