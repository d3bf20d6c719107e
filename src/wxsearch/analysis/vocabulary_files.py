"""The vocabulary that the files say, followed while people edit them."""

import logging
import time
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from wxsearch.analysis.own_words import read_own_words
from wxsearch.analysis.segment import Cutter
from wxsearch.analysis.small_words import SmallWords, read_small_words
from wxsearch.analysis.synonyms import read_synonyms
from wxsearch.analysis.vocabulary import KINDS, Kind, Vocabulary, whole_words
from wxsearch.analysis.word_lists import read_list
from wxsearch.errors import InvalidSettings
from wxsearch.limits import Limits

_CONFIG = Path(__file__).parents[1] / "config"

_log = logging.getLogger("wxsearch")


class Choice(NamedTuple):
    """Which files make a vocabulary, and what of them is wanted; "" means the file that is shipped."""

    dictionary: str = ""
    synonym_list: str = ""
    kinds: AbstractSet[Kind] = KINDS
    function_words: bool = True

    @property
    def dictionary_file(self) -> Path:
        """The user dictionary."""
        return Path(self.dictionary) if self.dictionary else _CONFIG / "userdict.txt"

    @property
    def synonym_file(self) -> Path:
        """The synonyms."""
        return Path(self.synonym_list) if self.synonym_list else _CONFIG / "synonyms.txt"

    @property
    def small_word_files(self) -> tuple[Path, Path]:
        """The function words and the question words; there are but the shipped lists."""
        return _CONFIG / "function_words.txt", _CONFIG / "question_words.txt"

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them."""
        return self.dictionary_file, self.synonym_file, *self.small_word_files


def read_vocabulary(choice: Choice, limits: Limits, before: Vocabulary | None = None) -> Vocabulary:
    """Reads what is chosen; raises InvalidSettings naming the file, and the line if there is one.

    Where the words are those of `before`, its loaded dictionary goes on being used.
    """
    dictionary, synonym_list = choice.dictionary_file, choice.synonym_file
    own = read_own_words(read_list(dictionary, "query.dictionary"), limits, str(dictionary)).keys()
    wanted = "synonym" in choice.kinds
    synonyms = (
        read_synonyms(read_list(synonym_list, "query.synonym_list"), limits, str(synonym_list))
        if wanted
        else {}
    )
    words = whole_words(own, synonyms)
    cutter = before.cutter if before is not None and before.cutter.words == words else Cutter(words)
    small = SmallWords(
        *(
            read_small_words(read_list(file, "query.function_words")) - words
            if choice.function_words
            else frozenset()
            for file in choice.small_word_files
        )
    )
    return Vocabulary(cutter, small, synonyms, frozenset(choice.kinds), limits.variants)


@cache
def default_vocabulary(limits: Limits) -> Vocabulary:
    """What the shipped files say, all of it wanted."""
    return read_vocabulary(Choice(), limits)


class VocabularyFiles:
    """Gives the vocabulary of files as they are now; may be asked by several threads.

    A file that is broken or gone while others are served leaves the vocabulary as it was.
    """

    def __init__(self, choice: Choice, limits: Limits, refresh_seconds: float) -> None:
        """Opens nothing yet; changes are looked for every `refresh_seconds`."""
        self._choice = choice
        self._limits = limits
        self._refresh_seconds = refresh_seconds
        self._held: Vocabulary | None = None
        self._seen: _Seen = ()
        self._degraded: str | None = None
        self._looked = 0.0
        self._lock = Lock()

    def current(self) -> Vocabulary:
        """The vocabulary; raises InvalidSettings as long as none could be read."""
        held = self._held
        if held is not None and time.monotonic() - self._looked < self._refresh_seconds:
            return held
        with self._lock:
            self._looked = time.monotonic()
            self._held = self._refreshed(self._held)
            return self._held

    def degraded(self) -> str | None:
        """Why `current` is not what the files say, or None; files are named without their folders."""
        self.current()
        reason = self._degraded
        if reason is not None:
            for path in self._choice.files:
                reason = reason.replace(str(path), path.name)
        return reason

    def _refreshed(self, held: Vocabulary | None) -> Vocabulary:
        # Before reading: what changes meanwhile is seen the next time.
        seen = self._look()
        if held is not None and seen == self._seen:
            return held
        try:
            vocabulary = read_vocabulary(self._choice, self._limits, held)
        except InvalidSettings as problem:
            if held is None:
                raise
            # Read again each time: what is wrong may be the system, and not the file.
            if problem.detail != self._degraded:
                _log.error("%s; the words that were there before stay in use", problem.detail)
            self._degraded = problem.detail
            return held
        self._seen = seen
        self._degraded = None
        return vocabulary

    def _look(self) -> "_Seen":
        return tuple(map(_state, self._choice.files))


_State = tuple[int, int, int]
_Seen = tuple[_State | None, ...]


def _state(path: Path) -> _State | None:
    """What is another after each change of a file; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
