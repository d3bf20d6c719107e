"""A stream cut into lines, none of which is held when it is too long."""

from collections.abc import Iterator


def split_lines(chunks: Iterator[bytes], limit: int) -> Iterator[bytes | None]:
    """The lines without their ends; None stands for a line of more than `limit` bytes.

    Such a line is passed over piece by piece, so memory stays at the limit and one chunk.
    """
    pending: list[bytes] = []
    size = 0
    for chunk in chunks:
        first, *others = chunk.split(b"\n")
        size += len(first)
        if size <= limit:
            pending.append(first)
        else:
            pending.clear()
        if not others:
            continue
        yield b"".join(pending) if size <= limit else None
        for line in others[:-1]:
            yield line if len(line) <= limit else None
        last = others[-1]
        size = len(last)
        pending = [last] if size <= limit else []
    if size > limit:
        yield None
    elif size:
        yield b"".join(pending)
