"""Makes a virtual environment, unless this Python made it before, in this very folder.

`python3 scripts/make_environment.py .venv`: the Makefile calls it. A file `python` inside
names who made the environment, and where; it is written last, so that what broke off is
made anew. Keep to what an old Python can read: it has to say that it is too old.
"""

import sys
from pathlib import Path


def main(folder: str) -> None:
    """Makes the environment, or ends with a sentence that says what is missing."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if sys.version_info < (3, 11):  # noqa: UP036 - the reason for this line
        sys.exit(f"wxsearch needs Python 3.11 or later, this is {version}: name another with make PYTHON=...")
    try:
        import ensurepip  # noqa: F401 - Debian ships it apart from Python
        import venv
    except ImportError as error:
        sys.exit(
            f"this Python has no {error.name}: on Debian and Ubuntu, apt install python{version}-venv; "
            "or name another Python with make PYTHON=..."
        )
    stamp = Path(folder, "python")
    maker = f"Python {version} of {sys.base_prefix} for {stamp.parent.absolute()}\n"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != maker:
        venv.create(folder, clear=True, symlinks=True, with_pip=True)
        stamp.write_text(maker, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
