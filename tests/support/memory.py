"""How much memory something takes at most."""

import tracemalloc


def peak_of(run):
    """What a function returns, and the most bytes that Python held while it ran."""
    tracemalloc.start()
    try:
        return run(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
