"""What other sites make of an article that they reprint: edits of its body, one on top of another."""

import random
import re
from collections.abc import Callable
from functools import cache

from wxsearch.analysis.fold import RULES
from wxsearch.analysis.runs import is_ideograph

Edit = Callable[[str, random.Random], str]

LEAST_CHARACTERS = 90
"""A reprint is not cut to less."""

_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]+|[^。！？\n]+")
_NAMES = ("江城", "岭南", "河东", "都市", "晨光", "沿海")
_SOURCE_LINES = (
    "来源：{}网 作者：李明\n",
    "（{}讯）",
    "【{}网综合报道】",
    "本报{}电 记者 王小刚 ",
    "2021-05-03 10:20 {}日报\n",
)
_TAILS = (
    "\n责任编辑：张三",
    "\n（编辑：李四 校对：王五）\n更多消息请关注本网公众号",
    "\n声明：转载只为传播信息，不代表本网立场，版权归原作者所有。",
    "\n相关阅读：各地一周要闻",
)
_BEFORE = "表示目前已经根据其中同时以及认为指出可以今年部分要求我国相关由于主要情况问题专家清晨开展推进记者"
_AFTER = (
    *("称", "眼下", "业已", "依照", "当中", "并且", "还有", "觉得", "提到", "能够", "本年", "一部分"),
    *("提出", "中国", "有关", "因为", "首要", "状况", "难题", "学者", "早上", "举行", "推动", "本报记者"),
)
# Words of two characters, one after the other.
_WORDS = {_BEFORE[2 * place : 2 * place + 2]: after for place, after in enumerate(_AFTER)}
_WORD = re.compile("|".join(_WORDS))
_REPLACED = 0.6
_KEPT_PARAGRAPHS = 0.7
_PUNCTUATION = str.maketrans({"，": ", ", "。": " . ", "“": "「", "”": "」", "；": ";", "：": ":"})


def half(body: str, _: random.Random) -> str:
    """Cut behind the sentence in the middle."""
    kept = ""
    for sentence in _SENTENCE.findall(body):
        if len(kept) >= len(body) / 2:
            break
        kept += sentence
    return kept


def first_paragraphs(body: str, chance: random.Random) -> str:
    """The first one to three paragraphs, or as many as make a text."""
    paragraphs = body.split("\n")
    count = chance.randint(1, 3)
    while count < len(paragraphs) and len("".join(paragraphs[:count])) < LEAST_CHARACTERS:
        count += 1
    return "\n".join(paragraphs[:count])


def dropped(body: str, chance: random.Random) -> str:
    """Without some of its paragraphs, or of its sentences where there are few."""
    pieces = _pieces(body)
    return "".join(piece for piece in pieces if chance.random() < _KEPT_PARAGRAPHS) or pieces[0]


def reordered(body: str, chance: random.Random) -> str:
    """The paragraphs, or the sentences, in another order."""
    pieces = _pieces(body)
    chance.shuffle(pieces)
    return "".join(pieces)


def reworded(body: str, chance: random.Random) -> str:
    """Some words replaced by others that say the same."""
    return _WORD.sub(lambda found: _WORDS[found[0]] if chance.random() < _REPLACED else found[0], body)


def widened(body: str, _: random.Random) -> str:
    """Letters and digits in full width, other punctuation."""
    wide = {code: code + 0xFEE0 for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
    return body.translate(wide).translate(_PUNCTUATION)


def traditional(body: str, _: random.Random) -> str:
    """Character by character in the other script."""
    return body.translate(_traditional())


def with_source_line(body: str, chance: random.Random) -> str:
    """Behind a line that says where it is from."""
    return chance.choice(_SOURCE_LINES).format(chance.choice(_NAMES)) + body


def with_tail(body: str, chance: random.Random) -> str:
    """Before what editors put at the end."""
    return body + chance.choice(_TAILS)


CUTS: tuple[Edit, ...] = (half, first_paragraphs, dropped)
"""Of these a reprint has one at most."""

EDITS: tuple[Edit, ...] = (*CUTS, reordered, reworded, widened, traditional, with_source_line, with_tail)
"""All edits, in the order in which they are made."""


def reprinted(body: str, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """A body after one to four edits, and their names."""
    chosen = chance.sample(EDITS, chance.randint(1, 4))
    cuts = [edit for edit in chosen if edit in CUTS]
    made: list[str] = []
    for edit in EDITS:
        if edit in chosen and edit not in cuts[1:]:
            changed = edit(body, chance)
            if len(changed) >= LEAST_CHARACTERS:
                body = changed
                made.append(edit.__name__)
    return body, tuple(made)


def _pieces(body: str) -> list[str]:
    paragraphs = [f"{paragraph}\n" for paragraph in body.split("\n")]
    return paragraphs if len(paragraphs) > 3 else [f"{each}\n" for each in _SENTENCE.findall(body)]


@cache
def _traditional() -> dict[int, str]:
    return {
        ord(folded): chr(code)
        for code, folded in sorted(RULES.replaced.items(), reverse=True)
        if len(folded) == 1 and is_ideograph(chr(code)) and 0x4E00 <= code <= 0x9FFF
    }
