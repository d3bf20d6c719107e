"""Makes src/wxsearch/analysis/fold_table.txt; run by hand when the rules of fold change.

    pip install opencc && python3.13 scripts/make_fold_table.py

The table is kept in the repository, since each Python has the Unicode tables of its own
time and an index must not depend on which Python made it. Facts are from the Unicode
Character Database (of the Python that runs this) and from OpenCC's characters.
"""

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import opencc

TABLE = Path(__file__).parents[1] / "src" / "wxsearch" / "analysis" / "fold_table.txt"

# 乾 is 干 in 干燥 and stays itself in 乾隆: which, only words can tell, and fold knows none.
CONTEXT_DEPENDENT = frozenset("乾")
# Planes of rare Han characters: letters, also those that are not assigned yet.
HAN_PLANES = range(0x20000, 0x3FFFE)
# Syllables are made of letters, which decomposition would tear apart.
WHOLE = range(0xAC00, 0xD7A4)

SIMPLIFIED = opencc.OpenCC("t2s")


def folded(character: str) -> str:
    """The character's fold: letters and digits, nothing, or a blank for a separator."""
    before, after = "", character
    while after != before:
        before, after = after, "".join(map(_step, after))
    return after


def _step(character: str) -> str:
    if ord(character) in WHOLE:
        return character
    decomposed = unicodedata.normalize("NFKD", character)
    decomposed = unicodedata.normalize("NFKD", decomposed.casefold())
    return "".join(map(_class, unicodedata.normalize("NFKC", "".join(map(_simple, decomposed)))))


def _simple(character: str) -> str:
    """Marks vanish here, before composition could put them back."""
    if unicodedata.category(character)[0] == "M":
        return ""
    return character if character in CONTEXT_DEPENDENT else SIMPLIFIED.convert(character)


def _class(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LN" or ord(character) in HAN_PLANES:
        return character
    return "" if category[0] == "M" or category == "Cf" else " "


def lines() -> Iterator[str]:
    """`keep`, `drop` and `to` lines; what none names is a separator."""
    start, kind = 0, ""
    for code in range(sys.maxunicode + 2):
        text = _folded_code(code)
        here = "drop" if text == "" else "keep" if text != " " and text == chr(code) else ""
        if here != kind:
            if kind:
                yield f"{kind} {start:X} {code - 1:X}"
            start, kind = code, here
        if text not in ("", " ") and here != "keep":
            yield f"to {code:X} {text}"


def _folded_code(code: int) -> str:
    if code > sys.maxunicode or 0xD800 <= code < 0xE000:
        return " "
    text = folded(chr(code))
    # A separator inside a fold (⑴ is "(1)") separates; several are one.
    return " " if text.strip(" ") == "" and text else text


if __name__ == "__main__":
    head = f"# data table: fold of single characters, Unicode {unicodedata.unidata_version}\n"
    TABLE.write_text(head + "\n".join(lines()) + "\n", encoding="utf-8")
