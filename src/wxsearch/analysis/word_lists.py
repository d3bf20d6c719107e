"""Lists of words in files: one entry a line, and from # on remarks."""

from collections.abc import Iterator
from pathlib import Path

from wxsearch.errors import InvalidSettings


def read_list(path: Path, setting: str) -> str:
    """The text of a file that `setting` is about, its line ends as they are; raises InvalidSettings."""
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise InvalidSettings(f"{path} cannot be read ({error.strerror}); see {setting}") from None
    except UnicodeDecodeError as error:
        raise InvalidSettings(f"{path} is not UTF-8 (at byte {error.start})") from None


def entries(text: str) -> Iterator[tuple[int, str]]:
    """Each entry as it is written, without its remark, and the number of its line from 1."""
    # A byte order mark is what some editors begin a file with.
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if entry := line.partition("#")[0].strip():
            yield number, entry
