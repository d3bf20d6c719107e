"""A disk in memory that knows what a power cut may leave of what was not synced.

A file keeps what was synced; of the rest, any part may be there, as it was, as zeros, cut
or with a bit flipped. Of the names it was given and lost since the last sync of the
directory, it may have any one, whatever the other files have.
"""

from itertools import count
from random import Random

from wxsearch.errors import Busy, WriterLocked

_numbers = count()

FATES = ("kept", "absent", "zeros", "cut", "flipped")


class File:
    """Content, how much of it is synced, and every name since the last sync of the directory."""

    def __init__(self, name, content=b""):
        self.content = bytearray(content)
        self.synced = len(content)
        self.names = [name]


class ModelDisk:
    """A storage."""

    def __init__(self):
        self.location = f"model disk {next(_numbers)}"
        self.files = []
        self.syncs = 0
        self._deaf_sync = None
        self._writer = None
        self._shared = set()

    def clone(self):
        """The same disk at another place, with no lock held."""
        other = ModelDisk()
        other.syncs = self.syncs
        for file in self.files:
            other.files.append(copied := File(None, file.content))
            copied.synced, copied.names = file.synced, list(file.names)
        return other

    def fail_sync(self, number):
        """From now on the sync of this number does nothing."""
        self._deaf_sync = number

    def _find(self, name):
        return next((file for file in self.files if file.names[-1] == name), None)

    def _present(self, name):
        file = self._find(name)
        if file is None:
            raise FileNotFoundError(2, "No such file", name)
        return file

    def effective(self):
        """Counts a sync; False where it is to do nothing."""
        self.syncs += 1
        return self.syncs - 1 != self._deaf_sync

    def names(self):
        return {file.names[-1] for file in self.files} - {None}

    def create(self, name):
        if self._find(name):
            raise FileExistsError(17, "File exists", name)
        file = File(name)
        file.names.insert(0, None)
        self.files.append(file)
        return OpenFile(self, file)

    def rename(self, old, new):
        file = self._present(old)
        if overwritten := self._find(new):
            overwritten.names.append(None)
        file.names.append(new)

    def remove(self, name):
        self._present(name).names.append(None)

    def sync_directory(self):
        if self.effective():
            for file in self.files:
                del file.names[:-1]
            self.files = [file for file in self.files if file.names != [None]]

    def map(self, name):
        return memoryview(bytes(self._present(name).content))

    def lock_writer(self):
        if self._writer is not None and self._writer.held:
            raise WriterLocked("locked")
        self._writer = ModelLock()
        return self._writer

    def lock_snapshot(self, *, exclusive):
        self._shared = {lock for lock in self._shared if lock.held}
        if any(exclusive or lock.exclusive for lock in self._shared):
            raise Busy("busy")
        lock = ModelLock(exclusive=exclusive)
        self._shared.add(lock)
        return lock

    def after_power_cut(self, random: Random) -> "ModelDisk":
        """One of the disks that a power cut now may leave."""
        survivor = ModelDisk()
        # Sometimes all files fare alike, which is what meets an order that was not kept.
        name_rule = random.choice((0, -1, None, None))
        fate_rule = random.choice((*FATES, None, None))
        for file in self.files:
            names = file.names
            name = random.choice(names) if name_rule is None else names[name_rule]
            if name is None or survivor._find(name):
                continue
            fate = random.choice(FATES) if fate_rule is None else fate_rule
            survivor.files.append(File(name, _content(file, fate, random)))
        return survivor

    def signature(self):
        """What is on the disk, to tell states apart."""
        return frozenset((file.names[-1], bytes(file.content)) for file in self.files)


class OpenFile:
    """A file of a ModelDisk being written."""

    def __init__(self, disk, file):
        self._disk, self._file = disk, file

    def write(self, data):
        self._file.content += bytes(data)

    def sync(self):
        if self._disk.effective():
            self._file.synced = len(self._file.content)

    def close(self):
        pass


class ModelLock:
    """A lock of a ModelDisk."""

    def __init__(self, *, exclusive=False):
        self.held, self.exclusive = True, exclusive

    def release(self):
        self.held = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.release()


def _content(file, fate, random):
    safe, rest = bytes(file.content[: file.synced]), bytearray(file.content[file.synced :])
    if fate == "absent":
        rest.clear()
    elif fate == "zeros":
        rest = bytearray(len(rest))
    elif fate == "cut":
        del rest[random.randrange(len(rest) + 1) :]
    elif fate == "flipped" and rest:
        rest[random.randrange(len(rest))] ^= 1 << random.randrange(8)
    return safe + bytes(rest)
