"""A folded text that knows where in the original each of its characters stood."""

from wxsearch.analysis.fold_arrays import fold_with_origins


class Folded:
    """A text folded as analysis.fold does. Offsets count code points, of `text` and of the original."""

    def __init__(self, original: str) -> None:
        codes, origins = fold_with_origins(original)
        self.text: str = codes.tobytes().decode("utf-32-le")
        # Of the memory single numbers are read several times as fast as of the array.
        self._origins = origins.data

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The [start, end) of the original that folded to [start, end) of the text, which is not empty."""
        return self._origins[start], self._origins[end - 1] + 1
