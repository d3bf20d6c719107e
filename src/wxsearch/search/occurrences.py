"""Counting the places of a leaf in one text, those that overlap too.

The same as the patterns of analysis.runs find, without compiling one for each leaf, which
takes longer than most texts do.
"""

from collections.abc import Sequence

from wxsearch.analysis.runs import DIGITS, is_ideograph, may_go_on


def count_words(folded: str, pieces: Sequence[tuple[str, str]], *, prefix: bool = False) -> int:
    """Places in folded text of an unquoted leaf, by its pieces as analysis.runs.pieces gives them."""
    kind, first = pieces[0]
    open_end = may_go_on(*pieces[-1], prefix=prefix)
    count = 0
    at = folded.find(first)
    while at >= 0:
        if not (at and _same_run(folded[at - 1], kind)) and _goes_on(
            folded, at + len(first), pieces, open_end=open_end
        ):
            count += 1
        at = folded.find(first, at + 1)
    return count


def _goes_on(folded: str, end: int, pieces: Sequence[tuple[str, str]], *, open_end: bool) -> bool:
    """Whether the pieces after the first follow, and the last ends where its run does, if it has to."""
    kind = pieces[0][0]
    for next_kind, next_text in pieces[1:]:
        if {kind, next_kind} == {"letters", "digits"} and folded.startswith(" ", end):
            end += 1
        if not folded.startswith(next_text, end):
            return False
        end += len(next_text)
        kind = next_kind
    return open_end or end == len(folded) or not _same_run(folded[end], kind)


def _same_run(character: str, kind: str) -> bool:
    """Whether a character beside a piece of this kind belongs to the same run."""
    if kind == "digits":
        return character in DIGITS
    if kind == "letters":
        return character != " " and character not in DIGITS and not is_ideograph(character)
    return False
