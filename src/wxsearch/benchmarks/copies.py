"""Copies of articles that are other articles: the same sentences in another order."""

import json
import random
import re

# What ends a sentence stays with it.
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]|[^。！？\n]+")


def copied(line: str, number: int) -> str:
    """A raw line as its copy of this number: title and facts kept, sentences of the body shuffled.

    Id and url end in the number. The same line and number give the same copy everywhere.
    """
    article = json.loads(line)
    for name in ("id", "url"):
        if article.get(name):
            article[name] = f"{article[name]}-{number}"
    sentences = _SENTENCE.findall(article.get("body") or "")
    random.Random(f"{number} {line}").shuffle(sentences)  # noqa: S311 - repeatable, not secret
    article["body"] = "".join(sentences)
    return json.dumps(article, ensure_ascii=False) + "\n"
