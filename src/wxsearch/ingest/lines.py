"""A stream cut into lines, none of which is held when it is too long."""

import re
from collections.abc import Iterator

_BLANK_LINES = re.compile(rb"(?:[ \t\r]{0,64}+\n)++")


def split_lines(chunks: Iterator[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines and their numbers from 1, without ends; None stands for more than `limit` bytes.

    Most blank lines are left out, but counted: a file may hold hundreds of millions of
    them. A line that is too long is passed over piece by piece, so memory stays at the
    limit and one chunk.
    """
    pending: list[bytes] = []
    size = 0
    number = 1
    for chunk in chunks:
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            if not size and (blank := _BLANK_LINES.match(chunk, start)):
                number += chunk.count(b"\n", start, blank.end())
                start = blank.end()
                continue
            size += end - start
            pending.append(chunk[start:end])
            yield number, b"".join(pending) if size <= limit else None
            number += 1
            pending.clear()
            size, start = 0, end + 1
        size += len(chunk) - start
        if size <= limit:
            pending.append(chunk[start:])
        else:
            pending.clear()
    if size > limit:
        yield number, None
    elif size:
        yield number, b"".join(pending)
