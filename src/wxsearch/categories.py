r"""Category paths: breadcrumbs without the home label, and how they are written.

In an address or on a command line a path is 物流资讯 > 行业新闻; a > inside a label is
written \>.
"""

import re
from collections.abc import Iterable

_HOME = ("首页", "主页", "home")
_SEPARATOR = re.compile(r"(?<!\\)>")

Path = tuple[str, ...]


def is_home(label: str) -> bool:
    """Whether a label names the site and no section: 首页, Home, 网易首页, 主頁."""
    folded = label.strip().casefold().replace("頁", "页")
    return folded in _HOME or folded.endswith(("首页", "主页"))


def category_path(breadcrumb: Iterable[str]) -> Path:
    """The path that a breadcrumb stands for: trimmed, without home labels in front."""
    labels = [label for label in (item.strip() for item in breadcrumb) if label]
    while labels and is_home(labels[0]):
        labels.pop(0)
    return tuple(labels)


def read_path(text: str) -> Path:
    """Reads a written path; raises ValueError where nothing but a home label stands."""
    labels = [part.strip().replace("\\>", ">") for part in _SEPARATOR.split(text)]
    if any(not label for label in labels):
        raise ValueError(f"{text!r} has an empty part; write 物流资讯 > 行业新闻")
    path = category_path(labels)
    if not path:
        raise ValueError(f"{text!r} names the home page, which is no category")
    return path


def written_path(path: Path) -> str:
    """The text that `read_path` reads back to the same path."""
    return " > ".join(label.replace(">", "\\>") for label in path)


def prefixes(path: Path) -> list[Path]:
    """The path's ancestors from the outermost on, and the path itself."""
    return [path[:depth] for depth in range(1, len(path) + 1)]
