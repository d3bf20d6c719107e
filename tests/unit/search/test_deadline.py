from wxsearch.search.deadline import Deadline


def test_a_deadline_passes_once_and_stays_passed(monkeypatch):
    """Up to its end there is time; from then on there is none, whatever the clock says."""
    times = iter([100.0, 101.9, 102.0, 0.0])
    monkeypatch.setattr("wxsearch.search.deadline.monotonic", lambda: next(times))
    deadline = Deadline(2)
    assert not deadline.missed
    assert (deadline.passed(), deadline.missed) == (False, False)
    assert (deadline.passed(), deadline.missed) == (True, True)
    assert deadline.passed()


def test_nothing_is_missed_unless_somebody_asks():
    """A deadline that is over, and that nobody had to ask about, left nothing out."""
    deadline = Deadline(0)
    assert not deadline.missed
    assert deadline.passed()
    assert deadline.missed


def test_there_may_be_no_end():
    """A search that may take as long as it needs has a deadline too."""
    assert not Deadline(float("inf")).passed()
