"""The end of the time that a search may take, asked between steps."""

from time import monotonic


class Deadline:
    """Passed once the seconds are over; then it stays passed."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds
        self.missed = False
        """Whether anything was left out for want of time."""

    def passed(self) -> bool:
        """Whether to stop; asking notes that something is left out."""
        self.missed = self.missed or monotonic() >= self._end
        return self.missed
